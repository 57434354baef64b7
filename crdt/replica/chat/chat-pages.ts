/** The loaded pages of a chat and the timeline over them. */
import type * as Y from 'yjs';
import { nextClock } from '../../model/log/read-log.ts';
import type { Place } from '../../model/log/entry-id.ts';
import { PageReader, type PageChange } from '../../model/chat/page-reader.ts';
import { Timeline } from '../../model/chat/timeline.ts';
import { chatDocument, type ChatId } from '../../model/protocol/document-name.ts';
import type { LocalDocument } from '../documents/local-document.ts';
import type { DocumentUse, OpenDocuments } from '../documents/open-documents.ts';
import { nextTurn } from '../next-turn.ts';

interface LoadedPage {
  readonly use: DocumentUse;
  readonly dispose: () => void;
  reader: PageReader;
}

export class ChatPages {
  readonly chat: ChatId;
  readonly #documents: OpenDocuments;
  readonly #changed: () => void;
  readonly #loading = new Map<number, Promise<void>>();
  readonly #pages = new Map<number, LoadedPage>();
  #timeline = new Timeline();
  #revision = 0;
  #closed = false;

  /** `changed` is called after entries, arrivals, facts or the state of a page have changed. */
  constructor(documents: OpenDocuments, chat: ChatId, changed: () => void) {
    this.#documents = documents;
    this.chat = chat;
    this.#changed = changed;
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  /** Another number after each change of the timeline's messages. */
  get revision(): number {
    return this.#revision;
  }

  has(page: number): boolean {
    return this.#pages.has(page);
  }

  /** The loaded pages' numbers, ascending. */
  numbers(): number[] {
    return [...this.#pages.keys()].toSorted((a, b) => a - b);
  }

  document(page: number): LocalDocument | undefined {
    return this.#pages.get(page)?.use.document;
  }

  /** True when every loaded page has been in step with the server. */
  get complete(): boolean {
    return [...this.#pages.values()].every(({ use }) => use.document.complete);
  }

  /** The server's facts of a loaded page; undefined for one that is not loaded. */
  facts(page: number): PageReader['facts'] | undefined {
    return this.#pages.get(page)?.reader.facts;
  }

  /** Resolves when the page's local copy is in the timeline. */
  load(page: number): Promise<void> {
    let loading = this.#loading.get(page);
    if (loading === undefined) {
      loading = this.#load(page);
      this.#loading.set(page, loading);
    }
    return loading;
  }

  /** The loaded page whose log of that writer reaches the place. */
  pageHolding(place: Place): number | undefined {
    for (const [page, { use }] of this.#pages) if (nextClock(use.document.doc, place.writer) > place.clock) return page;
    return undefined;
  }

  close(): void {
    this.#closed = true;
    for (const { use, dispose } of this.#pages.values()) {
      dispose();
      use.release();
    }
    this.#pages.clear();
  }

  /** A page of 2,000 entries is much for a slow phone, so it is taken in turns; what changes meanwhile is read last. */
  async #load(page: number): Promise<void> {
    const use = await this.#documents.use(chatDocument(this.chat, page));
    const { document } = use;
    await nextTurn();
    const { doc } = document;
    const timeline = this.#timeline;
    const reader = new PageReader(doc, page);
    const first = reader.read();
    await nextTurn();
    if (this.#closed) return use.release();
    const dispose = document.subscribe((event, transaction) => this.#follow(page, event === 'replaced', transaction));
    this.#pages.set(page, { use, reader, dispose });
    if (document.doc === doc && this.#timeline === timeline) this.#apply(first, reader.read());
    else this.#readAnew();
    this.#changed();
  }

  #follow(page: number, replaced: boolean, transaction: Y.Transaction | undefined): void {
    const loaded = this.#pages.get(page);
    if (loaded === undefined) return;
    if (replaced) this.#readAnew();
    else this.#apply(loaded.reader.read(transaction));
    this.#changed();
  }

  #apply(...changes: readonly PageChange[]): void {
    if (this.#timeline.apply(...changes)) this.#revision += 1;
  }

  /** A page is another document now, so what it had said is void. */
  #readAnew(): void {
    this.#timeline = new Timeline();
    this.#revision += 1;
    for (const [page, loaded] of this.#pages) {
      loaded.reader = new PageReader(loaded.use.document.doc, page);
      this.#apply(loaded.reader.read());
    }
  }
}
