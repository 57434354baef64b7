/**
 * One document on this device: a Y.Doc and its local copy. The two never disagree in the wrong direction: own entries are durable
 * before the Y.Doc, and with it timeline, tabs and network, sees them; what comes from the network is shown at once and stored in
 * order, and it is known when it could not be stored.
 */
import * as Y from 'yjs';
import { ArrivalReader } from '../../model/chat/arrivals.ts';
import { encodeAppend, logRoot, type Tuple } from '../../model/log/append.ts';
import { entryId } from '../../model/log/entry-id.ts';
import { nextClock, readLog, writersOf } from '../../model/log/read-log.ts';
import { isStamp, isUnsure, type Stamp } from '../../model/log/stamp.ts';
import { accountOf, type Writer } from '../../model/log/writer.ts';
import { parseDocumentName, type DocumentName } from '../../model/protocol/document-name.ts';
import { finishQuarantine } from '../quarantine/quarantine.ts';
import { DocumentDatabase, TRIM_ROWS, type LoadedRows } from '../storage/document-database.ts';
import { storageFailure, STORED, type StorageFailure, type WriteOutcome } from '../storage/transact.ts';
import { alone } from '../tabs/election.ts';
import type { TabMessage } from '../tabs/tab-channel.ts';
import { AppendQueue, fitting, type DurableOutcome, type QueuedEntry } from './append-queue.ts';
import { documentDatabaseName, trimLock, type Device } from './device.ts';
import { OwnWriter } from './own-writer.ts';

/** A document that stays open for days is trimmed at more rows: what is in memory costs nothing to open. */
const TRIM_ROWS_OPEN = 5 * TRIM_ROWS;

/** `changed`: entries, arrivals or erasures came. `replaced`: the document is another one now, read it anew. */
export type DocumentEvent = 'changed' | 'replaced';

/** `transaction` is that of the change, when there is one. */
export type DocumentListener = (event: DocumentEvent, transaction: Y.Transaction | undefined) => void;

export class LocalDocument {
  readonly name: DocumentName;
  /** True for documents that people write: chats and `me`. */
  readonly written: boolean;
  readonly #device: Device;
  readonly #writer: OwnWriter;
  readonly #queue: AppendQueue;
  readonly #listeners = new Set<DocumentListener>();
  readonly #disposes: (() => void)[] = [];
  #doc = new Y.Doc();
  #arrivals: ArrivalReader;
  #database: DocumentDatabase | undefined;
  #generation = 1;
  #complete = false;
  #rows = 0;
  #erased = false;
  #waiting = 0;
  #marked = false;
  #lastStamp: Stamp | undefined;
  /** An own entry with an unsure stamp may be waiting. */
  #mayFollowUnsure = true;
  /** What came from elsewhere and is not stored yet. */
  #unstored: Uint8Array[] = [];
  /** A write of it failed; the whole state has to be written when there is room. */
  #behind = false;
  #storing: Promise<void> | undefined;
  #opening: Promise<DocumentDatabase | StorageFailure> | undefined;
  #replacing: Promise<WriteOutcome> | undefined;
  #applyingStored = false;
  #observed = false;
  /** What other tabs told while the local copy was being read: it may have been read before that was stored. */
  readonly #early: TabMessage[] = [];
  #closed = false;
  /** Set by the network: updates with this origin are not sent there again. */
  networkOrigin: unknown = undefined;

  private constructor(device: Device, name: DocumentName) {
    this.name = name;
    this.#device = device;
    const kind = parseDocumentName(name)?.kind;
    this.written = kind === 'chat' || kind === 'me';
    this.#writer = new OwnWriter(device.account, device.random32);
    this.#queue = new AppendQueue((batch) => this.#append(batch));
    this.#arrivals = new ArrivalReader(this.#doc);
  }

  /** Opens the local copy. On a disk that gives nothing the document starts empty and is in the storage view. */
  static async open(device: Device, name: DocumentName): Promise<LocalDocument> {
    const document = new LocalDocument(device, name);
    // Before reading: what another tab makes durable later is announced later.
    document.#disposes.push(device.tabs.listen((message) => document.#hear(message)));
    document.#disposes.push(device.health.onRoom(() => document.#store()));
    await document.#read();
    return document;
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  /** Up to date with the document. */
  get arrivals(): ArrivalReader {
    this.#arrivals.read();
    return this.#arrivals;
  }

  get generation(): number {
    return this.#generation;
  }

  /** In step with the server at least once, in this generation. */
  get complete(): boolean {
    return this.#complete;
  }

  /** False while the local copy could not be opened: then the document lacks what lies in it. */
  get readable(): boolean {
    return this.#database !== undefined;
  }

  /** Own entries that have not arrived. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Own writers with entries that have not arrived, and from which clock. */
  waitingRuns(): { readonly writer: Writer; readonly from: number; readonly to: number }[] {
    const own = this.ownClocks();
    if (own.length > 0) this.#arrivals.read();
    return own.flatMap(({ writer, next }) => {
      const from = this.#arrivals.reached(writer);
      return next > from ? [{ writer, from, to: next }] : [];
    });
  }

  /** This account's writers in the document and their next clocks. */
  ownClocks(): { readonly writer: Writer; readonly next: number }[] {
    if (!this.written) return [];
    return writersOf(this.#doc).flatMap((writer) =>
      accountOf(writer) === this.#device.account ? [{ writer, next: nextClock(this.#doc, writer) }] : [],
    );
  }

  subscribe(listener: DocumentListener): () => void {
    const own: DocumentListener = (event, transaction) => listener(event, transaction);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Resolves when the entry is durable and in the document, or when nothing was kept. `seen`: the latest stamp on screen. */
  append(tuple: (stamp: Stamp) => Tuple, seen?: Stamp): Promise<DurableOutcome> {
    if (this.#closed) return Promise.resolve({ kind: 'storage-failed', detail: 'closed' });
    const isLater = seen !== undefined && (this.#lastStamp === undefined || seen > this.#lastStamp);
    if (isLater && this.#device.clock.follows(seen)) this.#lastStamp = seen;
    return this.#queue.add(tuple);
  }

  /** Resolves when all that has come so far is stored: true, or false when the disk didn't take it. */
  async stored(): Promise<boolean> {
    while (this.#storing !== undefined) await this.#storing;
    return !this.#behind && this.#unstored.length === 0;
  }

  /** The document is in step with the server, and that is stored. */
  async markComplete(): Promise<void> {
    if (this.#complete || !(await this.stored())) return;
    this.#complete = true;
    await this.#device.meta.putDocumentRecord(this.name, { generation: this.#generation, complete: true });
    this.#tell('changed');
  }

  /** The document's database has been retired (see quarantine): resolves when it goes on in the next one. */
  async goOver(): Promise<void> {
    await this.#replace();
  }

  /** Waits for what is on its way to the disk, then closes. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.settled();
    await this.stored();
    await this.#replacing;
    for (const dispose of this.#disposes) dispose();
    this.#listeners.clear();
    if (this.#rows > TRIM_ROWS || this.#erased) await this.#trim();
    this.#database?.close();
    this.#doc.destroy();
  }

  /** Reads the local copy, then looks out for changes: Yjs would encode all that is read once more for whoever listens. */
  async #read(): Promise<void> {
    const database = await this.#ready();
    if (!(database instanceof DocumentDatabase)) this.#device.health.failed(database);
    this.#observe();
    for (const message of this.#early.splice(0)) this.#hear(message);
  }

  /** The database, opened and read when it was not. */
  async #ready(): Promise<DocumentDatabase | StorageFailure> {
    if (this.#database !== undefined) return this.#database;
    this.#opening ??= this.#openDatabase()
      .catch((error: unknown) => storageFailure(error))
      .finally(() => {
        this.#opening = undefined;
      });
    return this.#opening;
  }

  async #openDatabase(): Promise<DocumentDatabase | StorageFailure> {
    const { meta, namespace } = this.#device;
    for (;;) {
      // Asked and opened at once: what is remembered of the generation is hardly ever out of date.
      const generation = meta.rememberedRecord(this.name)?.generation ?? 1;
      const [record, opened] = await Promise.all([
        meta.documentRecord(this.name),
        openAndLoad(documentDatabaseName(namespace, this.name, generation)),
      ]);
      if (opened.kind !== 'opened') return opened;
      const { database, loaded } = opened;
      if ((record?.generation ?? 1) !== generation) {
        database.close();
        continue;
      }
      if (record === undefined) {
        const outcome = await meta.putDocumentRecord(this.name, { generation, complete: false });
        if (outcome.kind !== 'stored') {
          database.close();
          return outcome;
        }
      }
      if (loaded.retired !== undefined) {
        // A quarantine that was begun and not finished.
        database.close();
        const outcome = await finishQuarantine(this.#device, this.name, generation, loaded.retired, loaded.updates);
        if (outcome.kind !== 'stored') return outcome;
        continue;
      }
      this.#database = database;
      this.#generation = generation;
      this.#complete = record?.complete ?? false;
      this.#rows = loaded.updates.length;
      this.#applyStored(loaded.updates);
      this.#count();
      if (this.#rows > TRIM_ROWS) void this.#trim();
      return database;
    }
  }

  async #append(batch: readonly QueuedEntry[]): Promise<void> {
    const database = await this.#ready();
    const fail = (failure: StorageFailure): void => {
      this.#device.health.failed(failure);
      for (const { resolve } of batch) resolve(failure);
    };
    if (!(database instanceof DocumentDatabase)) return fail(database);
    if (!this.#marked) {
      const outcome = await this.#device.meta.markUnsent({ document: this.name, context: this.#device.context });
      if (outcome.kind !== 'stored') return fail(outcome);
      this.#marked = true;
    }
    let last = this.#lastStamp;
    const unsure = this.#followsUnsure();
    const tuples = batch.map(({ tuple }) => tuple((last = this.#device.clock.stamp(last, unsure))));
    const count = fitting(tuples);
    const { writer, clock } = this.#writer.place(this.#doc);
    const update = encodeAppend(logRoot(writer), writer, clock, tuples.slice(0, count));
    const outcome = await database.write([update]);
    // Closed under this write, when the document has gone over meanwhile.
    if (outcome.kind === 'retired' || (outcome.kind !== 'stored' && database !== this.#database)) {
      const over = await this.#replace();
      return over.kind === 'stored' ? this.#append(batch) : fail(over);
    }
    if (outcome.kind !== 'stored') return fail(outcome);

    this.#device.health.worked();
    const written = tuples[count - 1]?.[1];
    if (isStamp(written)) {
      this.#lastStamp = written;
      this.#mayFollowUnsure ||= isUnsure(written);
    }
    this.#rows += 1;
    this.#writer.advance(count);
    this.#applyStored([update]);
    this.#device.tabs.post({ kind: 'append', document: this.name, generation: this.#generation, update });
    for (const [index, { resolve }] of batch.slice(0, count).entries()) {
      resolve({ kind: 'waiting', id: entryId(writer, clock + index) });
    }
    if (count < batch.length) await this.#append(batch.slice(count));
  }

  /**
   * True while an own entry waits that was written before the server's time was known. It will sort by its arrival, which is yet to
   * come; so what is written after it does, too, or an edit could lose against the one before it.
   */
  #followsUnsure(): boolean {
    this.#mayFollowUnsure &&= this.waitingRuns().some(({ writer, from, to }) => {
      for (const { tuple } of readLog(this.#doc, writer, from, to)) {
        if (isStamp(tuple?.[1]) && isUnsure(tuple[1])) return true;
      }
      return false;
    });
    return this.#mayFollowUnsure;
  }

  #hear(message: TabMessage): void {
    if (
      (message.kind !== 'append' && message.kind !== 'stored' && message.kind !== 'generation') ||
      message.document !== this.name
    )
      return;
    if (message.kind === 'generation') return void this.#replace();
    if (!this.#observed) return void this.#early.push(message);
    if (message.generation !== this.#generation) return;
    // Own entries of another tab may be sent by this tab, too: that one's line may be dead. What came from the server needn't be.
    this.#applyStored([message.update], message.kind === 'stored' ? this.networkOrigin : undefined);
  }

  /** Takes over updates that are durable already. */
  #applyStored(updates: readonly Uint8Array[], origin?: unknown): void {
    this.#applyingStored = true;
    try {
      const apply = (): void => {
        for (const update of updates) Y.applyUpdate(this.#doc, update, origin ?? this);
      };
      this.#doc.transact(apply, origin ?? this);
    } finally {
      this.#applyingStored = false;
    }
  }

  #observe(): void {
    this.#observed = true;
    this.#doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.deleteSet.clients.size > 0) this.#erased = true;
      if (!this.#applyingStored) {
        this.#unstored.push(update);
        this.#store();
      }
      this.#count();
      this.#tell('changed', transaction);
    });
  }

  /** Reads new arrivals and counts what has not arrived. */
  #count(): void {
    if (!this.written) return;
    const waiting = this.waitingRuns().reduce((sum, run) => sum + run.to - run.from, 0);
    const before = this.#waiting;
    this.#waiting = waiting;
    // Not compared with `before`: another tab may have told a number that was out of date.
    if (waiting !== this.#device.waiting.of(this.name)) this.#device.waiting.set(this.name, waiting);
    const mark = { document: this.name, context: this.#device.context };
    if (waiting === 0 && this.#marked && this.#queue.idle) {
      this.#marked = false;
      void this.#device.meta.unmarkUnsent([mark]);
    } else if (waiting > before && !this.#marked && !this.#applyingStored) {
      // Arrivals of a lost history are void: what they had acknowledged waits again.
      this.#marked = true;
      void this.#device.meta.markUnsent(mark);
    }
  }

  #store(): void {
    if (this.#storing !== undefined || (this.#unstored.length === 0 && !this.#behind)) return;
    this.#storing = this.#storeAll().finally(() => {
      this.#storing = undefined;
    });
  }

  async #storeAll(): Promise<void> {
    // What arrives in the same turn shares the transaction.
    await Promise.resolve();
    do {
      const database = await this.#ready();
      const fresh = this.#unstored;
      this.#unstored = [];
      if (!(database instanceof DocumentDatabase)) return this.#fellBehind(database);
      const update = this.#behind
        ? Y.encodeStateAsUpdate(this.#doc)
        : fresh.length === 1
          ? fresh[0]
          : Y.mergeUpdates(fresh);
      if (update === undefined) return;
      const generation = this.#generation;
      const outcome = await database.write([update]);
      if (outcome.kind === 'retired') return void (await this.#replace());
      // What the document that was left had not kept comes again from the server.
      if (database !== this.#database) return;
      if (outcome.kind !== 'stored') return this.#fellBehind(outcome);
      this.#rows += 1;
      if (this.#rows > TRIM_ROWS_OPEN) void this.#trim();
      this.#behind = false;
      this.#device.health.worked();
      const number = this.arrivals.head;
      this.#device.heads.advance(this.name, number);
      this.#device.tabs.post({ kind: 'stored', document: this.name, generation, update, number });
    } while (this.#unstored.length > 0);
  }

  #fellBehind(failure: StorageFailure): void {
    this.#behind = true;
    this.#unstored = [];
    this.#device.health.failed(failure);
  }

  /** Goes over to the document's next database; a failure when it can't be known which that is. */
  #replace(): Promise<WriteOutcome> {
    this.#replacing ??= this.#openNext()
      .then(
        () => STORED,
        (error: unknown) => {
          const failure = storageFailure(error);
          this.#device.health.failed(failure);
          return failure;
        },
      )
      .finally(() => {
        this.#replacing = undefined;
      });
    return this.#replacing;
  }

  async #openNext(): Promise<void> {
    const { generation } = (await this.#device.meta.documentRecord(this.name)) ?? { generation: 1 };
    if (this.#closed && this.#queue.idle) return;
    if (this.#database !== undefined && generation === this.#generation) {
      // Retired, but the step to the next database was not made (a crash): opening makes it.
      const loaded = await this.#database.load();
      if (loaded.kind === 'rows' && loaded.retired === undefined) return;
    }
    this.#database?.close();
    this.#database = undefined;
    this.#doc.destroy();
    this.#doc = new Y.Doc();
    this.#mayFollowUnsure = true;
    this.#arrivals = new ArrivalReader(this.#doc);
    this.#writer.leave();
    this.#unstored = [];
    this.#behind = false;
    this.networkOrigin = undefined;
    this.#observed = false;
    await this.#read();
    this.#tell('replaced');
  }

  /** Many rows cost time at opening, and erased text is to go. */
  async #trim(): Promise<void> {
    const database = this.#database;
    if (database === undefined || this.#rows < 2) return;
    this.#rows = 1;
    this.#erased = false;
    await alone(trimLock(this.#device.namespace, this.name), () => database.trim());
  }

  #tell(event: DocumentEvent, transaction?: Y.Transaction): void {
    for (const listener of [...this.#listeners]) listener(event, transaction);
  }
}

type Opened =
  | { readonly kind: 'opened'; readonly database: DocumentDatabase; readonly loaded: LoadedRows }
  | StorageFailure;

async function openAndLoad(name: string): Promise<Opened> {
  const database = await DocumentDatabase.open(name);
  if (!(database instanceof DocumentDatabase)) return database;
  const loaded = await database.load();
  if (loaded.kind === 'rows') return { kind: 'opened', database, loaded };
  database.close();
  return loaded;
}
