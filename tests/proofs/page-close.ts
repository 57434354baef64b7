/**
 * What is shown as waiting is kept: in Chromium, without network, pages are closed at the very moment when an entry was shown as
 * waiting, half of the time by killing the browser; two tabs write in a third of the rounds, and the quota is full in some. The next
 * page of the same profile must find every promised text once, and everything that had been on the screen.
 */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { privateChatId } from '../../crdt/model/protocol/document-name.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import { printTable } from '../support/figures.ts';
import type { Measurement } from '../support/measurement.ts';
import { bundlePage } from '../support/page-bundle.ts';
import { openPageServer } from '../support/page-server.ts';
import { seededRandom, type Random } from '../support/random.ts';
import type { Person, Report } from './page-close/page.ts';
import { openProfile } from './page-close/profile.ts';

const ROUNDS = 120;
const TEXTS_PER_TAB = 12;
const TWO_TABS_EVERY = 3;
const FULL_DISK_EVERY = 6;
/** The chat is so long at most; then the next round begins another, so that opening stays quick. */
const ROUNDS_PER_CHAT = 30;
/** Less than what is stored already: every write fails. */
const NO_ROOM_BYTES = 1;
const PATIENCE_MS = 20_000;

interface Counts {
  rounds: number;
  kills: number;
  twoTabs: number;
  fullDisks: number;
  promised: number;
  refusedForRoom: number;
  lost: number;
  shownNotKept: number;
  refusedButShown: number;
  doubled: number;
}

interface Expected {
  readonly promised: Set<string>;
  readonly shown: Set<string>;
  readonly refused: Set<string>;
}

function judge(kept: readonly string[], expected: Expected, counts: Counts, problems: string[]): void {
  const found = new Set(kept);
  const note = (what: keyof Counts, text: string): void => {
    counts[what] += 1;
    if (problems.length < 20) problems.push(`round ${counts.rounds}: ${what}: ${text}`);
  };
  for (const text of expected.promised) if (!found.has(text)) note('lost', text);
  for (const text of expected.shown) if (!found.has(text)) note('shownNotKept', text);
  for (const text of expected.refused) if (found.has(text) || expected.shown.has(text)) note('refusedButShown', text);
  if (found.size !== kept.length) note('doubled', `${kept.length - found.size} texts`);
  // Told once; a loss would otherwise be counted in every later round.
  for (const set of [expected.promised, expected.shown]) for (const text of set) if (!found.has(text)) set.delete(text);
}

/** Resolves when `count` reports have come, or when the pages have nothing more to say. */
function reportsFrom(
  expected: Expected,
  count: number,
): { take(report: Report): void; readonly reached: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = count;
  return {
    reached: promise,
    take(report) {
      if (report.kind === 'shown') expected.shown.add(report.text);
      else if (report.outcome === 'waiting') expected.promised.add(report.text);
      else expected.refused.add(report.text);
      const isWaiting = report.kind === 'shown' || report.outcome === 'waiting';
      if (isWaiting && --left === 0) resolve();
    },
  };
}

async function within<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${PATIENCE_MS} ms: ${what}`)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

export async function prove(): Promise<Measurement> {
  const random: Random = seededRandom(20);
  const counts: Counts = {
    rounds: 0,
    kills: 0,
    twoTabs: 0,
    fullDisks: 0,
    promised: 0,
    refusedForRoom: 0,
    lost: 0,
    shownNotKept: 0,
    refusedButShown: 0,
    doubled: 0,
  };
  const problems: string[] = [];
  const script = await bundlePage(fileURLToPath(new URL('./page-close/page.ts', import.meta.url)));
  const server = await openPageServer();
  const profile = await openProfile();
  let expected: Expected = { promised: new Set(), shown: new Set(), refused: new Set() };

  const openTab = async (person: Person, take: (report: Report) => void, roomBytes?: number) => {
    const context = await profile.browser();
    const page = await context.newPage();
    await page.exposeBinding('report', (_source, report: Report) => take(report));
    await page.goto(server.origin);
    const makeRoom = roomBytes === undefined ? undefined : await profile.limitQuota(page, roomBytes);
    await page.evaluate(script);
    return { page, makeRoom, kept: await page.evaluate((who) => pageClosePage.open(who), person) };
  };

  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const isLast = round === ROUNDS;
      const person: Person = {
        account: 2,
        company: 1,
        namespace: 'proof',
        chat: privateChatId(2 as Account, (3 + Math.floor((isLast ? round - 1 : round) / ROUNDS_PER_CHAT)) as Account),
      };
      const isFirstOfChat = round % ROUNDS_PER_CHAT === 0 && !isLast;
      if (isFirstOfChat && round > 0) {
        // The chat before is judged a last time; the next one begins empty.
        const before: Person = {
          ...person,
          chat: privateChatId(2 as Account, (2 + round / ROUNDS_PER_CHAT) as Account),
        };
        const { page, kept } = await within(
          openTab(before, () => undefined),
          'opening',
        );
        judge(kept, expected, counts, problems);
        await page.close();
        counts.promised += expected.promised.size;
        counts.refusedForRoom += expected.refused.size;
        expected = { promised: new Set(), shown: new Set(), refused: new Set() };
      }

      const two = round % TWO_TABS_EVERY === 0;
      const full = round % FULL_DISK_EVERY === 4;
      const kill = random.chance(0.5);
      const tabs = two ? 2 : 1;
      const reports = reportsFrom(expected, random.integer(1, TEXTS_PER_TAB * tabs));
      if (full) await profile.close();
      const first = await within(openTab(person, reports.take, full ? NO_ROOM_BYTES : undefined), 'opening');
      judge(first.kept, expected, counts, problems);
      if (isLast) break;
      const pages = [first.page];
      if (two) pages.push((await within(openTab(person, reports.take), 'opening')).page);

      const texts = (tab: number, from: number): string[] =>
        Array.from({ length: TEXTS_PER_TAB }, (_, index) => `round ${round}, tab ${tab}, text ${from + index}`);
      const write = (page: Page, lines: readonly string[]): Promise<void> =>
        page
          .evaluate(([all, together]) => pageClosePage.write(all, together), [lines, random.chance(0.5)] as const)
          // The page is closed under it: that is the point.
          .catch(() => undefined);
      if (full) {
        await within(Promise.all(pages.map((page, tab) => write(page, texts(tab, 0)))), 'writing without room');
        await first.makeRoom?.();
      }
      const writing = Promise.all(pages.map((page, tab) => write(page, texts(tab, 100))));
      await within(Promise.race([reports.reached, writing]), 'writing');
      if (kill) await profile.kill();
      else await Promise.all(pages.map((page) => page.close({ runBeforeUnload: false })));
      await writing;

      counts.rounds += 1;
      counts.kills += kill ? 1 : 0;
      counts.twoTabs += two ? 1 : 0;
      counts.fullDisks += full ? 1 : 0;
    }
    counts.promised += expected.promised.size;
    counts.refusedForRoom += expected.refused.size;
  } finally {
    await profile.remove();
    server.close();
  }

  printTable(
    'page-close',
    Object.entries(counts).map(([name, value]: [string, number]) => [name, value]),
  );
  for (const problem of problems) console.log(problem);
  const pass =
    counts.rounds >= 100 &&
    counts.kills >= counts.rounds * 0.4 &&
    counts.refusedForRoom > 0 &&
    counts.lost + counts.shownNotKept + counts.refusedButShown + counts.doubled === 0;
  return { name: 'page-close', pass, figures: { ...counts } };
}
