/** The pages that are searched: read when they have changed, put into the index as they are stored, and kept for the next start. */
import type { Account } from '../../model/log/writer.ts';
import type { InboxChat } from '../../model/inbox/inbox-facts.ts';
import {
  inboxDocument,
  parseDocumentName,
  type ChatId,
  type DocumentName,
} from '../../model/protocol/document-name.ts';
import { PhraseIndex } from '../../model/search/phrase-index.ts';
import { metaDatabaseName, searchDatabaseName } from '../documents/device.ts';
import { nextTurn } from '../next-turn.ts';
import { once } from '../once.ts';
import { MetaDatabase } from '../storage/meta-database.ts';
import { documentsOf } from '../storage/meta-records.ts';
import { storageFailure, type StorageFailure } from '../storage/transact.ts';
import { KeptPages } from './kept-pages.ts';
import { isSame, KnownPages, NO_HEAD, pageOf } from './known-pages.ts';
import { fromColumns, toColumns, type PageColumns } from './page-columns.ts';
import { Scans } from './scans.ts';
import type { SearchCoverage } from './search-contract.ts';
import type { KeptPage, PageStanding } from './search-database.ts';
import { readInbox, readPage, type StoredPage } from './stored-copy.ts';

/** What changes within so long is read once: a busy chat is not read for each message. */
const GATHER_MS = 300;
/** Before what could not be read is tried again. */
const RETRY_MS = 5_000;
/** Kept pages that are read at once, and then taken in one in a turn. */
const PAGES_AT_ONCE = 4;

export interface SearchedPagesParts {
  readonly namespace: string;
  readonly account: Account;
  readonly nowMs: () => number;
}

export class SearchedPages {
  readonly index = new PhraseIndex();
  readonly scans: Scans;
  readonly kept: KeptPages;
  readonly #namespace: string;
  readonly #nowMs: () => number;
  readonly #inbox: DocumentName;
  readonly #known: KnownPages;
  readonly #records = once(
    async () => (this.#meta = await MetaDatabase.openExisting(metaDatabaseName(this.#namespace))),
  );
  #meta: MetaDatabase | undefined;
  /** Undefined until it was read. */
  #inboxStanding: PageStanding | undefined;
  /** Of which a tab has told, or which could not be read, and when they are to be read. */
  readonly #changed = new Map<DocumentName, number>();
  readonly #reading = new Map<DocumentName, Promise<boolean>>();
  /** Kept from earlier and not taken in yet, the next one last; undefined before the first look. */
  #toLoad: DocumentName[] | undefined;
  #changes = 0;
  /** What could not be read last time. */
  readonly #failing = new Map<DocumentName, StorageFailure>();

  constructor({ namespace, account, nowMs }: SearchedPagesParts) {
    this.#namespace = namespace;
    this.#nowMs = nowMs;
    this.#inbox = inboxDocument(account);
    this.#known = new KnownPages(account);
    this.scans = new Scans(nowMs);
    this.kept = new KeptPages(searchDatabaseName(namespace), nowMs);
  }

  /** Why something can't be read, or kept, now. */
  get failure(): StorageFailure | undefined {
    for (const failure of this.#failing.values()) return failure;
    return this.kept.failure;
  }

  /** Rises with every change of what is searched. */
  get changes(): number {
    return this.#changes;
  }

  coverage(chat?: ChatId): SearchCoverage {
    return this.#known.coverage(chat);
  }

  /** A tab tells that the document is another one on the disk. */
  change(document: DocumentName): void {
    const kind = parseDocumentName(document)?.kind;
    if (kind !== 'chat' && document !== this.#inbox) return;
    if (kind === 'chat') this.#known.appear(document);
    if (!this.#changed.has(document)) this.#changed.set(document, this.#nowMs() + GATHER_MS);
  }

  /** True when what is searched of the document may not be what is stored. */
  isDue(document: DocumentName): boolean {
    return this.#changed.has(document) || this.#reading.has(document) || this.#known.isUnread(document);
  }

  get isInboxDue(): boolean {
    return this.isDue(this.#inbox);
  }

  /** When the next change is to be looked at; Infinity when there is none. */
  get changeAtMs(): number {
    return Math.min(Infinity, ...this.#changed.values());
  }

  /** Compares what is searched with the records of the device. Rejects when they can't be read; false: the inbox can't, and is needed. */
  async compare(): Promise<boolean> {
    const meta = await this.#records();
    const isFirst = this.#toLoad === undefined;
    if (isFirst && !(await this.readInbox())) return false;
    const state = await meta.readDocuments();
    // Later ones are told.
    const marked = isFirst ? documentsOf(state.unsent) : NONE;
    for (const document of this.#known.compare(state, marked)) await this.#drop(document);
    const inbox = state.documents.get(this.#inbox);
    const head = state.heads.get(this.#inbox) ?? NO_HEAD;
    if (inbox !== undefined && !isSame(this.#inboxStanding, { ...inbox, ...head })) this.change(this.#inbox);
    this.#toLoad ??= [...(await this.kept.documents())].toReversed();
    return true;
  }

  /** Takes in some pages as they were kept; false when none is left. */
  async loadSome(): Promise<boolean> {
    const some = this.#toLoad?.splice(-PAGES_AT_ONCE).toReversed() ?? [];
    const kept = await this.kept.pages(some);
    for (const [index, document] of some.entries()) {
      const page = kept[index];
      if (page === undefined) continue;
      await this.scans.change(() => this.#adopt(document, page));
      await nextTurn();
    }
    return some.length > 0;
  }

  /** The document to be read now: one that has changed, at once when it is hurried, or the newest of those that are unread. */
  nextDue(isHurried: boolean): DocumentName | undefined {
    const nowMs = this.#nowMs();
    for (const [document, dueMs] of this.#changed) {
      if (dueMs <= nowMs || (isHurried && !this.#failing.has(document))) return document;
    }
    return this.#known.nextUnread((document) => this.#changed.has(document));
  }

  /** True when the inbox is known as it was stored at the call, or later. */
  readInbox(): Promise<boolean> {
    return this.#alone(this.#inbox, async () => {
      const inbox = await readInbox(await this.#records(), this.#namespace, this.#inbox);
      if (inbox.kind !== 'inbox' && inbox.kind !== 'absent') return inbox;
      this.#inboxStanding = inbox.kind === 'inbox' ? inbox.standing : undefined;
      const gone = this.#known.list(inbox.kind === 'inbox' ? inbox.chats : new Map<ChatId, InboxChat>());
      for (const document of gone) await this.#drop(document);
      return undefined;
    });
  }

  /** True when the document is searched as it was stored at the call, or later; false when it can't be read now. */
  read(document: DocumentName): Promise<boolean> {
    if (document === this.#inbox) return this.readInbox();
    return this.#alone(document, async () => {
      const page = await readPage(await this.#records(), this.#namespace, document);
      if (page.kind === 'absent') await this.#drop(document);
      else if (page.kind !== 'page') return page;
      else await this.#put(document, page);
      return undefined;
    });
  }

  /** The messages of a page as they were read last; `anew`: as they are stored now. Undefined when they can't be read. */
  async columns(document: DocumentName, anew: boolean): Promise<PageColumns | undefined> {
    const standing = this.#known.standing(document);
    const kept = anew ? undefined : await this.kept.page(document);
    if (kept !== undefined && isSame(standing, kept)) return kept.columns;
    try {
      const page = await readPage(await this.#records(), this.#namespace, document);
      return page.kind === 'page' ? toColumns(page.messages) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Nothing is to be read or written any more. */
  get isSettled(): boolean {
    const isRead = this.#toLoad?.length === 0 && this.#changed.size === 0 && this.#reading.size === 0;
    return isRead && this.coverage().toRead === 0 && this.kept.writeAtMs === Infinity;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#reading.values());
    await this.kept.write();
    this.kept.close();
    await this.#records.settled();
    this.#meta?.close();
  }

  /** Reads a document, one reading after the other; what could not be read is due again later. */
  async #alone(document: DocumentName, read: () => Promise<StorageFailure | undefined>): Promise<boolean> {
    for (let underWay = this.#reading.get(document); underWay !== undefined; underWay = this.#reading.get(document)) {
      if ((await underWay) && !this.isDue(document)) return true;
    }
    this.#changed.delete(document);
    const reading = read()
      .catch((error: unknown) => storageFailure(error))
      .then((failure) => {
        this.#reading.delete(document);
        if (failure === undefined) return this.#failing.delete(document) || true;
        this.#failing.set(document, failure);
        this.#changed.set(document, this.#nowMs() + RETRY_MS);
        return false;
      });
    this.#reading.set(document, reading);
    return reading;
  }

  /** Whether the chat is the person's is asked when the index can be changed: it may have gone meanwhile. */
  #put(document: DocumentName, { standing, isDamaged, isUnsent, messages }: StoredPage): Promise<void> {
    const page: KeptPage = { ...standing, isDamaged, columns: toColumns(messages) };
    return this.scans.change(() => {
      if (!this.#known.counts(document, isUnsent)) return this.#dropNow(document);
      this.#changes += 1;
      this.index.put(document, pageOf(document).chat, messages);
      this.#known.put(document, page);
      this.kept.put(document, page);
    });
  }

  #adopt(document: DocumentName, page: KeptPage): void {
    const isPersons = this.#known.has(document) && this.#known.counts(document, page.number === 0);
    if (!isPersons) return this.kept.put(document, undefined);
    this.#changes += 1;
    this.index.put(document, pageOf(document).chat, fromColumns(page.columns));
    this.#known.adopt(document, page);
  }

  #drop(document: DocumentName): Promise<void> {
    return this.scans.change(() => this.#dropNow(document));
  }

  #dropNow(document: DocumentName): void {
    this.#changes += 1;
    this.index.drop(document);
    this.#known.drop(document);
    this.kept.put(document, undefined);
  }
}

const NONE: ReadonlySet<DocumentName> = new Set();
