/**
 * The local copy of one document, in the format of y-indexeddb: one database, updates as rows of the store `updates` under automatic
 * keys, small things in `custom`. The transactions are our own: y-indexeddb has no completion signal, drops errors, writes a row
 * at each opening (which fails on a full disk), and its trim can delete another tab's rows.
 *
 * A database can be retired (see quarantine): from then on it takes no more rows, in no tab. A connection can die (see connection.ts):
 * then every call answers `dead`, nothing was kept, and the database has to be opened anew.
 */
import * as Y from 'yjs';
import { isWriter, type Writer } from '../../model/log/writer.ts';
import { Connection } from './connection.ts';
import { readableRows } from './readable-rows.ts';
import { asPromise, storageFailure, STORED, type StorageFailure } from './transact.ts';

const VERSION = 1;
const UPDATES = 'updates';
const CUSTOM = 'custom';
const RETIRED = 'retired';

/** Why a database was retired: what the server said of the writers named. */
export interface RetireCause {
  readonly code: string;
  readonly writers: readonly Writer[];
}

/** More rows than this are merged into one: loading pays for every row. */
export const TRIM_ROWS = 200;

/** The connection has died; nothing was kept. */
export interface Dead {
  readonly kind: 'dead';
}

/** There is no database of that name. */
export interface Missing {
  readonly kind: 'missing';
}

export type RowOutcome = { readonly kind: 'stored' } | { readonly kind: 'retired' } | Dead | StorageFailure;

export interface LoadedRows {
  readonly kind: 'rows';
  /** As they lie there: updates, unless they are damaged; undefined when the browser can't give the value (its file is lost). */
  readonly rows: readonly unknown[];
  readonly keys: readonly IDBValidKey[];
  readonly retired: RetireCause | undefined;
}

export class DocumentDatabase {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Opens the database, a new one when there is none. */
  static async open(name: string): Promise<DocumentDatabase | StorageFailure> {
    try {
      const connection = await Connection.open(name, VERSION, (fresh) => {
        fresh.createObjectStore(UPDATES, { autoIncrement: true });
        fresh.createObjectStore(CUSTOM);
      });
      return new DocumentDatabase(connection);
    } catch (error) {
      return storageFailure(error);
    }
  }

  /** The database as it is; `missing` when there is none, and then none is made. */
  static async openExisting(name: string): Promise<DocumentDatabase | Missing | StorageFailure> {
    try {
      const connection = await Connection.openExisting(name, VERSION);
      return connection === undefined ? { kind: 'missing' } : new DocumentDatabase(connection);
    } catch (error) {
      return storageFailure(error);
    }
  }

  /** True when there was no database of that name. */
  get created(): boolean {
    return this.#connection.created;
  }

  /** Everything that is stored now, whoever stored it. */
  async load(): Promise<LoadedRows | Dead | StorageFailure> {
    const loaded = await this.#run('readonly', readRows);
    return loaded.kind === 'storage-failed' && loaded.valueLost === true ? this.#loadOneByOne() : loaded;
  }

  /** Adds rows; `stored` means that they are durable, any other outcome that none of them is kept. */
  write(updates: readonly Uint8Array[]): Promise<RowOutcome> {
    return this.#run('readwrite', async (transaction): Promise<RowOutcome> => {
      const retired: unknown = await asPromise(transaction.objectStore(CUSTOM).get(RETIRED));
      if (retired !== undefined) return { kind: 'retired' };
      const store = transaction.objectStore(UPDATES);
      for (const update of updates) store.add(update);
      return STORED;
    });
  }

  /** Merges the rows into one, without erased text; whatever other tabs add meanwhile waits for this transaction and stays. */
  trim(): Promise<RowOutcome> {
    return this.#run('readwrite', async (transaction): Promise<RowOutcome> => {
      const store = transaction.objectStore(UPDATES);
      const [rows, keys] = await Promise.all([asPromise<unknown[]>(store.getAll()), asPromise(store.getAllKeys())]);
      if (keys.length < 2) return STORED;
      // By way of a document, because Yjs' merging of updates keeps erased text.
      const { doc, unreadable } = readableRows(rows);
      // Damage is for who opens the document.
      if (unreadable.length === 0) {
        store.add(Y.encodeStateAsUpdate(doc));
        for (const key of keys) store.delete(key);
      }
      doc.destroy();
      return STORED;
    });
  }

  /** Takes out rows that nobody can read. */
  mend(keys: readonly IDBValidKey[]): Promise<RowOutcome> {
    return this.#run('readwrite', (transaction): RowOutcome => {
      for (const key of keys) transaction.objectStore(UPDATES).delete(key);
      return STORED;
    });
  }

  /** Closes the database to all further rows, then reads what it holds. The first cause stays. */
  async retire(cause: RetireCause): Promise<LoadedRows | Dead | StorageFailure> {
    const retired = await this.#run('readwrite', async (transaction): Promise<RowOutcome> => {
      const custom = transaction.objectStore(CUSTOM);
      const known: unknown = await asPromise(custom.get(RETIRED));
      if (known === undefined) custom.put(cause, RETIRED);
      return STORED;
    });
    return retired.kind === 'dead' || retired.kind === 'storage-full' || retired.kind === 'storage-failed'
      ? retired
      : this.load();
  }

  /** Pending transactions still end; later calls answer `dead`. */
  close(): void {
    this.#connection.close();
  }

  /** Large values lie in files of their own, which can be lost one by one; then the whole reading fails. */
  async #loadOneByOne(): Promise<LoadedRows | Dead | StorageFailure> {
    const all = await this.#run('readonly', readKeys);
    if (all.kind !== 'keys') return all;
    const rows: unknown[] = [];
    for (const key of all.keys) {
      const one = await this.#run('readonly', async (transaction) => ({
        kind: 'row' as const,
        row: await asPromise<unknown>(transaction.objectStore(UPDATES).get(key)),
      }));
      if (one.kind === 'row') rows.push(one.row);
      else if (one.kind === 'storage-failed' && one.valueLost === true) rows.push(undefined);
      else return one;
    }
    return { kind: 'rows', rows, keys: all.keys, retired: all.retired };
  }

  async #run<T>(
    mode: 'readonly' | 'readwrite',
    body: (transaction: IDBTransaction) => T | Promise<T>,
  ): Promise<T | Dead | StorageFailure> {
    try {
      return await this.#connection.transact([UPDATES, CUSTOM], mode, body);
    } catch (error) {
      return this.#connection.dead ? { kind: 'dead' } : storageFailure(error);
    }
  }
}

/** Deletes a database as soon as nobody has it open; fails silently, since it can be done again. */
export function deleteDocumentDatabase(name: string): void {
  indexedDB.deleteDatabase(name);
}

async function readRows(transaction: IDBTransaction): Promise<LoadedRows> {
  const [rows, { keys, retired }] = await Promise.all([
    asPromise<unknown[]>(transaction.objectStore(UPDATES).getAll()),
    readKeys(transaction),
  ]);
  return { kind: 'rows', rows, keys, retired };
}

async function readKeys(transaction: IDBTransaction) {
  const [keys, retired] = await Promise.all([
    asPromise(transaction.objectStore(UPDATES).getAllKeys()),
    asPromise<unknown>(transaction.objectStore(CUSTOM).get(RETIRED)),
  ]);
  return { kind: 'keys' as const, keys, retired: retired === undefined ? undefined : parseCause(retired) };
}

/** A cause that can't be read is one all the same: who retired the database goes on in the next one. */
function parseCause(value: unknown): RetireCause {
  if (typeof value !== 'object' || value === null) return { code: '', writers: [] };
  const code = 'code' in value && typeof value.code === 'string' ? value.code : '';
  const writers = 'writers' in value && Array.isArray(value.writers) ? value.writers.filter(isWriter) : [];
  return { code, writers };
}
