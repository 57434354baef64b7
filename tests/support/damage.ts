/** Damage to a device's databases, as a failing disk, a browser or a person in its developer tools may do it. */
import type { DocumentName } from '../../crdt/model/protocol/document-name.ts';
import { documentDatabaseName, metaDatabaseName } from '../../crdt/replica/documents/device.ts';

export interface Row {
  readonly key: IDBValidKey;
  readonly value: unknown;
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('request failed')));
  });

async function withStore<T>(database: string, store: string, body: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const open = await settled(indexedDB.open(database));
  try {
    const transaction = open.transaction(store, 'readwrite');
    const complete = new Promise((resolve) => transaction.addEventListener('complete', resolve));
    const result = await body(transaction.objectStore(store));
    await complete;
    return result;
  } finally {
    open.close();
  }
}

/** What is done with a row: another value, or `undefined` to take it out. */
export type ChangeRow = (row: Row, index: number, all: readonly Row[]) => unknown;

async function changeAll(database: string, name: string, change: ChangeRow): Promise<void> {
  await withStore(database, name, async (store) => {
    const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled<unknown[]>(store.getAll())]);
    const rows = keys.map((key, index) => ({ key, value: values[index] }));
    for (const [index, row] of rows.entries()) {
      const value = change(row, index, rows);
      if (value === undefined) store.delete(row.key);
      else if (store.autoIncrement || store.keyPath === null) store.put(value, row.key);
    }
  });
}

/** Changes the rows of a document's local copy. */
export const changeRows = (
  namespace: string,
  document: DocumentName,
  change: ChangeRow,
  generation = 1,
): Promise<void> => changeAll(documentDatabaseName(namespace, document, generation), 'updates', change);

/** Changes the records of a store of the meta database. */
export const changeRecords = (namespace: string, store: string, change: ChangeRow): Promise<void> =>
  changeAll(metaDatabaseName(namespace), store, change);

export const deleteDatabase = async (name: string): Promise<void> =>
  void (await settled(indexedDB.deleteDatabase(name)));

/** Opens the database in a version that no program of ours knows. */
export async function raiseVersion(name: string): Promise<void> {
  (await settled(indexedDB.open(name, 99))).close();
}

/** Takes the database's stores away. */
export async function emptyOfStores(name: string, version: number): Promise<void> {
  await deleteDatabase(name);
  (await settled(indexedDB.open(name, version))).close();
}

export const truncated = (value: unknown): unknown => (value instanceof Uint8Array ? value.slice(0, -5) : value);
export const garbage = (value: unknown): unknown =>
  value instanceof Uint8Array ? value.map((byte, index) => (byte * 31 + index * 7 + 3) % 256) : value;
export const zeroed = (value: unknown): unknown => (value instanceof Uint8Array ? new Uint8Array(value.length) : value);
export const noBytes = (): unknown => ({ not: 'bytes' });
