/**
 * Nothing that was acknowledged is ever lost: people write on eight devices (two of them in Chromium) while the server is killed
 * again and again, in the middle of everything, during compaction and while it starts. In the end every device, and a fresh one of
 * everybody, shows the same.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { internalChatId, privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { ReplicaTimings } from '../../crdt/replica/contract.ts';
import { openPageDevice, openPersonPage } from '../support/browser-client.ts';
import { launchChromium } from '../support/chromium.ts';
import { createCorpus } from '../support/corpus.ts';
import { printTable } from '../support/figures.ts';
import { addPerson, createDataDir, removeDataDir, setUp, type SignedInPerson } from '../support/installation.ts';
import type { Measurement } from '../support/measurement.ts';
import { seededRandom } from '../support/random.ts';
import { isSound, numbersOf, Remembered } from '../support/remembered.ts';
import { openNodeDevice } from '../support/replica-client.ts';
import { createScribe, type Scribe } from '../support/scribe.ts';
import { showAll, type NamedDevice } from '../support/show.ts';
import { startTunedServer, UNHURRIED } from '../support/tuned-server.ts';
import { countFsyncs, type FsyncCount } from './kill-nine/fsyncs.ts';
import { createKiller } from './kill-nine/killer.ts';

const RECEIPTS = 20_000;
const KILLS = 50;
const PER_SECOND = 50;
/** Bounds the whole in case receipts don't come. */
const LONGEST_MS = 9 * 60_000;
/** What all devices together write; the time when the server is away counts, too. */
const TARGET_PER_SECOND = 110;
const COLLECT_MS = 250;
const CALM_MS = { min: 1_000, max: 5_000 };
const IN_STEP_MS = 90_000;
const FSYNC_WATCH_MS = 4_000;
const FULL = 2;
/** Small pages and constant compaction, so that both happen all the time. */
const LIMITS = { ...UNHURRIED, pageEntries: 1_000, compactionMs: 400 };
const TIMINGS: Partial<ReplicaTimings> = { retryMinMs: 50, retryMaxMs: 500, receiptMs: 2_000 };

export async function prove(): Promise<Measurement> {
  const random = seededRandom(9);
  const corpus = createCorpus(random.fork('texts'));
  const dataDir = await createDataDir();
  const tuning = { dataDir, limits: LIMITS, environment: {}, commitDelayMs: 0 };
  const first = await startTunedServer(tuning);
  const browser = await launchChromium();
  const killer = createKiller(first, tuning, random.fork('kills'));
  try {
    const anna = await setUp(first, first.setupCode ?? '');
    const people: SignedInPerson[] = [anna];
    for (let index = 1; index < 5; index += 1) people.push(await addPerson(first, anna));
    await first.projected();
    const [, ben, cleo, dora] = people;
    if (ben === undefined || cleo === undefined || dora === undefined) throw new Error('five people were asked for');
    const pairs = [
      [anna, ben],
      [cleo, dora],
      [anna, cleo],
    ] as const;
    const chatsOf = ({ account, company }: SignedInPerson): ChatId[] => [
      internalChatId(company),
      ...pairs
        .filter((pair) => pair.some((one) => one.account === account))
        .map(([one, other]) => privateChatId(one.account, other.account)),
    ];

    let opened = 0;
    const openInNode = async (person: SignedInPerson): Promise<NamedDevice> => {
      opened += 1;
      const name = `node-${opened}`;
      const device = await openNodeDevice({
        origin: first.url,
        publicOrigin: first.publicUrl,
        cookie: person.cookie,
        account: person.account,
        company: person.company,
        namespace: name,
        random: random.fork(name),
        skewMs: 0,
        timings: TIMINGS,
      });
      return { name, account: person.account, device, chats: chatsOf(person) };
    };
    const openInChromium = async (person: SignedInPerson): Promise<NamedDevice> => {
      opened += 1;
      const name = `chromium-${opened}`;
      const page = await openPersonPage(browser, first, person);
      const device = await openPageDevice(page, {
        origin: first.publicUrl,
        account: person.account,
        company: person.company,
        namespace: name,
        timings: TIMINGS,
      });
      return { name, account: person.account, device, chats: chatsOf(person) };
    };
    const devices: NamedDevice[] = [];
    for (const person of [anna, ...people]) devices.push(await openInNode(person));
    for (const person of [ben, cleo]) devices.push(await openInChromium(person));

    const remembered = new Remembered();
    const scribes = devices.map(({ name, account, device, chats }) =>
      createScribe(device, { label: name, account, chats, random: random.fork(`${name} writes`), corpus, remembered }),
    );

    const startedMs = performance.now();
    const endMs = startedMs + LONGEST_MS;
    let writing = true;
    const write = async (scribe: Scribe): Promise<void> => {
      const everyMs = (1_000 * scribes.length) / TARGET_PER_SECOND;
      let dueMs = performance.now();
      while (writing) {
        await scribe.act();
        dueMs = Math.max(dueMs + everyMs, performance.now() - 1_000);
        await pause(Math.max(0, dueMs - performance.now()));
      }
    };
    const collect = async (): Promise<void> => {
      while (writing) {
        for (const scribe of scribes) await scribe.collect();
        await pause(COLLECT_MS);
      }
    };
    const fsyncs: (FsyncCount | undefined)[] = [];
    const synchronous: number[] = [];
    const strike = async (): Promise<void> => {
      const { kills } = killer;
      const count = (): number => kills.running + kills.compacting + kills.starting;
      while ((remembered.receiptCount < RECEIPTS || count() < KILLS) && performance.now() < endMs) {
        await pause(random.integer(CALM_MS.min, CALM_MS.max));
        synchronous.push((await killer.server.stats()).synchronous);
        if (fsyncs.length < 3 && count() >= fsyncs.length * 15)
          fsyncs.push(await countFsyncs(killer.server, FSYNC_WATCH_MS));
        await killer.strike();
        console.log(
          `${count()} kills, ${remembered.receiptCount} receipts, ${Math.round((performance.now() - startedMs) / 1_000)} s`,
        );
      }
      writing = false;
    };
    await Promise.all([strike(), collect(), ...scribes.map(write)]);
    const seconds = (performance.now() - startedMs) / 1_000;
    const messages = scribes.reduce((sum, scribe) => sum + scribe.messages, 0);

    for (const person of people) devices.push(await openInNode(person));
    const showings = await showAll(devices, IN_STEP_MS);
    for (const scribe of scribes) await scribe.collect();
    const judgement = remembered.judge(showings);
    for (const problem of judgement.problems) console.log(problem);

    const { kills } = killer;
    const watched = fsyncs.filter((one) => one !== undefined);
    const commits = watched.reduce((sum, one) => sum + one.commits, 0);
    const counted = watched.reduce((sum, one) => sum + one.fsyncs, 0);
    const figures = {
      ...numbersOf(judgement),
      devices: scribes.length,
      perSecond: messages / seconds,
      seconds,
      killsRunning: kills.running,
      killsCompacting: kills.compacting,
      killsStarting: kills.starting,
      synchronous: synchronous.every((one) => one === FULL) ? 'FULL' : synchronous.join(','),
      commitsWatched: watched.length === 0 ? 'strace is not available' : commits,
      fsyncsWatched: watched.length === 0 ? 'strace is not available' : counted,
    };
    printTable('kill-nine', Object.entries(figures));
    const pass =
      isSound(judgement) &&
      judgement.receipted >= RECEIPTS &&
      messages / seconds >= PER_SECOND &&
      kills.running + kills.compacting + kills.starting >= KILLS &&
      kills.compacting > 0 &&
      kills.starting > 0 &&
      figures.synchronous === 'FULL' &&
      counted >= commits;
    for (const { device } of devices.slice(0, 6)) await device.stop();
    return { name: 'kill-nine', pass, figures };
  } finally {
    await browser.close();
    await killer.server.kill();
    await removeDataDir(dataDir);
  }
}
