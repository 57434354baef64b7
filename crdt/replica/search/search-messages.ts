/** What the tabs of a device and the worker that searches for them tell each other. */
import type { SearchAnswer, SearchQuery, SearchState } from './search-contract.ts';

/** `tab` names who asks, `number` the question among its own. */
interface Asked {
  readonly tab: string;
  readonly number: number;
}

export type SearchMessage =
  | (Asked & { readonly kind: 'ask'; readonly typed: string; readonly query: SearchQuery })
  /** The answer is not wanted any more. */
  | (Asked & { readonly kind: 'withdraw' })
  | (Asked & { readonly kind: 'answer'; readonly answer: SearchAnswer })
  /** A tab has come and knows nothing yet. */
  | { readonly kind: 'hello' }
  /** A worker has begun: it has heard no question that was asked before. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'state'; readonly state: SearchState }
  /** Everything that could be searched is being deleted: nobody searches here any more. */
  | { readonly kind: 'ended' };

export const searchChannelName = (namespace: string): string => `${namespace}/search`;
export const searchLock = (namespace: string): string => `${namespace}/search`;

/** A BroadcastChannel with these messages. */
export class SearchChannel {
  readonly #channel: BroadcastChannel;

  constructor(namespace: string, heard: (message: SearchMessage) => void) {
    this.#channel = new BroadcastChannel(searchChannelName(namespace));
    this.#channel.addEventListener('message', ({ data }: MessageEvent<SearchMessage>) => heard(data));
  }

  post(message: SearchMessage): void {
    this.#channel.postMessage(message);
  }

  close(): void {
    this.#channel.close();
  }
}
