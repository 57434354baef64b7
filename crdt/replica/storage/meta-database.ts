/**
 * What the device knows besides the documents: where catch-up stands, heads, which documents exist here, which may hold unsent
 * entries, and what was refused. One database per namespace; every change is one strict transaction.
 */
import { openDB, unwrap } from 'idb';
import type { PageDigest } from '../../model/chat/digest.ts';
import type { ChatAction } from '../../model/chat/entry.ts';
import type { Receipts } from '../../model/chat/receipts.ts';
import type { Tuple } from '../../model/log/append.ts';
import type { EntryId } from '../../model/log/entry-id.ts';
import type { ChatId, DocumentName } from '../../model/protocol/document-name.ts';
import { asPromise, storageFailure, STORED, transact, type StorageFailure, type WriteOutcome } from './transact.ts';

/** Where the server's log was when this device last knew everything before it. */
export interface CatchUpPoint {
  readonly epoch: string;
  readonly cursor: number;
}

/** Where a document stands on the server, as far as it is stored here. */
export interface Head {
  readonly number: number;
  readonly sequence: number;
}

export interface DocumentRecord {
  /** Counts databases of this document; a quarantine begins the next. */
  readonly generation: number;
  /** The document has been in step with the server once. */
  readonly complete: boolean;
}

/** A context that has written, or is about to write, into a document and has not seen everything arrive. */
export interface UnsentMark {
  readonly document: DocumentName;
  readonly context: string;
}

/** An own entry that was refused; it lives here and no longer in a document. */
export interface QuarantineRecord {
  readonly id: EntryId;
  readonly document: DocumentName;
  /** The generation that it was taken out of; later ones are without it. */
  readonly generation: number;
  readonly tuple: Tuple;
  /** `me` entries have none. */
  readonly action: ChatAction | undefined;
  readonly code: string;
  readonly attempts: number;
  /** `resend`: goes out again by itself; `failed`: the person decides. */
  readonly state: 'resend' | 'failed';
}

/** A page's digest, and the arrival number at which the page stood. */
export interface KeptDigest extends PageDigest {
  readonly head: number;
}

/** Everything small that is read at start. */
export interface MetaState {
  readonly catchUp: CatchUpPoint | undefined;
  readonly clockOffsetMs: number | undefined;
  readonly heads: ReadonlyMap<DocumentName, Head>;
  readonly documents: ReadonlyMap<DocumentName, DocumentRecord>;
  readonly unsent: readonly UnsentMark[];
  readonly quarantine: readonly QuarantineRecord[];
  readonly digests: ReadonlyMap<DocumentName, KeptDigest>;
  readonly told: ToldDeliveries | undefined;
}

/** What the server, in one of its histories, is known to know of this device: up to where it has others' messages. */
export interface ToldDeliveries {
  readonly epoch: string;
  readonly upTo: ReadonlyMap<ChatId, number>;
}

const STATE = 'state';
const HEADS = 'heads';
const DOCUMENTS = 'documents';
const UNSENT = 'unsent';
const QUARANTINE = 'quarantine';
const DIGESTS = 'digests';
const RECEIPTS = 'receipts';
/** Read at start; receipts are read when their chat is opened. */
const ALL = [STATE, HEADS, DOCUMENTS, UNSENT, QUARANTINE, DIGESTS];

/** The stores that each version has brought, from the first. Versions only add: an earlier one's data stays as it is. */
const BROUGHT: readonly (readonly string[])[] = [
  [STATE, HEADS, DOCUMENTS, UNSENT, QUARANTINE],
  [DIGESTS, RECEIPTS],
];

/** Bytes of the row that asks whether there is room again. */
const PROBE_BYTES = 65_536;

export class MetaDatabase {
  readonly #database: IDBDatabase;
  /** As last read. */
  readonly #documents = new Map<DocumentName, DocumentRecord>();

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  static async open(name: string): Promise<MetaDatabase> {
    const database = await openDB(name, BROUGHT.length, {
      upgrade(database, from) {
        for (const store of BROUGHT.slice(from).flat()) database.createObjectStore(store);
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return new MetaDatabase(unwrap(database));
  }

  read(): Promise<MetaState> {
    return transact(this.#database, ALL, 'readonly', async (transaction) => {
      const [catchUp, clockOffsetMs, told, heads, documents, unsent, quarantine, digests] = await Promise.all([
        asPromise<CatchUpPoint | undefined>(transaction.objectStore(STATE).get('catch-up')),
        asPromise<number | undefined>(transaction.objectStore(STATE).get('clock-offset')),
        asPromise<ToldDeliveries | undefined>(transaction.objectStore(STATE).get('told-deliveries')),
        readMap<Head>(transaction.objectStore(HEADS)),
        readMap<DocumentRecord>(transaction.objectStore(DOCUMENTS)),
        asPromise<UnsentMark[]>(transaction.objectStore(UNSENT).getAll()),
        asPromise<QuarantineRecord[]>(transaction.objectStore(QUARANTINE).getAll()),
        readMap<KeptDigest>(transaction.objectStore(DIGESTS)),
      ]);
      for (const [document, record] of documents) this.#documents.set(document, record);
      return { catchUp, clockOffsetMs, told, heads, documents, unsent, quarantine, digests };
    });
  }

  /** Without a look into the database, so possibly out of date. */
  rememberedRecord(document: DocumentName): DocumentRecord | undefined {
    return this.#documents.get(document);
  }

  async documentRecord(document: DocumentName): Promise<DocumentRecord | undefined> {
    const record = await transact(this.#database, [DOCUMENTS], 'readonly', (transaction) =>
      asPromise<DocumentRecord | undefined>(transaction.objectStore(DOCUMENTS).get(document)),
    );
    if (record !== undefined) this.#documents.set(document, record);
    return record;
  }

  /** Does nothing when a later generation has begun: the caller has not heard of it yet. */
  putDocumentRecord(document: DocumentName, record: DocumentRecord): Promise<WriteOutcome> {
    return this.#write([DOCUMENTS], async (store) => {
      const known = await asPromise<DocumentRecord | undefined>(store(DOCUMENTS).get(document));
      if ((known?.generation ?? 1) <= record.generation) store(DOCUMENTS).put(record, document);
    });
  }

  putCatchUp(point: CatchUpPoint): Promise<WriteOutcome> {
    return this.#write([STATE], (store) => store(STATE).put(point, 'catch-up'));
  }

  putClockOffset(offsetMs: number): Promise<WriteOutcome> {
    return this.#write([STATE], (store) => store(STATE).put(offsetMs, 'clock-offset'));
  }

  putHeads(heads: Iterable<readonly [DocumentName, Head]>): Promise<WriteOutcome> {
    return this.#write([HEADS], (store) => {
      for (const [document, head] of heads) store(HEADS).put(head, document);
    });
  }

  markUnsent(mark: UnsentMark): Promise<WriteOutcome> {
    return this.#write([UNSENT], (store) => store(UNSENT).put(mark, [mark.document, mark.context]));
  }

  unmarkUnsent(marks: readonly UnsentMark[]): Promise<WriteOutcome> {
    return this.#write([UNSENT], (store) => {
      for (const mark of marks) store(UNSENT).delete([mark.document, mark.context]);
    });
  }

  unsentMarks(): Promise<UnsentMark[]> {
    return transact(this.#database, [UNSENT], 'readonly', (transaction) =>
      asPromise<UnsentMark[]>(transaction.objectStore(UNSENT).getAll()),
    );
  }

  quarantineRecords(): Promise<QuarantineRecord[]> {
    return transact(this.#database, [QUARANTINE], 'readonly', (transaction) =>
      asPromise<QuarantineRecord[]>(transaction.objectStore(QUARANTINE).getAll()),
    );
  }

  /**
   * Begins a document's next database and keeps what was refused, in one transaction. Does nothing when the generation is not
   * `from` any more: another tab was first. Records that exist already stay as they are.
   */
  async beginGeneration(
    document: DocumentName,
    from: number,
    records: readonly QuarantineRecord[],
  ): Promise<WriteOutcome> {
    try {
      return await transact(this.#database, [DOCUMENTS, QUARANTINE], 'readwrite', async (transaction) => {
        const documents = transaction.objectStore(DOCUMENTS);
        const known = await asPromise<DocumentRecord | undefined>(documents.get(document));
        if ((known?.generation ?? 1) !== from) return STORED;
        const store = transaction.objectStore(QUARANTINE);
        const present = new Set(await asPromise(store.getAllKeys()));
        documents.put({ generation: from + 1, complete: false } satisfies DocumentRecord, document);
        for (const record of records) if (!present.has(record.id)) store.put(record, record.id);
        return STORED;
      });
    } catch (error) {
      return storageFailure(error);
    }
  }

  /** Does nothing when the record has been dropped meanwhile: what a person has discarded stays so. */
  changeQuarantine(record: QuarantineRecord): Promise<WriteOutcome> {
    return this.#write([QUARANTINE], async (store) => {
      const known = await asPromise(store(QUARANTINE).getKey(record.id));
      if (known !== undefined) store(QUARANTINE).put(record, record.id);
    });
  }

  dropQuarantine(id: EntryId): Promise<WriteOutcome> {
    return this.#write([QUARANTINE], (store) => store(QUARANTINE).delete(id));
  }

  /** Without a digest: takes it out. */
  putDigests(digests: Iterable<readonly [DocumentName, KeptDigest | undefined]>): Promise<WriteOutcome> {
    return this.#write([DIGESTS], (store) => {
      for (const [document, digest] of digests) {
        if (digest === undefined) store(DIGESTS).delete(document);
        else store(DIGESTS).put(digest, document);
      }
    });
  }

  putTold(told: ToldDeliveries): Promise<WriteOutcome> {
    return this.#write([STATE], (store) => store(STATE).put(told, 'told-deliveries'));
  }

  receiptsOf(chat: ChatId): Promise<Receipts | undefined> {
    return transact(this.#database, [RECEIPTS], 'readonly', (transaction) =>
      asPromise<Receipts | undefined>(transaction.objectStore(RECEIPTS).get(chat)),
    );
  }

  putReceipts(chat: ChatId, receipts: Receipts): Promise<WriteOutcome> {
    return this.#write([RECEIPTS], (store) => store(RECEIPTS).put(receipts, chat));
  }

  /** Asks whether there is room, by writing something of some size and taking it away. */
  async probe(): Promise<WriteOutcome> {
    const written = await this.#write([STATE], (store) => store(STATE).put(new Uint8Array(PROBE_BYTES), 'probe'));
    await this.#write([STATE], (store) => store(STATE).delete('probe'));
    return written;
  }

  close(): void {
    this.#database.close();
  }

  async #write(
    stores: readonly string[],
    body: (store: (name: string) => IDBObjectStore) => unknown,
  ): Promise<WriteOutcome> {
    try {
      await transact(this.#database, stores, 'readwrite', (transaction) =>
        body((name) => transaction.objectStore(name)),
      );
      return STORED;
    } catch (error) {
      return storageFailure(error);
    }
  }
}

async function readMap<T>(store: IDBObjectStore): Promise<Map<DocumentName, T>> {
  const [keys, values] = await Promise.all([asPromise(store.getAllKeys()), asPromise<T[]>(store.getAll())]);
  return new Map(keys.map((key, index): [DocumentName, T] => [key as DocumentName, values[index] as T]));
}

export type { StorageFailure };
