/**
 * The local copy of one document, in the format of y-indexeddb: one database, updates as rows of the store `updates` under automatic
 * keys, small things in `custom`. The transactions are our own: y-indexeddb has no completion signal, drops errors, writes a row
 * at each opening (which fails on a full disk), and its trim can delete another tab's rows.
 *
 * A database can be retired (see quarantine): from then on it takes no more rows, in no tab.
 */
import { openDB, unwrap } from 'idb';
import * as Y from 'yjs';
import type { Writer } from '../../model/log/writer.ts';
import { asPromise, storageFailure, STORED, transact, type StorageFailure } from './transact.ts';

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

export type RowOutcome = { readonly kind: 'stored' } | { readonly kind: 'retired' } | StorageFailure;

export interface LoadedRows {
  readonly kind: 'rows';
  readonly updates: readonly Uint8Array[];
  readonly retired: RetireCause | undefined;
}

export class DocumentDatabase {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  static async open(name: string): Promise<DocumentDatabase | StorageFailure> {
    try {
      const database = await openDB(name, 1, {
        upgrade(fresh) {
          fresh.createObjectStore(UPDATES, { autoIncrement: true });
          fresh.createObjectStore(CUSTOM);
        },
        // Another tab deletes a retired database: let it.
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      });
      return new DocumentDatabase(unwrap(database));
    } catch (error) {
      return storageFailure(error);
    }
  }

  /** Everything that is stored now, whoever stored it. */
  async load(): Promise<LoadedRows | StorageFailure> {
    try {
      return await transact(this.#database, [UPDATES, CUSTOM], 'readonly', readRows);
    } catch (error) {
      return storageFailure(error);
    }
  }

  /** Adds rows; `stored` means that they are durable, any other outcome that none of them is kept. */
  async write(updates: readonly Uint8Array[]): Promise<RowOutcome> {
    try {
      return await transact(
        this.#database,
        [UPDATES, CUSTOM],
        'readwrite',
        async (transaction): Promise<RowOutcome> => {
          const retired: unknown = await asPromise(transaction.objectStore(CUSTOM).get(RETIRED));
          if (retired !== undefined) return { kind: 'retired' };
          const store = transaction.objectStore(UPDATES);
          for (const update of updates) store.add(update);
          return { kind: 'stored' };
        },
      );
    } catch (error) {
      return storageFailure(error);
    }
  }

  /** Merges the rows into one, without erased text; whatever other tabs add meanwhile waits for this transaction and stays. */
  async trim(): Promise<RowOutcome> {
    try {
      return await transact(this.#database, [UPDATES], 'readwrite', async (transaction) => {
        const store = transaction.objectStore(UPDATES);
        const [updates, keys] = await Promise.all([asPromise(store.getAll()), asPromise(store.getAllKeys())]);
        if (keys.length < 2) return STORED;
        store.add(mergeRows(updates as Uint8Array[]));
        for (const key of keys) store.delete(key);
        return STORED;
      });
    } catch (error) {
      return storageFailure(error);
    }
  }

  /** Closes the database to all further rows and reads what it holds, in one transaction. The first cause stays. */
  async retire(cause: RetireCause): Promise<LoadedRows | StorageFailure> {
    try {
      return await transact(this.#database, [UPDATES, CUSTOM], 'readwrite', async (transaction) => {
        const custom = transaction.objectStore(CUSTOM);
        const known: unknown = await asPromise(custom.get(RETIRED));
        if (known === undefined) custom.put(cause, RETIRED);
        return readRows(transaction);
      });
    } catch (error) {
      return storageFailure(error);
    }
  }

  /** Pending transactions still end; later calls fail. */
  close(): void {
    this.#database.close();
  }
}

/** Deletes a database as soon as nobody has it open; fails silently, since it can be done again. */
export function deleteDocumentDatabase(name: string): void {
  indexedDB.deleteDatabase(name);
}

async function readRows(transaction: IDBTransaction): Promise<LoadedRows> {
  const [updates, retired] = await Promise.all([
    asPromise(transaction.objectStore(UPDATES).getAll()),
    asPromise<RetireCause | undefined>(transaction.objectStore(CUSTOM).get(RETIRED)),
  ]);
  return { kind: 'rows', updates: updates as Uint8Array[], retired };
}

/** By way of a document, because Yjs' merging of updates keeps erased text. */
function mergeRows(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  const merged = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return merged;
}
