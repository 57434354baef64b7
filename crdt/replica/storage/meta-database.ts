/**
 * What the device knows besides the documents: where catch-up stands, heads, which documents exist here, which may hold unsent
 * entries, what was refused, what had to be repaired. One database per namespace; every change is one strict transaction.
 */
import type { Receipts } from '../../model/chat/receipts.ts';
import type { EntryId } from '../../model/log/entry-id.ts';
import type { ChatId, DocumentName } from '../../model/protocol/document-name.ts';
import { parseTop, type ListTop } from '../chat/list-top.ts';
import type { Connection } from './connection.ts';
import { LivingConnection } from './living-connection.ts';
import {
  isCatchUpPoint,
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
import {
  connectExistingMeta,
  connectMeta,
  DIGESTS,
  DOCUMENTS,
  FACTS,
  generationOf,
  HEADS,
  QUARANTINE,
  READ_FIRST,
  READ_WITH_DOCUMENTS,
  readMap,
  RECEIPTS,
  REPAIRS,
  STATE,
  UNSENT,
} from './meta-stores.ts';
import { RepairNotes } from './repair-notes.ts';
import { asPromise, type WriteOutcome } from './transact.ts';

/** What a start needs before anything can be drawn. */
export interface FirstState {
  readonly clockOffsetMs: number | undefined;
  /** Of the documents that were asked for. */
  readonly heads: ReadonlyMap<DocumentName, Head>;
  readonly unsent: readonly UnsentMark[];
  readonly quarantine: readonly QuarantineRecord[];
  readonly repairs: ReadonlyMap<DocumentName, RepairNote>;
  readonly top: ListTop | undefined;
  /** Something there is not what was written: see `recover`. */
  readonly isDamaged: boolean;
}

/** What the database says of all documents. */
export interface DocumentsState {
  readonly catchUp: CatchUpPoint | undefined;
  readonly told: ToldDeliveries | undefined;
  readonly documents: ReadonlyMap<DocumentName, DocumentRecord>;
  readonly heads: ReadonlyMap<DocumentName, Head>;
  readonly digests: ReadonlyMap<DocumentName, KeptDigest>;
  readonly unsent: readonly UnsentMark[];
  readonly isDamaged: boolean;
}

export type MetaState = FirstState & DocumentsState;

/** Bytes of the row that asks whether there is room again. */
const PROBE_BYTES = 65_536;

export class MetaDatabase {
  /** The database did not exist. */
  readonly created: boolean;
  readonly repairs: RepairNotes;
  readonly #connection: LivingConnection;
  /** As last read. */
  readonly #documents = new Map<DocumentName, DocumentRecord>();

  private constructor(connection: LivingConnection) {
    this.#connection = connection;
    this.created = connection.created;
    this.repairs = new RepairNotes(connection);
  }

  static async open(name: string): Promise<MetaDatabase> {
    return new MetaDatabase(await LivingConnection.open(() => connectMeta(name)));
  }

  /** That of a replica which has been opened on this device, for whoever only reads; rejects when there is none. */
  static async openExisting(name: string): Promise<MetaDatabase> {
    const connect = async (): Promise<Connection> => {
      const connection = await connectExistingMeta(name);
      if (connection === undefined) throw new Error(`there is no ${name}`);
      return connection;
    };
    return new MetaDatabase(await LivingConnection.open(connect));
  }

  /** Closed by who deletes it; it would be opened anew with the next reading or writing. */
  get dead(): boolean {
    return this.#connection.dead;
  }

  /** Called when the database was deleted under this replica and is empty now. */
  onEmptied(listener: () => void): void {
    this.#connection.onEmptied(listener);
  }

  /** With the heads of `names`; those of all others are read with their documents: see `readDocuments`. */
  readFirst(names: readonly DocumentName[]): Promise<FirstState> {
    return this.#connection.run(READ_FIRST, 'readonly', async (transaction) => {
      const state = transaction.objectStore(STATE);
      const headStore = transaction.objectStore(HEADS);
      const [clockOffsetMs, top, unsent, quarantine, repairs, heads] = await Promise.all([
        asPromise<unknown>(state.get('clock-offset')),
        asPromise<unknown>(state.get('list-top')),
        asPromise<unknown[]>(transaction.objectStore(UNSENT).getAll()),
        asPromise<unknown[]>(transaction.objectStore(QUARANTINE).getAll()),
        readMap(transaction.objectStore(REPAIRS), isRepairNote),
        Promise.all(names.map(async (name) => [name, await asPromise<unknown>(headStore.get(name))] as const)),
      ]);
      return {
        clockOffsetMs: isOffset(clockOffsetMs) ? clockOffsetMs : undefined,
        top: parseTop(top),
        heads: new Map(heads.flatMap(([name, head]) => (isHead(head) ? [[name, head] as const] : []))),
        unsent: unsent.filter(isUnsentMark),
        quarantine: quarantine.filter(isQuarantineRecord),
        repairs: repairs.values,
        isDamaged: !unsent.every(isUnsentMark) || !quarantine.every(isQuarantineRecord),
      };
    });
  }

  /** Before any document is opened; from then on their records are remembered. */
  async readDocuments(): Promise<DocumentsState> {
    const found = await this.#connection.run(READ_WITH_DOCUMENTS, 'readonly', (transaction) =>
      Promise.all([
        asPromise<unknown>(transaction.objectStore(STATE).get('catch-up')),
        asPromise<unknown>(transaction.objectStore(STATE).get('told-deliveries')),
        readMap(transaction.objectStore(HEADS), isHead),
        readMap(transaction.objectStore(DOCUMENTS), isDocumentRecord),
        readMap(transaction.objectStore(DIGESTS), isKeptDigest),
        asPromise<unknown[]>(transaction.objectStore(UNSENT).getAll()),
      ]),
    );
    const [catchUp, told, heads, documents, digests, unsent] = found;
    for (const [document, record] of documents.values) this.#documents.set(document, record);
    return {
      catchUp: isCatchUpPoint(catchUp) ? catchUp : undefined,
      told: isToldDeliveries(told) ? told : undefined,
      heads: heads.values,
      documents: documents.values,
      digests: digests.values,
      unsent: unsent.filter(isUnsentMark),
      isDamaged: heads.isDamaged || documents.isDamaged || (catchUp !== undefined && !isCatchUpPoint(catchUp)),
    };
  }

  async read(): Promise<MetaState> {
    const [first, documents] = await Promise.all([this.readFirst([]), this.readDocuments()]);
    return { ...first, ...documents, isDamaged: first.isDamaged || documents.isDamaged };
  }

  /** Without a look into the database, so possibly out of date. */
  rememberedRecord(document: DocumentName): DocumentRecord | undefined {
    return this.#documents.get(document);
  }

  async documentRecord(document: DocumentName): Promise<DocumentRecord | undefined> {
    const record = await this.#connection.run([DOCUMENTS], 'readonly', (transaction) =>
      asPromise<unknown>(transaction.objectStore(DOCUMENTS).get(document)),
    );
    if (!isDocumentRecord(record)) return undefined;
    this.#documents.set(document, record);
    return record;
  }

  /** What is recorded of a document, at one moment. */
  standing(document: DocumentName): Promise<{ readonly record?: DocumentRecord; readonly head?: Head }> {
    return this.#connection.run([DOCUMENTS, HEADS], 'readonly', async (transaction) => {
      const [record, head] = await Promise.all([
        asPromise<unknown>(transaction.objectStore(DOCUMENTS).get(document)),
        asPromise<unknown>(transaction.objectStore(HEADS).get(document)),
      ]);
      return { ...(isDocumentRecord(record) && { record }), ...(isHead(head) && { head }) };
    });
  }

  /** Does nothing when a later generation has begun: the caller has not heard of it yet. */
  putDocumentRecord(document: DocumentName, record: DocumentRecord): Promise<WriteOutcome> {
    return this.#connection.write([DOCUMENTS], async (store) => {
      if ((await generationOf(store(DOCUMENTS), document)) <= record.generation) store(DOCUMENTS).put(record, document);
    });
  }

  putCatchUp(point: CatchUpPoint): Promise<WriteOutcome> {
    return this.#connection.write([STATE], (store) => store(STATE).put(point, 'catch-up'));
  }

  /** Of all documents, as they are now. */
  async documentRecords(): Promise<ReadonlyMap<DocumentName, DocumentRecord>> {
    const { values } = await this.#connection.run([DOCUMENTS], 'readonly', (transaction) =>
      readMap(transaction.objectStore(DOCUMENTS), isDocumentRecord),
    );
    return values;
  }

  /** What is not understood pauses nothing. */
  async historyPaused(): Promise<boolean> {
    const paused = await this.#connection.run([STATE], 'readonly', (transaction) =>
      asPromise<unknown>(transaction.objectStore(STATE).get('history-paused')),
    );
    return paused === true;
  }

  putHistoryPaused(paused: boolean): Promise<WriteOutcome> {
    return this.#connection.write([STATE], (store) => store(STATE).put(paused, 'history-paused'));
  }

  putClockOffset(offsetMs: number): Promise<WriteOutcome> {
    return this.#connection.write([STATE], (store) => store(STATE).put(offsetMs, 'clock-offset'));
  }

  putHeads(heads: Iterable<readonly [DocumentName, Head]>): Promise<WriteOutcome> {
    return this.#connection.write([HEADS], (store) => {
      for (const [document, head] of heads) store(HEADS).put(head, document);
    });
  }

  markUnsent(mark: UnsentMark): Promise<WriteOutcome> {
    return this.#connection.write([UNSENT], (store) => store(UNSENT).put(mark, [mark.document, mark.context]));
  }

  unmarkUnsent(marks: readonly UnsentMark[]): Promise<WriteOutcome> {
    return this.#connection.write([UNSENT], (store) => {
      for (const mark of marks) store(UNSENT).delete([mark.document, mark.context]);
    });
  }

  async unsentMarks(): Promise<UnsentMark[]> {
    const marks = await this.#connection.run([UNSENT], 'readonly', (transaction) =>
      asPromise<unknown[]>(transaction.objectStore(UNSENT).getAll()),
    );
    return marks.filter(isUnsentMark);
  }

  async quarantineRecords(): Promise<QuarantineRecord[]> {
    const records = await this.#connection.run([QUARANTINE], 'readonly', (transaction) =>
      asPromise<unknown[]>(transaction.objectStore(QUARANTINE).getAll()),
    );
    return records.filter(isQuarantineRecord);
  }

  /**
   * Begins a document's next database and keeps what was refused, in one transaction. Does nothing when the generation is not
   * `from` any more: another tab was first. Records that exist already stay as they are.
   */
  beginGeneration(document: DocumentName, from: number, records: readonly QuarantineRecord[]): Promise<WriteOutcome> {
    return this.#connection.write([DOCUMENTS, QUARANTINE], async (store) => {
      if ((await generationOf(store(DOCUMENTS), document)) !== from) return;
      const present = new Set(await asPromise(store(QUARANTINE).getAllKeys()));
      store(DOCUMENTS).put({ generation: from + 1, complete: false } satisfies DocumentRecord, document);
      for (const record of records) if (!present.has(record.id)) store(QUARANTINE).put(record, record.id);
    });
  }

  /** Keeps entries that were found in a database that is given up. Records that exist already stay as they are. */
  addQuarantine(records: readonly QuarantineRecord[]): Promise<WriteOutcome> {
    return this.#connection.write([QUARANTINE], async (store) => {
      const present = new Set(await asPromise(store(QUARANTINE).getAllKeys()));
      for (const record of records) if (!present.has(record.id)) store(QUARANTINE).put(record, record.id);
    });
  }

  /** Does nothing when the record has been dropped meanwhile: what a person has discarded stays so. */
  changeQuarantine(record: QuarantineRecord): Promise<WriteOutcome> {
    return this.#connection.write([QUARANTINE], async (store) => {
      const known = await asPromise(store(QUARANTINE).getKey(record.id));
      if (known !== undefined) store(QUARANTINE).put(record, record.id);
    });
  }

  dropQuarantine(id: EntryId): Promise<WriteOutcome> {
    return this.#connection.write([QUARANTINE], (store) => store(QUARANTINE).delete(id));
  }

  /** Without a digest: takes it out. `top`: the top of the list that is made from them, as it is kept. */
  putDigests(digests: Iterable<readonly [DocumentName, KeptDigest | undefined]>, top?: string): Promise<WriteOutcome> {
    return this.#connection.write([DIGESTS, STATE], (store) => {
      for (const [document, digest] of digests) {
        if (digest === undefined) store(DIGESTS).delete(document);
        else store(DIGESTS).put(digest, document);
      }
      if (top !== undefined) store(STATE).put(top, 'list-top');
    });
  }

  putTold(told: ToldDeliveries): Promise<WriteOutcome> {
    return this.#connection.write([STATE], (store) => store(STATE).put(told, 'told-deliveries'));
  }

  async factsOf(document: DocumentName): Promise<KeptFacts | undefined> {
    return (await this.allFactsOf([document]))[0];
  }

  /** In one transaction: each takes a slow phone some milliseconds. */
  async allFactsOf(documents: readonly DocumentName[]): Promise<readonly (KeptFacts | undefined)[]> {
    const found = await this.#connection.run([FACTS], 'readonly', (transaction) =>
      Promise.all(documents.map((document) => asPromise<unknown>(transaction.objectStore(FACTS).get(document)))),
    );
    return found.map((facts) => (isKeptFacts(facts) ? facts : undefined));
  }

  putFacts(document: DocumentName, facts: KeptFacts): Promise<WriteOutcome> {
    return this.#connection.write([FACTS], (store) => store(FACTS).put(facts, document));
  }

  async receiptsOf(chat: ChatId): Promise<Receipts | undefined> {
    const receipts = await this.#connection.run([RECEIPTS], 'readonly', (transaction) =>
      asPromise<unknown>(transaction.objectStore(RECEIPTS).get(chat)),
    );
    return isReceipts(receipts) ? receipts : undefined;
  }

  putReceipts(chat: ChatId, receipts: Receipts): Promise<WriteOutcome> {
    return this.#connection.write([RECEIPTS], (store) => store(RECEIPTS).put(receipts, chat));
  }

  /** Asks whether there is room, by writing something of some size and taking it away. */
  async probe(): Promise<WriteOutcome> {
    const written = await this.#connection.write([STATE], (store) =>
      store(STATE).put(new Uint8Array(PROBE_BYTES), 'probe'),
    );
    await this.#connection.write([STATE], (store) => store(STATE).delete('probe'));
    return written;
  }

  close(): void {
    this.#connection.close();
  }
}
