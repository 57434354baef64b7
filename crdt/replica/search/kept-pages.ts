/**
 * Pages as search has read them, on the disk and in between. Only those that are not written yet and the last ones that were asked for
 * are in memory. On a disk that takes nothing search goes on without.
 */
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { storageFailure, type StorageFailure } from '../storage/transact.ts';
import { SearchDatabase, type KeptPage } from './search-database.ts';

/** A page that changes all the time is written once in so long; it is read anew after a crash. */
const WRITE_PAUSE_MS = 5_000;
/** So many in one transaction, at once: a few megabytes. */
const MAX_UNWRITTEN = 16;
/** After a failure; a person has freed some room within seconds, not milliseconds. */
const RETRY_MS = 30_000;
/** Units of the texts of the pages that were asked for last: who types on asks for the same ones. Some thirty pages. */
const MAX_ASKED = 5_000_000;

export class KeptPages {
  readonly #name: string;
  readonly #nowMs: () => number;
  /** Without a page: what is kept of it is to be taken out. */
  readonly #unwritten = new Map<DocumentName, KeptPage | undefined>();
  /** The latest that was asked for last. */
  readonly #asked = new Map<DocumentName, KeptPage>();
  #database: SearchDatabase | undefined;
  #opening: Promise<SearchDatabase | StorageFailure> | undefined;
  #writeAtMs = Infinity;
  #isClosed = false;
  #failure: StorageFailure | undefined;

  constructor(name: string, nowMs: () => number) {
    this.#name = name;
    this.#nowMs = nowMs;
  }

  /** Why nothing is kept now. */
  get failure(): StorageFailure | undefined {
    return this.#failure;
  }

  /** When something is to be written; Infinity when there is nothing. */
  get writeAtMs(): number {
    return this.#writeAtMs;
  }

  /** Of which pages something is kept, those with the newest messages first. */
  async documents(): Promise<readonly DocumentName[]> {
    return (await this.#read((database) => database.documents())) ?? [];
  }

  /** What can't be read counts as absent. */
  async pages(documents: readonly DocumentName[]): Promise<readonly (KeptPage | undefined)[]> {
    return (await this.#read((database) => database.pages(documents))) ?? documents.map(() => undefined);
  }

  /** A page as it was read last, for its texts. */
  async page(document: DocumentName): Promise<KeptPage | undefined> {
    const page = this.#unwritten.get(document) ?? this.#asked.get(document) ?? (await this.pages([document]))[0];
    if (page === undefined || this.#unwritten.has(document)) return page;
    this.#asked.delete(document);
    this.#asked.set(document, page);
    let units = 0;
    for (const [asked, { columns }] of [...this.#asked].toReversed()) {
      units += columns.texts.length;
      if (units > MAX_ASKED && asked !== document) this.#asked.delete(asked);
    }
    return page;
  }

  /** Without a page: nothing of it is to be kept. What a disk that takes nothing leaves over is read anew at the next start. */
  put(document: DocumentName, page: KeptPage | undefined): void {
    this.#asked.delete(document);
    const isOver = this.#unwritten.size >= MAX_UNWRITTEN && !this.#unwritten.has(document);
    if (this.#failure !== undefined && isOver && page !== undefined) return;
    this.#unwritten.set(document, page);
    const pauseMs = this.#failure === undefined ? WRITE_PAUSE_MS : RETRY_MS;
    const isFull = this.#failure === undefined && this.#unwritten.size >= MAX_UNWRITTEN;
    this.#writeAtMs = Math.min(this.#writeAtMs, this.#nowMs() + (isFull ? 0 : pauseMs));
  }

  /** Resolves when what is unwritten is kept, or the disk doesn't take it. */
  async write(): Promise<void> {
    this.#writeAtMs = Infinity;
    const changes = [...this.#unwritten];
    if (changes.length === 0) return;
    const database = await this.#open();
    const outcome = database instanceof SearchDatabase ? await database.write(changes) : database;
    if (outcome.kind !== 'stored') {
      this.#failure = outcome;
      this.#writeAtMs = this.#nowMs() + RETRY_MS;
      return;
    }
    this.#failure = undefined;
    for (const [document, page] of changes) {
      if (this.#unwritten.get(document) === page) this.#unwritten.delete(document);
    }
  }

  /** Nothing is opened any more. */
  close(): void {
    this.#isClosed = true;
    this.#database?.close();
  }

  async #read<T>(work: (database: SearchDatabase) => Promise<T>): Promise<T | undefined> {
    const database = await this.#open();
    if (!(database instanceof SearchDatabase)) return undefined;
    try {
      return await work(database);
    } catch (error) {
      this.#failure = storageFailure(error);
      return undefined;
    }
  }

  async #open(): Promise<SearchDatabase | StorageFailure> {
    if (this.#database !== undefined) return this.#database;
    if (this.#isClosed) return { kind: 'storage-failed', detail: 'closed' };
    this.#opening ??= SearchDatabase.open(this.#name).finally(() => {
      this.#opening = undefined;
    });
    const opened = await this.#opening;
    if (opened instanceof SearchDatabase) this.#database = opened;
    else this.#failure = opened;
    return opened;
  }
}
