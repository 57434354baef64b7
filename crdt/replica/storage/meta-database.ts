/**
 * What the device knows besides the documents: where catch-up stands, heads, which documents exist here, which may hold unsent
 * entries, what was refused, what had to be repaired. One database per namespace; every change is one strict transaction.
 */
import type { Receipts } from '../../model/chat/receipts.ts';
import type { EntryId } from '../../model/log/entry-id.ts';
import type { ChatId, DocumentName } from '../../model/protocol/document-name.ts';
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
  connectMeta,
  DIGESTS,
  DOCUMENTS,
  FACTS,
  generationOf,
  HEADS,
  QUARANTINE,
  READ_FIRST,
  readMap,
  RECEIPTS,
  REPAIRS,
  STATE,
  UNSENT,
} from './meta-stores.ts';
import { RepairNotes } from './repair-notes.ts';
import { asPromise, type WriteOutcome } from './transact.ts';

/** Everything small that a start needs before anything can be drawn. */
export interface FirstState {
  readonly catchUp: CatchUpPoint | undefined;
  readonly clockOffsetMs: number | undefined;
  readonly heads: ReadonlyMap<DocumentName, Head>;
  readonly unsent: readonly UnsentMark[];
  readonly quarantine: readonly QuarantineRecord[];
  readonly digests: ReadonlyMap<DocumentName, KeptDigest>;
  readonly told: ToldDeliveries | undefined;
  readonly repairs: ReadonlyMap<DocumentName, RepairNote>;
  /** Something there is not what was written: see `recover`. */
  readonly isDamaged: boolean;
}

export interface MetaState extends FirstState {
  readonly documents: ReadonlyMap<DocumentName, DocumentRecord>;
}

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

  /** Closed by who deletes it; it would be opened anew with the next reading or writing. */
  get dead(): boolean {
    return this.#connection.dead;
  }

  /** Called when the database was deleted under this replica and is empty now. */
  onEmptied(listener: () => void): void {
    this.#connection.onEmptied(listener);
  }

  /** What the database says of documents is read by itself: see `readDocuments`. */
  readFirst(): Promise<FirstState> {
    return this.#connection.run(READ_FIRST, 'readonly', async (transaction) => {
      const state = transaction.objectStore(STATE);
      const [catchUp, clockOffsetMs, told, heads, unsent, quarantine, digests, repairs] = await Promise.all([
        asPromise<unknown>(state.get('catch-up')),
        asPromise<unknown>(state.get('clock-offset')),
        asPromise<unknown>(state.get('told-deliveries')),
        readMap(transaction.objectStore(HEADS), isHead),
        asPromise<unknown[]>(transaction.objectStore(UNSENT).getAll()),
        asPromise<unknown[]>(transaction.objectStore(QUARANTINE).getAll()),
        readMap(transaction.objectStore(DIGESTS), isKeptDigest),
        readMap(transaction.objectStore(REPAIRS), isRepairNote),
      ]);
      return {
        catchUp: isCatchUpPoint(catchUp) ? catchUp : undefined,
        clockOffsetMs: isOffset(clockOffsetMs) ? clockOffsetMs : undefined,
        told: isToldDeliveries(told) ? told : undefined,
        heads: heads.values,
        unsent: unsent.filter(isUnsentMark),
        quarantine: quarantine.filter(isQuarantineRecord),
        digests: digests.values,
        repairs: repairs.values,
        isDamaged:
          heads.isDamaged ||
          (catchUp !== undefined && !isCatchUpPoint(catchUp)) ||
          !unsent.every(isUnsentMark) ||
          !quarantine.every(isQuarantineRecord),
      };
    });
  }

  /** Before any document is opened; from then on their records are remembered. */
  async readDocuments(): Promise<Pick<MetaState, 'documents' | 'isDamaged'>> {
    const { values, isDamaged } = await this.#connection.run([DOCUMENTS], 'readonly', (transaction) =>
      readMap(transaction.objectStore(DOCUMENTS), isDocumentRecord),
    );
    for (const [document, record] of values) this.#documents.set(document, record);
    return { documents: values, isDamaged };
  }

  async read(): Promise<MetaState> {
    const [first, { documents, isDamaged }] = await Promise.all([this.readFirst(), this.readDocuments()]);
    return { ...first, documents, isDamaged: first.isDamaged || isDamaged };
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

  /** Does nothing when a later generation has begun: the caller has not heard of it yet. */
  putDocumentRecord(document: DocumentName, record: DocumentRecord): Promise<WriteOutcome> {
    return this.#connection.write([DOCUMENTS], async (store) => {
      if ((await generationOf(store(DOCUMENTS), document)) <= record.generation) store(DOCUMENTS).put(record, document);
    });
  }

  putCatchUp(point: CatchUpPoint): Promise<WriteOutcome> {
    return this.#connection.write([STATE], (store) => store(STATE).put(point, 'catch-up'));
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

  /** Without a digest: takes it out. */
  putDigests(digests: Iterable<readonly [DocumentName, KeptDigest | undefined]>): Promise<WriteOutcome> {
    return this.#connection.write([DIGESTS], (store) => {
      for (const [document, digest] of digests) {
        if (digest === undefined) store(DIGESTS).delete(document);
        else store(DIGESTS).put(digest, document);
      }
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
