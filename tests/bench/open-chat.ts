/**
 * A chat of 100,000 messages over two years, cold from IndexedDB in Chromium, to the last two weeks in hand: the product's running
 * replica, against one Y.Map per message in y-indexeddb. What the start of the replica costs, once per start, is printed beside it.
 */
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';
import { createCorpus } from '../support/corpus.ts';
import { median, printTable } from '../support/figures.ts';
import type { Measurement } from '../support/measurement.ts';
import { seededRandom } from '../support/random.ts';
import { fillChat, openBenchBrowser } from './open-chat/browser.ts';
import type { Opening } from './open-chat/page.ts';
import { encodePeer, type PlainMessage } from './open-chat/peer.ts';

const MESSAGES = 100_000;
const TWO_WEEKS_MS = 14 * 86_400_000;
const ROUNDS = 7;
/** The peer blocks for all of its time, so its block needs fewer rounds. */
const PEER_METERED = 3;
/** The bounds of the performance budget. */
const FASTER = 20;
const SHORTER_BLOCK = 50;
const PEER_DATABASE = 'peer';

export async function bench(): Promise<Measurement> {
  const random = seededRandom(2);
  const corpus = createCorpus(random.fork('texts'));
  const endMs = Date.UTC(2026, 10, 20, 16);
  const sinceMs = endMs - TWO_WEEKS_MS;
  const browser = await openBenchBrowser();
  try {
    const plain: PlainMessage[] = [];
    const person = await fillChat(
      browser,
      { company: 1 as CompanyId, messages: MESSAGES, endMs, random, text: () => corpus.message() },
      (messages) => {
        for (const { writer, clock, author, atMs, text } of messages)
          plain.push({ id: `${writer}.${clock}`, author, atMs, text });
      },
    );
    const path = browser.offer(encodePeer(plain));
    await browser.onPage(1, (page) =>
      page.evaluate(([name, from]) => openChatPage.fillPeer(name, from), [PEER_DATABASE, path] as const),
    );
    const expected = plain.filter(({ atMs }) => atMs >= sinceMs);

    const openOwn = (slower: number, metered: boolean): Promise<Opening> =>
      browser.onPage(slower, (page) =>
        page.evaluate(
          async ([who, since, meter]) => {
            const { append: _, ...opening } = await openChatPage.openOwn(who, since, meter);
            return opening;
          },
          [person, sinceMs, metered] as const,
        ),
      );
    const openPeer = (slower: number, metered: boolean): Promise<Opening> =>
      browser.onPage(slower, (page) =>
        page.evaluate(([name, since, meter]) => openChatPage.openPeer(name, since, meter), [
          PEER_DATABASE,
          sinceMs,
          metered,
        ] as const),
      );

    const figures: Record<string, number> = {};
    let pass = true;
    const rows: (string | number)[][] = [['processor', 'way', 'open ms', 'longest block ms', 'replica start ms']];
    for (const slower of [1, 4]) {
      const own: Opening[] = [];
      const peer: Opening[] = [];
      const ownMetered: Opening[] = [];
      const peerMetered: Opening[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        own.push(await openOwn(slower, false));
        peer.push(await openPeer(slower, false));
        ownMetered.push(await openOwn(slower, true));
        if (round < PEER_METERED) peerMetered.push(await openPeer(slower, true));
      }
      for (const { messages, lastText } of [...own, ...peer, ...ownMetered, ...peerMetered]) {
        pass &&= messages === expected.length && lastText === expected.at(-1)?.text;
      }
      const middle = (openings: readonly Opening[], which: 'openMs' | 'readyMs' | 'longestBlockMs'): number =>
        median(openings.map((opening) => opening[which]));
      const ownMs = middle(own, 'openMs');
      const peerMs = middle(peer, 'openMs');
      const ownBlockMs = middle(ownMetered, 'longestBlockMs');
      const peerBlockMs = middle(peerMetered, 'longestBlockMs');
      rows.push(
        [`${slower} x slower`, 'Hausfunk', ownMs, ownBlockMs, middle(own, 'readyMs')],
        ['', 'Y.Map per message', peerMs, peerBlockMs, ''],
      );
      rows.push(['', 'ratio', peerMs / ownMs, peerBlockMs / ownBlockMs, '']);
      Object.assign(figures, {
        [`ownOpenMs${slower}`]: ownMs,
        [`ownReadyMs${slower}`]: middle(own, 'readyMs'),
        [`peerOpenMs${slower}`]: peerMs,
        [`faster${slower}`]: peerMs / ownMs,
        [`ownBlockMs${slower}`]: ownBlockMs,
        [`peerBlockMs${slower}`]: peerBlockMs,
        [`shorterBlock${slower}`]: peerBlockMs / ownBlockMs,
      });
      pass &&= peerMs >= FASTER * ownMs && peerBlockMs >= SHORTER_BLOCK * ownBlockMs;
    }
    printTable(`open-chat: ${MESSAGES} messages, ${expected.length} of the last two weeks`, rows);
    return { name: 'open-chat', pass, figures };
  } finally {
    await browser.close();
  }
}
