/** The stores of the meta database, and how their records are read: what is not understood counts as absent. */
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { Connection } from './connection.ts';
import { isDocumentName, isDocumentRecord } from './meta-records.ts';
import { asPromise } from './transact.ts';

export const STATE = 'state';
export const HEADS = 'heads';
export const DOCUMENTS = 'documents';
export const UNSENT = 'unsent';
export const QUARANTINE = 'quarantine';
export const DIGESTS = 'digests';
export const RECEIPTS = 'receipts';
export const REPAIRS = 'repairs';
export const FACTS = 'facts';
/** Before anything can be drawn. */
export const READ_FIRST = [STATE, HEADS, UNSENT, QUARANTINE, REPAIRS];
/** Before any document is opened; receipts are read when their chat is. */
export const READ_WITH_DOCUMENTS = [STATE, HEADS, DOCUMENTS, DIGESTS, UNSENT];

/** The stores that each version has brought, from the first. Versions only add: an earlier one's data stays as it is. */
const BROUGHT: readonly (readonly string[])[] = [
  [STATE, HEADS, DOCUMENTS, UNSENT, QUARANTINE],
  [DIGESTS, RECEIPTS],
  [REPAIRS],
  [FACTS],
];

/** A database without its stores was made by somebody else and holds nothing of ours. */
export async function connectMeta(name: string): Promise<Connection> {
  for (let attempt = 0; ; attempt += 1) {
    const connection = await Connection.open(name, BROUGHT.length, (database, from) => {
      for (const store of BROUGHT.slice(from).flat()) database.createObjectStore(store);
    });
    if (connection.has(BROUGHT.flat()) || attempt > 0) return connection;
    connection.close();
    await asPromise(indexedDB.deleteDatabase(name));
  }
}

/** The database of a replica as it is; undefined when there is none, and then none is made. */
export async function connectExistingMeta(name: string): Promise<Connection | undefined> {
  let isMissing = false;
  try {
    return await Connection.open(name, BROUGHT.length, (database, from, transaction) => {
      isMissing = from === 0;
      if (isMissing) return transaction.abort();
      for (const store of BROUGHT.slice(from).flat()) database.createObjectStore(store);
    });
  } catch (error) {
    if (isMissing) return undefined;
    throw error;
  }
}

export async function generationOf(documents: IDBObjectStore, document: DocumentName): Promise<number> {
  const known = await asPromise<unknown>(documents.get(document));
  return isDocumentRecord(known) ? known.generation : 1;
}

export async function readMap<T>(
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
