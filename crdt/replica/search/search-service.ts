/** Answers the questions of all tabs of a device; runs in the one worker that has the index. */
import type { Account } from '../../model/log/writer.ts';
import { parsePhrase } from '../../model/search/phrase.ts';
import { tabChannelName } from '../documents/device.ts';
import { pause } from '../sync/pause.ts';
import { TabChannel } from '../tabs/tab-channel.ts';
import { SearchChannel, type SearchMessage } from './search-messages.ts';
import { Searcher } from './searcher.ts';

/** While pages are read the state changes with each; people need not see every one. */
const STATE_PAUSE_MS = 200;

export interface SearchServiceParts {
  readonly namespace: string;
  readonly account: Account;
  readonly nowMs: () => number;
}

export class SearchService {
  readonly #tabs: TabChannel;
  readonly #searcher: Searcher;
  readonly #channel: SearchChannel;
  readonly #asked = new Map<string, AbortController>();
  readonly #stopping = new AbortController();
  #isTelling = false;
  /** Has been told. */
  #isKnown = false;

  constructor({ namespace, account, nowMs }: SearchServiceParts) {
    this.#tabs = new TabChannel(tabChannelName(namespace));
    this.#searcher = Searcher.open({ namespace, account, tabs: this.#tabs, nowMs });
    this.#searcher.state.subscribe(() => this.#tellSoon());
    // The searcher stops by itself.
    this.#tabs.listen(({ kind }) => kind === 'wipe' && this.#channel.post({ kind: 'ended' }));
    this.#channel = new SearchChannel(namespace, (message) => this.#hear(message));
    this.#channel.post({ kind: 'begun' });
    this.#tell();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const controller of this.#asked.values()) controller.abort();
    await this.#searcher.stop();
    this.#tabs.close();
    this.#channel.close();
  }

  #hear(message: SearchMessage): void {
    switch (message.kind) {
      case 'ask':
        return void this.#answer(message);
      case 'withdraw':
        return this.#asked.get(nameOf(message))?.abort();
      case 'hello':
        return this.#tell();
      case 'answer':
      case 'begun':
      case 'state':
      case 'ended':
        // Another worker's: it has begun before this one had the lock's last word.
        return;
    }
  }

  async #answer({ tab, number, typed, query }: SearchMessage & { readonly kind: 'ask' }): Promise<void> {
    const phrase = parsePhrase(typed);
    // Who asks knows what a phrase is.
    if (phrase === undefined || this.#stopping.signal.aborted) return;
    const name = nameOf({ tab, number });
    const controller = new AbortController();
    this.#asked.set(name, controller);
    const answer = await this.#searcher.search(phrase, query, controller.signal);
    this.#asked.delete(name);
    if (answer !== undefined) this.#channel.post({ kind: 'answer', tab, number, answer });
  }

  #tellSoon(): void {
    // For this tabs wait.
    if (!this.#isKnown && this.#searcher.state.get().known) {
      this.#isKnown = true;
      this.#tell();
    }
    if (this.#isTelling) return;
    this.#isTelling = true;
    void pause(STATE_PAUSE_MS, this.#stopping.signal).then(() => {
      this.#isTelling = false;
      if (!this.#stopping.signal.aborted) this.#tell();
    });
  }

  #tell(): void {
    this.#channel.post({ kind: 'state', state: this.#searcher.state.get() });
  }
}

const nameOf = ({ tab, number }: { readonly tab: string; readonly number: number }): string => `${tab} ${number}`;
