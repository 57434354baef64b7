/** The worker that searches for all tabs of a device: told once for whom, it talks to them over their channel. */
import type { Account } from '../../crdt/model/log/writer.ts';
import { SearchService } from '../../crdt/replica/search/search-service.ts';

/** From the tab that has started it. */
export interface SearchWorkerStart {
  readonly namespace: string;
  readonly account: Account;
}

addEventListener(
  'message',
  ({ data: { namespace, account } }: MessageEvent<SearchWorkerStart>) => {
    new SearchService({ namespace, account, nowMs: () => performance.now() });
  },
  { once: true },
);
