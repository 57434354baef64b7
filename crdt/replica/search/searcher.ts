/**
 * Search over everything that lies on this device: reads the pages of all chats from their documents, keeps what it has read, follows
 * what tabs tell of changes, and finds phrases. It looks, and nothing else: of the device's databases it makes and writes its own alone.
 * For a worker of its own, one for all tabs, beside a replica that is open.
 *
 * An answer is right for the moment at which it was asked for: what a tab had told by then is read before anything of it is answered.
 */
import { entryId } from '../../model/log/entry-id.ts';
import { accountOf, type Account } from '../../model/log/writer.ts';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { normalise } from '../../model/search/normalise.ts';
import type { Phrase } from '../../model/search/phrase.ts';
import type { Found } from '../../model/search/text-block.ts';
import { Cell } from '../cell.ts';
import type { StorageView, Watchable } from '../contract.ts';
import { aliveLock } from '../documents/device.ts';
import { nextTurn } from '../next-turn.ts';
import { storageFailure, type StorageFailure } from '../storage/transact.ts';
import { pause } from '../sync/pause.ts';
import { whenHeld } from '../tabs/election.ts';
import type { TabChannel, TabMessage } from '../tabs/tab-channel.ts';
import { pageOf } from './known-pages.ts';
import { textAt } from './page-columns.ts';
import type { FoundMessage, SearchAnswer, SearchQuery, SearchState } from './search-contract.ts';
import { SearchedPages } from './searched-pages.ts';

/** The records are looked at so often for what no tab has told: a tab that crashes tells nothing. */
const COMPARE_MS = 30_000;
/** Before they are looked at again when they can't be read: the replica may not be open yet. */
const RETRY_MS = 2_000;
/** Changed pages that one search waits for; of others that have changed nothing is answered. A page takes some ten milliseconds. */
const MAX_READ = 8;

export interface SearcherParts {
  readonly namespace: string;
  readonly account: Account;
  /** Who opened it closes it, after the searcher was stopped. */
  readonly tabs: TabChannel;
  /** Unix ms, or any clock that goes on. */
  readonly nowMs: () => number;
}

export class Searcher {
  readonly #pages: SearchedPages;
  readonly #nowMs: () => number;
  readonly #state: Cell<SearchState>;
  readonly #stopping = new AbortController();
  readonly #dispose: () => void;
  readonly #running: Promise<void>;
  readonly #settled = new Set<() => void>();
  #compareAtMs = 0;
  #failure: StorageFailure | undefined;
  #toldChanges = 0;
  #wake = new AbortController();

  private constructor(parts: SearcherParts) {
    this.#pages = new SearchedPages(parts);
    this.#nowMs = parts.nowMs;
    this.#state = new Cell(this.#stateNow());
    // Before anything is read: what is stored later is told later.
    this.#dispose = parts.tabs.listen((message) => this.#hear(message));
    this.#running = this.#run(parts.namespace);
  }

  /** Begins to read; what is read can be found at once. */
  static open(parts: SearcherParts): Searcher {
    return new Searcher(parts);
  }

  /** What is searched. Another object whenever the same search may come to another answer. */
  get state(): Watchable<SearchState> {
    return this.#state;
  }

  /**
   * The newest messages that have the phrase; undefined when the signal was aborted before. What tabs had told before the call is taken
   * into account, or left out of the answer; never is it answered as it was.
   */
  async search(
    phrase: Phrase,
    { kind, scope, limit }: SearchQuery,
    signal: AbortSignal,
  ): Promise<SearchAnswer | undefined> {
    const pages = this.#pages;
    const isListed = !pages.isInboxDue || (await pages.readInbox());
    const read = new Set<DocumentName>();
    const left = new Set<DocumentName>();
    while (!signal.aborted && !this.#stopping.signal.aborted) {
      const found = await pages.scans.run(pages.index.search(phrase, kind, scope, isListed ? limit : 0), signal);
      if (found === undefined) return undefined;
      const due = new Set(found.map(({ document }) => document).filter((document) => pages.isDue(document)));
      const next = [...due].filter((document) => !read.has(document) && !left.has(document));
      for (const document of next) {
        const isRead = read.size < MAX_READ && !signal.aborted && (await pages.read(document));
        (isRead ? read : left).add(document);
      }
      if (next.length > 0) continue;
      const messages = await this.#answer(
        phrase,
        found.filter(({ document }) => !left.has(document)),
        signal,
      );
      if (messages === undefined) return undefined;
      return { messages, more: found.length >= limit, coverage: pages.coverage(scope.chat) };
    }
    return undefined;
  }

  /** Resolves when everything is read, kept and indexed. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#settled.add(resolve);
      this.#wake.abort();
    });
  }

  /** What is read and not kept yet is kept before it resolves. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#dispose();
    this.#wake.abort();
    await this.#running;
  }

  #hear(message: TabMessage): void {
    switch (message.kind) {
      case 'append':
      case 'stored':
      case 'generation':
      case 'mended':
        this.#pages.change(message.document);
        return this.#wake.abort();
      case 'repairs':
        // What was damaged may be whole again.
        this.#compareAtMs = 0;
        return this.#wake.abort();
      case 'wipe':
        return void this.stop();
      case 'waiting':
      case 'quarantine':
      case 'clock':
      case 'history':
      case 'history-asked':
      case 'history-paused':
        return;
    }
  }

  async #run(namespace: string): Promise<void> {
    // Nothing is deleted while it is held, and none is opened while something is.
    const release = await whenHeld(aliveLock(namespace), 'shared');
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController();
      if (await this.#stepSafely()) await nextTurn();
      else await this.#rest();
    }
    await this.#pages.close();
    release();
  }

  /** A page that can't be taken in must not keep the others out. */
  async #stepSafely(): Promise<boolean> {
    try {
      return await this.#step();
    } catch (error) {
      this.#failure = storageFailure(error);
      this.#tell();
      await pause(RETRY_MS, this.#stopping.signal);
      return true;
    }
  }

  /** One piece of work; false when there is nothing to do now. */
  async #step(): Promise<boolean> {
    const pages = this.#pages;
    if (this.#compareAtMs <= this.#nowMs()) {
      await this.#compare();
      this.#tell();
      return true;
    }
    if (await pages.loadSome()) {
      this.#tell();
      return true;
    }
    // Who waits for all of it need not wait for the pauses.
    const isHurried = this.#settled.size > 0;
    const { writeAtMs, failure } = pages.kept;
    const due = writeAtMs <= this.#nowMs() ? undefined : pages.nextDue(isHurried);
    if (due !== undefined) {
      await pages.read(due);
      this.#tell();
      return true;
    }
    if (writeAtMs <= this.#nowMs() || (isHurried && failure === undefined && writeAtMs < Infinity)) {
      await pages.kept.write();
      this.#tell();
      return true;
    }
    return pages.scans.changeInTurn(() => pages.index.indexNext());
  }

  async #compare(): Promise<void> {
    this.#compareAtMs = this.#nowMs() + RETRY_MS;
    try {
      const isKnown = await this.#pages.compare();
      this.#failure = undefined;
      if (isKnown) this.#compareAtMs = this.#nowMs() + COMPARE_MS;
    } catch (error) {
      this.#failure = storageFailure(error);
    }
  }

  async #rest(): Promise<void> {
    if (this.#pages.isSettled) {
      for (const resolve of this.#settled) resolve();
      this.#settled.clear();
    }
    const untilMs = Math.min(this.#compareAtMs, this.#pages.changeAtMs, this.#pages.kept.writeAtMs);
    await pause(Math.max(0, untilMs - this.#nowMs()), this.#wake.signal);
  }

  /** With their texts; undefined when the signal was aborted before. */
  async #answer(
    phrase: Phrase,
    found: readonly Found[],
    signal: AbortSignal,
  ): Promise<readonly FoundMessage[] | undefined> {
    const texts = new Map<Found, string>();
    for (const [document, some] of Map.groupBy(found, ({ document }) => document)) {
      // What is kept may have been written by another, or not at all.
      for (const anew of [false, true]) {
        const missing = some.filter((message) => !texts.has(message));
        const columns = missing.length === 0 ? undefined : await this.#pages.columns(document, anew);
        if (signal.aborted) return undefined;
        for (const message of missing) {
          const text = columns === undefined ? undefined : textAt(columns, message);
          if (text !== undefined && normalise(text).includes(phrase.text)) texts.set(message, text);
        }
      }
    }
    const messages = new Map<string, FoundMessage>();
    for (const message of found) {
      const { document, chat, writer, clock, timeMs } = message;
      const text = texts.get(message);
      const id = entryId(writer, clock);
      // One that was sent again may lie in two pages of its chat.
      const key = `${chat} ${id}`;
      if (text === undefined || messages.has(key)) continue;
      messages.set(key, { id, chat, page: pageOf(document).page, author: accountOf(writer), timeMs, text });
    }
    return [...messages.values()];
  }

  #tell(): void {
    const state = this.#stateNow();
    const { changes } = this.#pages;
    if (changes === this.#toldChanges && isSameState(state, this.#state.get())) return;
    this.#toldChanges = changes;
    this.#state.set(state);
  }

  #stateNow(): SearchState {
    return { ...this.#pages.coverage(), problem: viewOf(this.#failure ?? this.#pages.failure) };
  }
}

const isSameState = (one: SearchState, other: SearchState): boolean => JSON.stringify(one) === JSON.stringify(other);

const OK: StorageView = { kind: 'ok' };

function viewOf(failure: StorageFailure | undefined): StorageView {
  if (failure === undefined) return OK;
  return failure.kind === 'storage-full' ? { kind: 'full' } : { kind: 'failed', detail: failure.detail };
}
