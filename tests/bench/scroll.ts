/**
 * A chat of 100,000 messages, all of them in hand, in the built page in Chromium with a processor four times slower: scrolling back
 * 20 screens, then reading and typing further up, then at the end, while 50 messages a second come in. No task over 50 ms, nothing
 * shifts, nothing moves but by the reader's hand. Then an hour of use in quick motion, after which the page must not have grown.
 *
 * At the end the view moves with what comes in, by more than its own height when that is more than a screen; so there it is no fault
 * that a frame has no message of the frame before. Instead each frame is to be what somebody sees who follows: the view stands at the
 * end, the newest message always as high above its lower edge; what is new stands below all that was there, nothing stands twice or in
 * another order than before, nothing that has left comes back, nothing moves down; and something newer comes into view within two
 * seconds.
 */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { chatDocument, internalChatId } from '../../crdt/model/protocol/document-name.ts';
import { buildPage } from '../support/built-page.ts';
import { launchChromium } from '../support/chromium.ts';
import { createCorpus } from '../support/corpus.ts';
import { describeTask, ownMsOf, traceTasks, type Task } from '../support/main-thread-tasks.ts';
import { printTable, rounded } from '../support/figures.ts';
import {
  cookieOf,
  createDataDir,
  PASSWORD,
  removeDataDir,
  request,
  sessionOf,
  startServerProcess,
  type Reachable,
  type SignedInPerson,
} from '../support/installation.ts';
import type { Measurement } from '../support/measurement.ts';
import { bundlePage } from '../support/page-bundle.ts';
import { seededRandom, type Random } from '../support/random.ts';
import { message, SyncSocket, type SyncedDocument } from '../support/sync-client.ts';
import { emailOf, fillLongChat } from './scroll/long-chat.ts';
import type { Recording } from './scroll/recorder.ts';
import { useForAnHour } from './scroll/hour.ts';

const MESSAGES = Number(process.env['SCROLL_MESSAGES'] ?? 100_000);
const SLOWER = 4;
const SCREENS = 20;
const PER_SECOND = 50;
/** The bounds of the performance budget. */
const LONGEST_TASK_MS = 50;
const GROWTH = 1.2;
/** Rows stand at fractions of a pixel, scroll positions don't. */
const STILL_PX = 1;
const READING_MS = 8_000;
/** At the end something newer is in view after so long at the latest; a screen that changes more often can't be read. */
const LONGEST_WAIT_MS = 2_000;
/** Below what anybody sees; what is told is printed all the same. */
const SHIFT = 0.001;
/** The longest tasks are printed, whether they are too long or not. */
const SHOWN = 5;
const READY_MS = 180_000;

export async function bench(): Promise<Measurement> {
  const random = seededRandom(8);
  const dataDir = await createDataDir();
  await fillLongChat(dataDir, MESSAGES, Date.now() - 60_000, random.fork('chat'));
  const server = await startServerProcess({
    dataDir,
    environment: { APP_DIR: process.env['APP_DIR'] ?? (await buildPage()), LOG_LEVEL: 'info' },
  });
  const browser = await launchChromium({ args: ['--js-flags=--expose-gc', '--enable-precise-memory-info'] });
  try {
    const context = await browser.newContext({ locale: 'de-DE', viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript({
      content: await bundlePage(fileURLToPath(new URL('./scroll/recorder.ts', import.meta.url))),
    });
    page.setDefaultTimeout(READY_MS);
    await signIn(page, server.url);
    await haveAllInHand(page);
    const crowd = await openCrowd(server, random);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });

    const rows: (string | number)[][] = [
      ['doing', 'frames', 'longest task ms', 'of it collecting garbage', 'own tasks over 50 ms', 'shift', 'moved px'],
    ];
    const figures: Record<string, number> = {};
    let pass = true;
    const judge = (name: string, { recording, tasks }: Recorded, expected: number | 'following'): void => {
      const { layoutShift, moves, frames, shifted } = recording;
      const moved = moves.reduce((sum, move) => sum + move, 0);
      const [longest] = tasks;
      const tooLong = tasks.filter((task) => ownMsOf(task) > LONGEST_TASK_MS).length;
      rows.push([name, frames, longest?.ms ?? 0, longest?.garbageMs ?? 0, tooLong, layoutShift, moved]);
      for (const task of tasks.slice(0, SHOWN)) console.log(`  ${name}: ${describeTask(task)}`);
      for (const what of shifted) console.log(`  ${name}: shifted ${what}`);
      const faults = expected === 'following' ? faultsOfFollowing(recording) : faultsOfMoving(recording, expected);
      for (const fault of faults) console.log(`  ${name}: ${fault}`);
      pass &&= tooLong === 0 && layoutShift <= SHIFT && faults.length === 0;
      Object.assign(figures, {
        [`${name}LongestTaskMs`]: rounded(longest?.ms ?? 0),
        [`${name}OwnLongTasks`]: tooLong,
        [`${name}LayoutShift`]: rounded(layoutShift),
        [`${name}MovedPx`]: rounded(moved),
        ...(expected === 'following' && followingFigures(name, recording)),
      });
    };
    const record = async (work: () => Promise<void>): Promise<Recorded> => {
      await page.evaluate(() => scrollRecorder.start());
      const traced = await traceTasks(devtools);
      await work();
      const tasks = await traced();
      return { tasks, recording: await page.evaluate(() => scrollRecorder.stop()) };
    };

    await layMouse(page);
    const screenPx = await page.evaluate(() => document.querySelector('.timeline-scroll')?.clientHeight ?? 0);
    const scrolling = await record(() => scrollBack(page, SCREENS * screenPx, () => crowd.begin()));
    judge('scrolling', scrolling, SCREENS * screenPx);
    judge('reading', await record(() => typeFor(page, READING_MS)), 0);
    await page.getByRole('button', { name: /^Zur neuesten Nachricht/ }).click();
    judge('atEnd', await record(() => typeFor(page, READING_MS)), 'following');
    await crowd.end();
    printTable(`scroll: ${MESSAGES} messages, ${SLOWER} x slower processor, ${PER_SECOND} messages/s`, rows);

    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const hour = await useForAnHour(page, devtools, crowd.write, random.fork('hour'));
    const growth = hour.hourBytes / hour.fiveMinutesBytes;
    printTable('an hour of use', [
      ['after', 'heap MB', 'nodes', 'listeners'],
      ['5 minutes', hour.fiveMinutesBytes / 1e6, hour.fiveMinutesNodes, hour.fiveMinutesListeners],
      ['60 minutes', hour.hourBytes / 1e6, hour.hourNodes, hour.hourListeners],
    ]);
    pass &&= growth <= GROWTH;
    Object.assign(figures, {
      heapFiveMinutesBytes: hour.fiveMinutesBytes,
      heapHourBytes: hour.hourBytes,
      growth: rounded(growth),
    });
    return { name: 'scroll', pass, figures };
  } finally {
    await browser.close();
    await server.end('SIGTERM');
    await removeDataDir(dataDir);
  }
}

interface Recorded {
  readonly recording: Recording;
  readonly tasks: readonly Task[];
}

/** Moved by the hand alone, and never by so much that nothing of the frame before is left. */
function faultsOfMoving({ moves, lost }: Recording, expectedPx: number): readonly string[] {
  const moved = moves.reduce((sum, move) => sum + move, 0);
  const back = moves.filter((move) => move < -STILL_PX).length;
  return [
    ...(Math.abs(moved - expectedPx) > STILL_PX ? [`moved ${moved} of ${expectedPx} px`] : []),
    ...(back > 0 ? [`${back} times the wrong way`] : []),
    ...(lost > 0 ? [`${lost} frames unknown`] : []),
  ];
}

function faultsOfFollowing({ moves, following }: Recording): readonly string[] {
  const { awayPx, unevenPx, misplaced, again, longestWaitMs } = following;
  const back = moves.filter((move) => move > STILL_PX).length;
  return [
    ...(awayPx > STILL_PX ? [`${awayPx} px away from the end`] : []),
    ...(unevenPx > STILL_PX ? [`the newest message ${unevenPx} px higher or lower`] : []),
    ...(misplaced > 0 ? [`${misplaced} messages twice or in the wrong order`] : []),
    ...(again > 0 ? [`${again} messages that had left came back`] : []),
    ...(back > 0 ? [`${back} times the wrong way`] : []),
    ...(longestWaitMs > LONGEST_WAIT_MS ? [`nothing newer for ${longestWaitMs} ms`] : []),
  ];
}

const followingFigures = (name: string, { following, lost }: Recording): Readonly<Record<string, number>> => ({
  [`${name}AwayPx`]: rounded(following.awayPx),
  [`${name}UnevenPx`]: rounded(following.unevenPx),
  [`${name}Misplaced`]: following.misplaced + following.again,
  [`${name}LongestWaitMs`]: rounded(following.longestWaitMs),
  [`${name}WholeScreens`]: lost,
});

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-Mail-Adresse').fill(emailOf(0));
  await page.getByLabel('Passwort', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('navigation').getByText('Intern', { exact: true }).first().click();
  await page.locator('li[data-message]').first().waitFor();
}

/** Goes back to the very first message, and to the end again: now all pages are loaded, of this chat and of all others. */
async function haveAllInHand(page: Page): Promise<void> {
  const list = page.getByRole('list', { name: 'Nachrichten' });
  const earlier = page.getByRole('button', { name: /^Frühere Nachrichten/ });
  await earlier.waitFor({ state: 'attached' });
  const startMs = performance.now();
  while ((await earlier.count()) > 0) {
    if (performance.now() - startMs > READY_MS) throw new Error('the history did not come in');
    await list.focus();
    await list.press('Home');
    await page.waitForTimeout(50);
  }
  // All other chats, too: the list no longer sorts itself because of what is fetched.
  const chats = page.getByRole('navigation').getByRole('listitem');
  await chats
    .filter({ hasNot: page.locator('.list-row-time') })
    .first()
    .waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Zur neuesten Nachricht/ }).click();
}

/** Before anything is measured: to find the place, the browser's driver runs 330 kB of its own in the page, a task of 200 ms. */
async function layMouse(page: Page): Promise<void> {
  const box = await page.locator('.timeline-scroll').boundingBox();
  if (box === null) throw new Error('no timeline');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

/** As a hand turns a wheel: a notch of 100 px each time the page has painted. `away`: the end is left, so nothing follows it any more. */
async function scrollBack(page: Page, px: number, away: () => void): Promise<void> {
  for (let turned = 0; turned < px; turned += 100) {
    await page.mouse.wheel(0, -Math.min(100, px - turned));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    if (turned > 0) continue;
    await page.getByRole('button', { name: /^Zur neuesten Nachricht/ }).waitFor();
    away();
  }
  // Browsers scroll on for a moment.
  await page.waitForTimeout(1_000);
}

async function typeFor(page: Page, forMs: number): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Nachricht' });
  await composer.focus();
  const untilMs = performance.now() + forMs;
  while (performance.now() < untilMs) await composer.pressSequentially('ein Wort ', { delay: 60 });
  await composer.fill('');
}

interface Crowd {
  /** The others begin to write, so many messages a second. */
  begin(): void;
  end(): Promise<void>;
  /** One message of somebody. */
  write(): void;
}

async function openCrowd(server: Reachable, random: Random): Promise<Crowd> {
  const corpus = createCorpus(random.fork('crowd'));
  const people = await Promise.all([1, 2, 3, 4, 5].map((person) => joined(server, emailOf(person))));
  const [first] = people;
  if (first === undefined) throw new Error('nobody there');
  const chat = internalChatId(first.company);
  const documents: SyncedDocument[] = [];
  const sockets = people.map((person) => new SyncSocket(server, person));
  // The latest page: its number is in the first one's facts.
  const page = Math.ceil(MESSAGES / 2_000);
  for (const socket of sockets) {
    const document = socket.open(chatDocument(chat, page));
    await document.synced();
    documents.push(document);
  }
  let turn = 0;
  const write = (): void => {
    turn += 1;
    documents[turn % documents.length]?.append(message(corpus.message()));
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    begin: () => void (timer = setInterval(write, 1_000 / PER_SECOND)),
    async end() {
      clearInterval(timer);
    },
    write,
  };
}

async function joined(server: Reachable, email: string): Promise<SignedInPerson> {
  const cookie = cookieOf(await request(server, '/api/auth/sign-in/email', { json: { email, password: PASSWORD } }));
  const { account, company } = await sessionOf(server, cookie);
  return { account, company, email, password: PASSWORD, cookie };
}
