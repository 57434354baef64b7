/** Searchers of Anna's device, as a worker opens them. */
import { afterEach } from 'vitest';
import { parsePhrase, type Phrase } from '../../crdt/model/search/phrase.ts';
import { tabChannelName } from '../../crdt/replica/documents/device.ts';
import type { SearchAnswer, SearchQuery } from '../../crdt/replica/search/search-contract.ts';
import { Searcher } from '../../crdt/replica/search/searcher.ts';
import { TabChannel } from '../../crdt/replica/tabs/tab-channel.ts';
import { ANNA } from './offline-replica.ts';

export interface OpenedSearcher {
  readonly searcher: Searcher;
  /** Resolves when the searcher has heard so many things from the tabs. */
  heard(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** All are stopped after each test. To be called once per test file. */
export function searchers(): (namespace: string, nowMs?: () => number) => OpenedSearcher {
  const open = new Set<() => Promise<void>>();
  afterEach(async () => {
    for (const stop of open) await stop();
  });
  return (namespace, nowMs = () => performance.now()) => {
    const tabs = new TabChannel(tabChannelName(namespace));
    const searcher = Searcher.open({ namespace, account: ANNA, tabs, nowMs });
    let told = 0;
    const waiting = new Set<() => void>();
    // Behind the searcher's own listener.
    tabs.listen(() => {
      told += 1;
      for (const check of waiting) check();
    });
    const stop = async (): Promise<void> => {
      open.delete(stop);
      await searcher.stop();
      tabs.close();
    };
    open.add(stop);
    const heard = (count: number): Promise<void> =>
      new Promise((resolve) => {
        const check = (): void => {
          if (told < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      });
    return { searcher, heard, stop };
  };
}

export function phraseOf(typed: string): Phrase {
  const phrase = parsePhrase(typed);
  if (phrase === undefined) throw new Error('a blank phrase');
  return phrase;
}

/** What is answered while nobody changes their mind. */
export async function answerOf(
  searcher: Searcher,
  typed: string,
  query: Partial<SearchQuery> = {},
): Promise<SearchAnswer> {
  const asked: SearchQuery = { kind: 'word-start', scope: {}, limit: 50, ...query };
  const answer = await searcher.search(phraseOf(typed), asked, new AbortController().signal);
  if (answer === undefined) throw new Error('nothing was answered');
  return answer;
}

export const textsFound = async (
  searcher: Searcher,
  typed: string,
  query?: Partial<SearchQuery>,
): Promise<readonly string[]> => (await answerOf(searcher, typed, query)).messages.map(({ text }) => text);
