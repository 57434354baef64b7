/**
 * A chat must not grow slower with its years: opening the last two weeks, cold from IndexedDB in Chromium, and appending one message
 * until it is durable and visible, at 1,000,000 messages against the same chat with 10,000.
 */
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';
import { createCorpus } from '../support/corpus.ts';
import { median, printTable } from '../support/figures.ts';
import type { Measurement } from '../support/measurement.ts';
import { seededRandom } from '../support/random.ts';
import { fillChat, openBenchBrowser } from './open-chat/browser.ts';
import type { Person } from './open-chat/page.ts';

const SHORT = 10_000;
const LONG = 1_000_000;
const TWO_WEEKS_MS = 14 * 86_400_000;
const ROUNDS = 9;
const APPENDS = 15;
/** The bound of the performance budget. */
const AT_MOST = 2;

interface Round {
  readonly openMs: number;
  readonly appendMs: number;
}

export async function bench(): Promise<Measurement> {
  const random = seededRandom(3);
  const corpus = createCorpus(random.fork('texts'));
  const endMs = Date.UTC(2026, 10, 20, 16);
  const sinceMs = endMs - TWO_WEEKS_MS;
  const browser = await openBenchBrowser();
  try {
    const fill = (company: number, messages: number): Promise<Person> =>
      fillChat(browser, { company: company as CompanyId, messages, endMs, random, text: () => corpus.message() });
    const short = await fill(1, SHORT);
    const long = await fill(2, LONG);

    const open = (person: Person): Promise<Round> =>
      browser.onPage(1, (page) =>
        page.evaluate(
          async ([who, since, appends]) => {
            const { openMs, append } = await openChatPage.openOwn(who, since, false);
            const times: number[] = [];
            for (let index = 0; index < appends; index += 1) times.push(await append());
            times.sort((a, b) => a - b);
            return { openMs, appendMs: times[appends >> 1] ?? 0 };
          },
          [person, sinceMs, APPENDS] as const,
        ),
      );
    const shortRounds: Round[] = [];
    const longRounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      shortRounds.push(await open(short));
      longRounds.push(await open(long));
    }
    const middle = (rounds: readonly Round[], which: keyof Round): number =>
      median(rounds.map((round) => round[which]));
    const figures = {
      shortOpenMs: middle(shortRounds, 'openMs'),
      longOpenMs: middle(longRounds, 'openMs'),
      shortAppendMs: middle(shortRounds, 'appendMs'),
      longAppendMs: middle(longRounds, 'appendMs'),
    };
    const openRatio = figures.longOpenMs / figures.shortOpenMs;
    const appendRatio = figures.longAppendMs / figures.shortAppendMs;
    printTable(`history: medians of ${ROUNDS}`, [
      ['what', `${SHORT} messages, ms`, `${LONG} messages, ms`, 'ratio'],
      ['open the last two weeks', figures.shortOpenMs, figures.longOpenMs, openRatio],
      ['append one message', figures.shortAppendMs, figures.longAppendMs, appendRatio],
    ]);
    const pass = openRatio <= AT_MOST && appendRatio <= AT_MOST;
    return { name: 'history', pass, figures: { ...figures, openRatio, appendRatio } };
  } finally {
    await browser.close();
  }
}
