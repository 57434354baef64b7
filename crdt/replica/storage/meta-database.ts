/**
 * What the device knows besides the documents: where catch-up stands, heads, which documents exist here, which may hold unsent
 * entries, what was refused, what had to be repaired. One database per namespace; every change is one strict transaction. A
 * connection that has died is opened anew and the transaction done again: nothing of it was kept.
 */
import type { Receipts } from '../../model/chat/receipts.ts';
import type { EntryId } from '../../model/log/entry-id.ts';
import { isWritten, type ChatId, type DocumentName } from '../../model/protocol/document-name.ts';
import { Connection } from './connection.ts';
import {
  isCatchUpPoint,
  isDocumentName,
  isDocumentRecord,
  isHead,
  isKeptFacts,
  isKeptDigest,
  isOffset,
  isQuarantineRecord,
  isReceipts,
  isRepairNote,
  isToldDeliveries,
  isUnsentMark,
  type CatchUpPoint,
  type DocumentRecord,
  type Head,
  type KeptDigest,
  type KeptFacts,
  type QuarantineRecord,
  type RepairNote,
  type ToldDeliveries,
  type UnsentMark,
} from './meta-records.ts';
import { asPromise, storageFailure, STORED, type StorageFailure, type WriteOutcome } from './transact.ts';

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
  readonly repairs: ReadonlyMap<DocumentName, RepairNote>;
  /** Something there is not what was written: see `recover`. */
  readonly isDamaged: boolean;
}

const STATE = 'state';
const HEADS = 'heads';
const DOCUMENTS = 'documents';
const UNSENT = 'unsent';
const QUARANTINE = 'quarantine';
const DIGESTS = 'digests';
const RECEIPTS = 'receipts';
const REPAIRS = 'repairs';
const FACTS = 'facts';
/** Read at start; receipts are read when their chat is opened. */
const ALL = [STATE, HEADS, DOCUMENTS, UNSENT, QUARANTINE, DIGESTS, REPAIRS];

/** The stores that each version has brought, from the first. Versions only add: an earlier one's data stays as it is. */
const BROUGHT: readonly (readonly string[])[] = [
  [STATE, HEADS, DOCUMENTS, UNSENT, QUARANTINE],
  [DIGESTS, RECEIPTS],
  [REPAIRS],
  [FACTS],
];

/** Bytes of the row that asks whether there is room again. */
const PROBE_BYTES = 65_536;
/** Connections that die one after the other, before that counts as a failure. */
const MAX_REOPENED = 2;

export class MetaDatabase {
  /** The database did not exist. */
  readonly created: boolean;
  readonly #name: string;
  #connection: Connection;
  #reopening: Promise<Connection> | undefined;
  #closed = false;
  readonly #emptied = new Set<() => void>();
  /** As last read. */
  readonly #documents = new Map<DocumentName, DocumentRecord>();

  private constructor(name: string, connection: Connection) {
    this.#name = name;
    this.#connection = connection;
    this.created = connection.created;
  }

  static async open(name: string): Promise<MetaDatabase> {
    return new MetaDatabase(name, await connect(name));
  }

  /** Called when the database was deleted under this replica and is empty now. */
  onEmptied(listener: () => void): void {
    this.#emptied.add(listener);
  }

  read(): Promise<MetaState> {
    return this.#run(ALL, 'readonly', async (transaction) => {
      const state = transaction.objectStore(STATE);
      const [catchUp, clockOffsetMs, told, heads, documents, unsent, quarantine, digests, repairs] = await Promise.all([
        asPromise<unknown>(state.get('catch-up')),
        asPromise<unknown>(state.get('clock-offset')),
        asPromise<unknown>(state.get('told-deliveries')),
        readMap(transaction.objectStore(HEADS), isHead),
        readMap(transaction.objectStore(DOCUMENTS), isDocumentRecord),
        asPromise<unknown[]>(transaction.objectStore(UNSENT).getAll()),
        asPromise<unknown[]>(transaction.objectStore(QUARANTINE).getAll()),
        readMap(transaction.objectStore(DIGESTS), isKeptDigest),
        readMap(transaction.objectStore(REPAIRS), isRepairNote),
      ]);
      for (const [document, record] of documents.values) this.#documents.set(document, record);
      return {
        catchUp: isCatchUpPoint(catchUp) ? catchUp : undefined,
        clockOffsetMs: isOffset(clockOffsetMs) ? clockOffsetMs : undefined,
        told: isToldDeliveries(told) ? told : undefined,
        heads: heads.values,
        documents: documents.values,
        unsent: unsent.filter(isUnsentMark),
        quarantine: quarantine.filter(isQuarantineRecord),
        digests: digests.values,
        repairs: repairs.values,
        isDamaged:
          heads.isDamaged ||
          documents.isDamaged ||
          (catchUp !== undefined && !isCatchUpPoint(catchUp)) ||
          !unsent.every(isUnsentMark) ||
          !quarantine.every(isQuarantineRecord),
      };
    });
  }

  /** Without a look into the database, so possibly out of date. */
  rememberedRecord(document: DocumentName): DocumentRecord | undefined {
    return this.#documents.get(document);
  }

  async documentRecord(document: DocumentName): Promise<DocumentRecord | undefined> {
    const record = await this.#run([DOCUMENTS], 'readonly', (transaction) =>
      asPromise<unknown>(transaction.objectStore(DOCUMENTS).get(document)),
    );
    if (!isDocumentRecord(record)) return undefined;
    this.#documents.set(document, record);
    return record;
  }

  /** Does nothing when a later generation has begun: the caller has not heard of it yet. */
  putDocumentRecord(document: DocumentName, record: DocumentRecord): Promise<WriteOutcome> {
    return this.#write([DOCUMENTS], async (store) => {
      if ((await generationOf(store(DOCUMENTS), document)) <= record.generation) store(DOCUMENTS).put(record, document);
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

  async unsentMarks(): Promise<UnsentMark[]> {
    const marks = await this.#run([UNSENT], 'readonly', (transaction) =>
      asPromise<unknown[]>(transaction.objectStore(UNSENT).getAll()),
    );
    return marks.filter(isUnsentMark);
  }

  async quarantineRecords(): Promise<QuarantineRecord[]> {
    const records = await this.#run([QUARANTINE], 'readonly', (transaction) =>
      asPromise<unknown[]>(transaction.objectStore(QUARANTINE).getAll()),
    );
    return records.filter(isQuarantineRecord);
  }

  /**
   * Begins a document's next database and keeps what was refused, in one transaction. Does nothing when the generation is not
   * `from` any more: another tab was first. Records that exist already stay as they are.
   */
  beginGeneration(document: DocumentName, from: number, records: readonly QuarantineRecord[]): Promise<WriteOutcome> {
    return this.#write([DOCUMENTS, QUARANTINE], async (store) => {
      if ((await generationOf(store(DOCUMENTS), document)) !== from) return;
      const present = new Set(await asPromise(store(QUARANTINE).getAllKeys()));
      store(DOCUMENTS).put({ generation: from + 1, complete: false } satisfies DocumentRecord, document);
      for (const record of records) if (!present.has(record.id)) store(QUARANTINE).put(record, record.id);
    });
  }

  /** Keeps entries that were found in a database that is given up. Records that exist already stay as they are. */
  addQuarantine(records: readonly QuarantineRecord[]): Promise<WriteOutcome> {
    return this.#write([QUARANTINE], async (store) => {
      const present = new Set(await asPromise(store(QUARANTINE).getAllKeys()));
      for (const record of records) if (!present.has(record.id)) store(QUARANTINE).put(record, record.id);
    });
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

  async factsOf(document: DocumentName): Promise<KeptFacts | undefined> {
    const facts = await this.#run([FACTS], 'readonly', (transaction) =>
      asPromise<unknown>(transaction.objectStore(FACTS).get(document)),
    );
    return isKeptFacts(facts) ? facts : undefined;
  }

  putFacts(document: DocumentName, facts: KeptFacts): Promise<WriteOutcome> {
    return this.#write([FACTS], (store) => store(FACTS).put(facts, document));
  }

  async receiptsOf(chat: ChatId): Promise<Receipts | undefined> {
    const receipts = await this.#run([RECEIPTS], 'readonly', (transaction) =>
      asPromise<unknown>(transaction.objectStore(RECEIPTS).get(chat)),
    );
    return isReceipts(receipts) ? receipts : undefined;
  }

  putReceipts(chat: ChatId, receipts: Receipts): Promise<WriteOutcome> {
    return this.#write([RECEIPTS], (store) => store(RECEIPTS).put(receipts, chat));
  }

  /**
   * A document's copy lacks something: it goes on in generation `to` (the same one, when that can be written), counts as incomplete,
   * and catch-up begins anew, because the server would never tell of it again. Resolves with what is noted for the person.
   */
  async distrust(
    document: DocumentName,
    { from, to }: { readonly from: number; readonly to: number },
  ): Promise<{ readonly kind: 'noted'; readonly note: RepairNote } | StorageFailure> {
    try {
      return await this.#run([DOCUMENTS, HEADS, STATE, UNSENT, REPAIRS], 'readwrite', async (transaction) => {
        const store = (name: string): IDBObjectStore => transaction.objectStore(name);
        const [generation, head, marks, known, point] = await Promise.all([
          generationOf(store(DOCUMENTS), document),
          asPromise<unknown>(store(HEADS).get(document)),
          asPromise<unknown[]>(store(UNSENT).getAll()),
          asPromise<unknown>(store(REPAIRS).get(document)),
          asPromise<unknown>(store(STATE).get('catch-up')),
        ]);
        const mayLackOwn =
          marks.some((mark) => isUnsentMark(mark) && mark.document === document) ||
          (isRepairNote(known) && !known.acknowledged && known.mayLackOwn);
        const note: RepairNote = { fetched: false, mayLackOwn, acknowledged: false };
        if (generation === from) {
          store(DOCUMENTS).put({ generation: to, complete: false } satisfies DocumentRecord, document);
        }
        if (isHead(head)) store(HEADS).put({ number: head.number, sequence: 0 } satisfies Head, document);
        if (isCatchUpPoint(point)) {
          store(STATE).put({ epoch: point.epoch, cursor: 0 } satisfies CatchUpPoint, 'catch-up');
        }
        store(REPAIRS).put(note, document);
        return { kind: 'noted' as const, note };
      });
    } catch (error) {
      return storageFailure(error);
    }
  }

  async repairs(): Promise<ReadonlyMap<DocumentName, RepairNote>> {
    const repairs = await this.#run([REPAIRS], 'readonly', (transaction) =>
      readMap(transaction.objectStore(REPAIRS), isRepairNote),
    );
    return repairs.values;
  }

  /** Without a note: takes it out. */
  putRepair(document: DocumentName, note: RepairNote | undefined): Promise<WriteOutcome> {
    return this.#write([REPAIRS], (store) =>
      note === undefined ? store(REPAIRS).delete(document) : store(REPAIRS).put(note, document),
    );
  }

  /** What is here again needs no note any more; the rest is still to be fetched. */
  acknowledgeRepairs(): Promise<WriteOutcome> {
    return this.#write([REPAIRS], async (store) => {
      for (const [document, note] of (await readMap(store(REPAIRS), isRepairNote)).values) {
        if (note.fetched) store(REPAIRS).delete(document);
        else store(REPAIRS).put({ ...note, acknowledged: true } satisfies RepairNote, document);
      }
    });
  }

  /**
   * After the loss of records, or of the whole database: takes out what is not understood, and has the documents whose databases
   * were found (and their earliest generation) looked after: compared with the server, and looked through for unsent entries.
   * Catch-up begins anew. `account`: the document under which the loss itself is noted.
   */
  recover(found: ReadonlyMap<DocumentName, number>, account: DocumentName): Promise<WriteOutcome> {
    return this.#write([STATE, HEADS, DOCUMENTS, UNSENT, QUARANTINE, REPAIRS], async (store) => {
      store(STATE).delete('catch-up');
      const isKnown = new Map([
        [HEADS, isHead],
        [DOCUMENTS, isDocumentRecord],
        [UNSENT, isUnsentMark],
        [QUARANTINE, isQuarantineRecord],
      ] as [string, (value: unknown) => boolean][]);
      for (const [name, isOurs] of isKnown) {
        const [keys, values] = await Promise.all([
          asPromise(store(name).getAllKeys()),
          asPromise<unknown[]>(store(name).getAll()),
        ]);
        for (const [index, key] of keys.entries()) {
          if (isOurs(values[index])) continue;
          store(name).delete(key);
          if (name !== HEADS && name !== DOCUMENTS) store(REPAIRS).put(LOST_RECORDS, account);
        }
      }
      const known = await readMap(store(DOCUMENTS), isDocumentRecord);
      for (const [document, generation] of found) {
        if (known.values.has(document)) continue;
        store(DOCUMENTS).put({ generation, complete: false } satisfies DocumentRecord, document);
        if (isWritten(document)) {
          store(UNSENT).put({ document, context: RECOVERED } satisfies UnsentMark, [document, RECOVERED]);
        }
        const note: RepairNote = { fetched: false, mayLackOwn: this.created, acknowledged: false };
        store(REPAIRS).put(note, document);
      }
    });
  }

  /** Asks whether there is room, by writing something of some size and taking it away. */
  async probe(): Promise<WriteOutcome> {
    const written = await this.#write([STATE], (store) => store(STATE).put(new Uint8Array(PROBE_BYTES), 'probe'));
    await this.#write([STATE], (store) => store(STATE).delete('probe'));
    return written;
  }

  close(): void {
    this.#closed = true;
    this.#connection.close();
  }

  async #write(
    stores: readonly string[],
    body: (store: (name: string) => IDBObjectStore) => unknown,
  ): Promise<WriteOutcome> {
    try {
      await this.#run(stores, 'readwrite', (transaction) => body((name) => transaction.objectStore(name)));
      return STORED;
    } catch (error) {
      return storageFailure(error);
    }
  }

  async #run<T>(
    stores: readonly string[],
    mode: 'readonly' | 'readwrite',
    body: (transaction: IDBTransaction) => T | Promise<T>,
  ): Promise<T> {
    for (let reopened = 0; ; reopened += 1) {
      const connection = await this.#living();
      try {
        return await connection.transact(stores, mode, body);
      } catch (error) {
        if (!connection.dead || this.#closed || reopened >= MAX_REOPENED) throw error;
      }
    }
  }

  async #living(): Promise<Connection> {
    if (!this.#connection.dead || this.#closed) return this.#connection;
    this.#reopening ??= connect(this.#name).finally(() => {
      this.#reopening = undefined;
    });
    const connection = await this.#reopening;
    if (this.#closed) connection.close();
    if (connection === this.#connection) return connection;
    this.#connection = connection;
    if (connection.created) for (const listener of [...this.#emptied]) listener();
    return connection;
  }
}

/** Stands for the contexts of which nothing is known any more; it is none that lives. */
const RECOVERED = 'recovered';
/** Refused entries, or marks of unsent ones, were lost. */
const LOST_RECORDS: RepairNote = { fetched: true, mayLackOwn: true, acknowledged: false };

/** A database without its stores was made by somebody else and holds nothing of ours. */
async function connect(name: string): Promise<Connection> {
  for (let attempt = 0; ; attempt += 1) {
    const connection = await Connection.open(name, BROUGHT.length, (database, from) => {
      for (const store of BROUGHT.slice(from).flat()) database.createObjectStore(store);
    });
    if (connection.has(BROUGHT.flat()) || attempt > 0) return connection;
    connection.close();
    await asPromise(indexedDB.deleteDatabase(name));
  }
}

async function generationOf(documents: IDBObjectStore, document: DocumentName): Promise<number> {
  const known = await asPromise<unknown>(documents.get(document));
  return isDocumentRecord(known) ? known.generation : 1;
}

async function readMap<T>(
  store: IDBObjectStore,
  isOurs: (value: unknown) => value is T,
): Promise<{ readonly values: ReadonlyMap<DocumentName, T>; readonly isDamaged: boolean }> {
  const [keys, all] = await Promise.all([asPromise(store.getAllKeys()), asPromise<unknown[]>(store.getAll())]);
  const values = new Map<DocumentName, T>();
  for (const [index, key] of keys.entries()) {
    const value = all[index];
    if (isDocumentName(key) && isOurs(value)) values.set(key, value);
  }
  return { values, isDamaged: values.size < keys.length };
}
