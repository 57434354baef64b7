/** Search for messages, as signals: begun when it is first asked for, and shared by all that ask in this tab. */
import { onCleanup, type Accessor } from 'solid-js';
import { MessageSearch as DeviceSearch, type SearchWorker } from '../../crdt/replica/search/message-search.ts';
import type { SearchAnswer, SearchQuery, SearchState } from '../../crdt/replica/search/search-contract.ts';
import type { SearchWorkerStart } from '../workers/search-worker.ts';
import { useHouse, type House } from './house.ts';
import { watch } from './watch.ts';

export interface MessageSearch {
  /** What is searched; undefined until that is known. Another object whenever the same question may have another answer. */
  readonly state: Accessor<SearchState | undefined>;
  /** Undefined when there was nothing to look for, or the answer is not wanted any more. */
  ask(typed: string, query: SearchQuery, signal: AbortSignal): Promise<SearchAnswer | undefined>;
}

/** As long as somebody uses it in this tab. */
let running: { readonly house: House; readonly search: DeviceSearch; users: number } | undefined;

/** For as long as the owner lives. */
export function useMessageSearch(): MessageSearch {
  const house = useHouse();
  if (running?.house !== house) {
    running?.search.close();
    running = { house, search: openSearch(house), users: 0 };
  }
  const mine = running;
  mine.users += 1;
  onCleanup(() => {
    mine.users -= 1;
    // Another screen may use it in a moment; what it has read is kept, and what it has indexed takes a second.
    setTimeout(() => {
      if (mine.users > 0) return;
      mine.search.close();
      if (running === mine) running = undefined;
    }, LINGER_MS);
  });
  return { state: watch(mine.search.state), ask: (typed, query, signal) => mine.search.ask(typed, query, signal) };
}

/** People look at a message that they have found, and search on. */
const LINGER_MS = 5 * 60_000;

function openSearch({ namespace, account }: House): DeviceSearch {
  return new DeviceSearch({
    namespace,
    tab: crypto.getRandomValues(new Uint32Array(2)).join('-'),
    startWorker: (failed) => startWorker({ namespace, account }, failed),
  });
}

function startWorker(start: SearchWorkerStart, failed: () => void): SearchWorker {
  const worker = new Worker(new URL('../workers/search-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('error', failed);
  worker.postMessage(start);
  return { stop: () => worker.terminate() };
}
