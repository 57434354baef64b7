/**
 * One document on this device: a Y.Doc and its local copy. The two never disagree in the wrong direction: own entries are durable
 * before the Y.Doc, and with it timeline, tabs and network, sees them; what comes from the network is shown at once and stored in
 * order, and it is known when it could not be stored.
 */
import * as Y from 'yjs';
import type { ArrivalReader } from '../../model/chat/arrivals.ts';
import { encodeAppend, logRoot, type ClockRange, type Tuple } from '../../model/log/append.ts';
import { entryId } from '../../model/log/entry-id.ts';
import { isStamp, isUnsure, type Stamp } from '../../model/log/stamp.ts';
import type { Writer } from '../../model/log/writer.ts';
import { isWritten, parseDocumentName, type DocumentName } from '../../model/protocol/document-name.ts';
import { BEHIND_HOLES, keepLost, quarantine } from '../quarantine/quarantine.ts';
import { DocumentDatabase, TRIM_ROWS } from '../storage/document-database.ts';
import { hasHoles } from '../storage/readable-rows.ts';
import { storageFailure, STORED, type StorageFailure, type WriteOutcome } from '../storage/transact.ts';
import { alone } from '../tabs/election.ts';
import type { TabMessage } from '../tabs/tab-channel.ts';
import { AppendQueue, fitting, type DurableOutcome, type QueuedEntry } from './append-queue.ts';
import { trimLock, type Device } from './device.ts';
import { IncomingRows, type IncomingOutcome } from './incoming-rows.ts';
import { openCopy } from './open-copy.ts';
import { OwnEntries } from './own-entries.ts';
import { OwnWriter } from './own-writer.ts';

/** A document that stays open for days is trimmed at more rows: what is in memory costs nothing to open. */
const TRIM_ROWS_OPEN = 5 * TRIM_ROWS;
/** Connections that die one after the other under one write; then the disk doesn't take it. */
const MAX_REOPENED = 3;

/** `changed`: entries, arrivals or erasures came. `replaced`: the document is another one now, read it anew. */
export type DocumentEvent = 'changed' | 'replaced';

/** `transaction` is that of the change, when there is one. */
export type DocumentListener = (event: DocumentEvent, transaction: Y.Transaction | undefined) => void;

type Written =
  /** `over`: and then the document went over to another database. */
  | { readonly kind: 'stored'; readonly generation: number; readonly over: boolean }
  /** The document has gone over, or has to; nothing was kept. */
  | { readonly kind: 'left' }
  | StorageFailure;

export class LocalDocument {
  readonly name: DocumentName;
  readonly #device: Device;
  readonly #writer: OwnWriter;
  readonly #queue: AppendQueue;
  readonly #incoming: IncomingRows;
  readonly #own: OwnEntries;
  readonly #listeners = new Set<DocumentListener>();
  readonly #disposes: (() => void)[] = [];
  #doc = new Y.Doc();
  #database: DocumentDatabase | undefined;
  /** Undefined until a local copy was read. */
  #generation: number | undefined;
  #complete = false;
  #rows = 0;
  #erased = false;
  #lastStamp: Stamp | undefined;
  #opening: Promise<DocumentDatabase | StorageFailure | undefined> | undefined;
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
    this.#writer = new OwnWriter(device.account, device.random32);
    this.#queue = new AppendQueue((batch) => this.#append(batch));
    this.#incoming = new IncomingRows((updates) => this.#storeIncoming(updates));
    this.#own = new OwnEntries(device, name, this.written, this.#doc, {
      isWriting: () => !this.#queue.idle,
      stored: () => this.stored(),
    });
  }

  /** Opens the local copy. On a disk that gives nothing the document starts empty and is in the storage view. */
  static async open(device: Device, name: DocumentName): Promise<LocalDocument> {
    const document = new LocalDocument(device, name);
    // Before reading: what another tab makes durable later is announced later.
    document.#disposes.push(device.tabs.listen((message) => document.#hear(message)));
    document.#disposes.push(device.health.onRoom(() => document.#incoming.store()));
    await document.#read();
    return document;
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  /** True for documents that people write: chats and `me`. */
  get written(): boolean {
    return isWritten(this.name);
  }

  /** Up to date with the document. */
  get arrivals(): ArrivalReader {
    return this.#own.arrivals;
  }

  get generation(): number {
    return this.#generation ?? 1;
  }

  /** In step with the server at least once, in this generation, and nothing was lost since. */
  get complete(): boolean {
    return this.#complete;
  }

  /** False while the local copy could not be opened: then the document lacks what lies in it. */
  get readable(): boolean {
    return this.#generation !== undefined;
  }

  /** Own entries that have not arrived. */
  get waiting(): number {
    return this.#own.waiting;
  }

  /** Own writers with entries that have not arrived, and from which clock. */
  waitingRuns(): readonly ClockRange[] {
    return this.#own.waitingRuns();
  }

  /** This account's writers in the document and their next clocks. */
  ownClocks(): readonly { readonly writer: Writer; readonly next: number }[] {
    return this.#own.clocks();
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
  stored(): Promise<boolean> {
    return this.#incoming.settled();
  }

  /** The document is in step with the server, and that is stored. */
  async markComplete(): Promise<void> {
    const { repairs, meta } = this.#device;
    // Damage that another tab, or an earlier run, has noted is over only when that is noted, too.
    if ((this.#complete && !repairs.isDue(this.name)) || !(await this.stored())) return;
    if (hasHoles(this.#doc)) return this.#takeOutWhatIsBehindHoles();
    this.#complete = true;
    await meta.putDocumentRecord(this.name, { generation: this.generation, complete: true });
    await repairs.fetched(this.name);
    this.#tell('changed');
  }

  /** The document's database has been retired (see quarantine): resolves when it goes on in the next one. */
  async goOver(): Promise<void> {
    await this.#replace();
  }

  /** The records of this device were lost: says again what they said of this document. */
  async recordAgain(): Promise<void> {
    const { generation } = this;
    await this.#device.meta.putDocumentRecord(this.name, { generation, complete: this.#complete });
    this.#own.markAgain();
  }

  /** Waits for what is on its way to the disk, then closes. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.settled();
    await this.stored();
    await this.#replacing;
    await this.#own.settled();
    for (const dispose of this.#disposes) dispose();
    this.#listeners.clear();
    if (this.#rows > TRIM_ROWS || this.#erased) await this.#trim();
    this.#database?.close();
    this.#doc.destroy();
  }

  /** Reads the local copy, then looks out for changes: Yjs would encode all that is read once more for whoever listens. */
  async #read(): Promise<void> {
    const database = await this.#ready();
    if (database !== undefined && !(database instanceof DocumentDatabase)) this.#device.health.failed(database);
    this.#observe();
    for (const message of this.#early.splice(0)) this.#hear(message);
  }

  /** The database, opened and read when it was not; undefined when the document has to go over to another generation. */
  async #ready(): Promise<DocumentDatabase | StorageFailure | undefined> {
    if (this.#database !== undefined) return this.#database;
    this.#opening ??= this.#open()
      .catch((error: unknown) => storageFailure(error))
      .finally(() => {
        this.#opening = undefined;
      });
    return this.#opening;
  }

  async #open(): Promise<DocumentDatabase | StorageFailure | undefined> {
    const held = this.#observed ? { doc: this.#doc, generation: this.#generation } : undefined;
    const copy = await openCopy(this.#device, this.name, held);
    if (copy.kind === 'moved-on') return undefined;
    if (copy.kind !== 'opened') return copy;
    this.#database = copy.database;
    this.#generation = copy.generation;
    this.#complete = copy.complete;
    this.#rows = copy.rows;
    if (held === undefined) {
      this.#doc.destroy();
      this.#doc = copy.doc;
      this.#own.follow(copy.doc);
    } else {
      this.#applyStored([Y.encodeStateAsUpdate(copy.doc, Y.encodeStateVector(this.#doc))]);
      copy.doc.destroy();
    }
    if (copy.behind) this.#incoming.fallBehind();
    this.#own.count(this.#applyingStored);
    if (this.#rows > TRIM_ROWS) void this.#trim();
    return copy.database;
  }

  /** Writes rows, with the whole state while the copy lacks some of it; through another connection when the present one has died. */
  async #write(rows: readonly Uint8Array[]): Promise<Written> {
    for (let reopened = 0; ; reopened += 1) {
      const database = await this.#ready();
      if (database === undefined) return { kind: 'left' };
      if (!(database instanceof DocumentDatabase)) return database;
      const { generation } = this;
      const whole = this.#incoming.behind ? [Y.encodeStateAsUpdate(this.#doc)] : [];
      const outcome = await database.write([...whole, ...rows]);
      if (outcome.kind === 'retired') return { kind: 'left' };
      if (outcome.kind === 'stored') {
        const over = database !== this.#database;
        this.#rows += 1;
        if (!over && whole.length > 0) {
          this.#incoming.caughtUp();
          this.#tellStored(generation, whole);
        }
        return { kind: 'stored', generation, over };
      }
      // Closed under this write, when the document has gone over meanwhile.
      if (database !== this.#database) return { kind: 'left' };
      if (outcome.kind !== 'dead') return outcome;
      if (reopened >= MAX_REOPENED || this.#closed) return { kind: 'storage-failed', detail: 'connections die' };
      this.#database = undefined;
    }
  }

  async #append(batch: readonly QueuedEntry[]): Promise<void> {
    const fail = (failure: StorageFailure): void => {
      this.#device.health.failed(failure);
      for (const { resolve } of batch) resolve(failure);
    };
    const database = await this.#ready();
    if (database !== undefined && !(database instanceof DocumentDatabase)) return fail(database);
    const marked = await this.#own.mark();
    if (marked.kind !== 'stored') return fail(marked);
    let last = this.#lastStamp;
    let waiting = this.#own.lastWithoutPlace();
    const tuples = batch.map(({ tuple }) => {
      last = this.#device.clock.stamp(last, waiting);
      if (waiting !== undefined) waiting = last;
      return tuple(last);
    });
    const count = fitting(tuples);
    const { writer, clock } = this.#writer.place(this.#doc);
    const update = encodeAppend(logRoot(writer), writer, clock, tuples.slice(0, count));
    const outcome = await this.#write([update]);
    if (outcome.kind === 'left') {
      const over = await this.#replace();
      return over.kind === 'stored' ? this.#append(batch) : fail(over);
    }
    if (outcome.kind !== 'stored') return fail(outcome);

    this.#device.health.worked();
    const written = tuples[count - 1]?.[1];
    if (isStamp(written)) {
      // In a chat an unsure one sorts by its arrival; what follows that is after what is on the screen.
      if (!isUnsure(written) || parseDocumentName(this.name)?.kind === 'me') this.#lastStamp = written;
      this.#own.wrote(written);
    }
    this.#writer.advance(count);
    this.#applyStored([update]);
    this.#device.tabs.post({ kind: 'append', document: this.name, generation: outcome.generation, update });
    for (const [index, { resolve }] of batch.slice(0, count).entries()) {
      resolve({ kind: 'waiting', id: entryId(writer, clock + index) });
    }
    if (count < batch.length) await this.#append(batch.slice(count));
  }

  async #storeIncoming(updates: readonly Uint8Array[]): Promise<IncomingOutcome> {
    const outcome = await this.#write(updates.length > 1 ? [Y.mergeUpdates([...updates])] : updates);
    if (outcome.kind === 'left') {
      await this.#replace();
      return 'left';
    }
    if (outcome.kind !== 'stored') {
      this.#device.health.failed(outcome);
      return 'failed';
    }
    // What the document that was left had not kept comes again from the server.
    if (outcome.over) return 'left';
    if (this.#rows > TRIM_ROWS_OPEN) void this.#trim();
    this.#device.health.worked();
    this.#tellStored(outcome.generation, updates);
    return 'stored';
  }

  /** What came from elsewhere is durable now. */
  #tellStored(generation: number, updates: readonly Uint8Array[]): void {
    const number = this.arrivals.head;
    if (updates.length > 0) this.#device.heads.advance(this.name, number);
    for (const update of updates) {
      this.#device.tabs.post({ kind: 'stored', document: this.name, generation, update, number });
    }
  }

  #hear(message: TabMessage): void {
    switch (message.kind) {
      case 'generation':
        if (message.document === this.name) void this.#replace();
        return;
      case 'append':
      case 'stored':
        if (message.document !== this.name) return;
        if (!this.#observed) return void this.#early.push(message);
        if (message.generation !== this.generation) return;
        if (message.kind === 'append') this.#own.wrote(undefined);
        // Own entries of another tab may be sent by this tab, too: that one's line may be dead. What came from the server needn't be.
        return this.#applyStored([message.update], message.kind === 'stored' ? this.networkOrigin : undefined);
      case 'mended':
        if (message.document !== this.name || message.generation !== this.generation) return;
        this.#incoming.fallBehind();
        return this.#incoming.store();
      case 'waiting':
      case 'repairs':
      case 'quarantine':
      case 'clock':
      case 'history':
      case 'history-asked':
      case 'history-paused':
      case 'wipe':
        return;
    }
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
      if (!this.#applyingStored) this.#incoming.add(update);
      this.#own.count(this.#applyingStored);
      this.#tell('changed', transaction);
    });
  }

  /** Goes over to the document's next database; a failure when it can't be known which that is. */
  #replace(): Promise<WriteOutcome> {
    this.#replacing ??= this.#openNext()
      .catch((error: unknown) => storageFailure(error))
      .then((outcome) => {
        if (outcome.kind !== 'stored') this.#device.health.failed(outcome);
        return outcome;
      })
      .finally(() => {
        this.#replacing = undefined;
      });
    return this.#replacing;
  }

  async #openNext(): Promise<WriteOutcome> {
    const { generation } = (await this.#device.meta.documentRecord(this.name)) ?? { generation: 1 };
    const loaded = await this.#database?.load();
    if (loaded?.kind === 'rows') {
      // Else, if it is the present one: retired, but the step to the next database was not made (a crash); opening makes it.
      if (generation === this.#generation && loaded.retired === undefined) return STORED;
      const kept = await keepLost(
        this.#device,
        this.name,
        this.generation,
        [...this.#own.waitingEntries()],
        loaded.rows,
      );
      if (kept.kind !== 'stored') return kept;
    }
    if (this.#closed && this.#queue.idle) return STORED;
    this.#database?.close();
    this.#database = undefined;
    this.#generation = undefined;
    this.#doc.destroy();
    this.#doc = new Y.Doc();
    this.#own.follow(this.#doc);
    this.#writer.leave();
    this.#incoming.forget();
    this.networkOrigin = undefined;
    this.#observed = false;
    await this.#read();
    this.#tell('replaced');
    return STORED;
  }

  /** Entries before them were lost and the server has not got them either, so nobody could ever take these: they go out as new ones. */
  async #takeOutWhatIsBehindHoles(): Promise<void> {
    const outcome = await quarantine(this.#device, this.name, this.generation, BEHIND_HOLES);
    if (outcome.kind === 'stored') await this.goOver();
    else this.#device.health.failed(outcome);
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
