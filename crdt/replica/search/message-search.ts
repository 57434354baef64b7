/**
 * Search as a tab has it. All tabs of a device that have it open talk to one worker; the tab that holds the lock has started it. When
 * that tab goes, the next one starts another, and what is still to be answered is asked anew.
 */
import { parsePhrase } from '../../model/search/phrase.ts';
import { Cell } from '../cell.ts';
import type { Watchable } from '../contract.ts';
import { pause } from '../sync/pause.ts';
import { standForElection } from '../tabs/election.ts';
import type { SearchAnswer, SearchQuery, SearchState } from './search-contract.ts';
import { SearchChannel, searchLock, type SearchMessage } from './search-messages.ts';

/** Before a worker that has failed is started anew: its code may have to come over a bad line. */
const RETRY_MIN_MS = 1_000;
const RETRY_MAX_MS = 60_000;

/** A running worker, for whoever has started it. */
export interface SearchWorker {
  stop(): void;
}

export interface MessageSearchParts {
  readonly namespace: string;
  /** Names this tab among the others. */
  readonly tab: string;
  /** `failed` is called when the worker can't be loaded, or dies. */
  readonly startWorker: (failed: () => void) => SearchWorker;
}

interface Question {
  readonly typed: string;
  readonly query: SearchQuery;
  readonly resolve: (answer: SearchAnswer | undefined) => void;
}

export class MessageSearch {
  readonly #parts: MessageSearchParts;
  readonly #channel: SearchChannel;
  readonly #state = new Cell<SearchState | undefined>(undefined);
  readonly #questions = new Map<number, Question>();
  readonly #closing = new AbortController();
  readonly #resign: () => void;
  #worker: SearchWorker | undefined;
  #next = 0;

  constructor(parts: MessageSearchParts) {
    this.#parts = parts;
    this.#channel = new SearchChannel(parts.namespace, (message) => this.#hear(message));
    this.#channel.post({ kind: 'hello' });
    this.#resign = standForElection(searchLock(parts.namespace), () => this.#start(RETRY_MIN_MS));
  }

  /** What is searched; undefined until a worker has told. Another object whenever the same question may have another answer. */
  get state(): Watchable<SearchState | undefined> {
    return this.#state;
  }

  /** Undefined when there is nothing to look for, the signal was aborted, or search was closed. Waits for a worker as long as it takes. */
  ask(typed: string, query: SearchQuery, signal: AbortSignal): Promise<SearchAnswer | undefined> {
    if (parsePhrase(typed) === undefined || signal.aborted || this.#closing.signal.aborted) {
      return Promise.resolve(undefined);
    }
    const number = (this.#next += 1);
    return new Promise((resolve) => {
      const withdraw = (): void => {
        this.#channel.post({ kind: 'withdraw', tab: this.#parts.tab, number });
        this.#settle(number, undefined);
      };
      signal.addEventListener('abort', withdraw);
      this.#questions.set(number, {
        typed,
        query,
        resolve: (answer) => {
          signal.removeEventListener('abort', withdraw);
          resolve(answer);
        },
      });
      this.#post(number, typed, query);
    });
  }

  /** What was asked and not answered resolves with undefined. */
  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    for (const number of [...this.#questions.keys()]) this.#settle(number, undefined);
    this.#worker?.stop();
    this.#worker = undefined;
    this.#resign();
    this.#channel.close();
  }

  #post(number: number, typed: string, query: SearchQuery): void {
    this.#channel.post({ kind: 'ask', tab: this.#parts.tab, number, typed, query });
  }

  #settle(number: number, answer: SearchAnswer | undefined): void {
    const question = this.#questions.get(number);
    this.#questions.delete(number);
    question?.resolve(answer);
  }

  #hear(message: SearchMessage): void {
    switch (message.kind) {
      case 'answer':
        if (message.tab === this.#parts.tab) this.#settle(message.number, message.answer);
        return;
      case 'begun':
        for (const [number, { typed, query }] of this.#questions) this.#post(number, typed, query);
        return;
      case 'state':
        return this.#state.set(message.state);
      case 'ended':
        // Who holds on to the lock would keep search from whoever signs in next.
        return this.close();
      case 'ask':
      case 'withdraw':
      case 'hello':
        return;
    }
  }

  #start(retryMs: number): void {
    if (this.#closing.signal.aborted) return;
    let isOver = false;
    const worker = this.#parts.startWorker(() => {
      if (isOver) return;
      isOver = true;
      worker.stop();
      void pause(retryMs, this.#closing.signal).then(() => this.#start(Math.min(RETRY_MAX_MS, 2 * retryMs)));
    });
    this.#worker = worker;
  }
}
