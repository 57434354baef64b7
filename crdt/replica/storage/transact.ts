/** IndexedDB transactions whose outcome is a value: only a transaction that has completed proves that its bytes are kept. */

import { follow, wasTakenBack, whenShownAgain } from './page-life.ts';

/** Why a write kept nothing. */
export type StorageFailure =
  | { readonly kind: 'storage-full' }
  | {
      readonly kind: 'storage-failed';
      readonly detail: string;
      /** It will not pass by itself: the database is of another version, or lacks what every database of its kind has. */
      readonly lasting?: true;
      /** A value can't be read any more, because the file that it lies in is lost; others can. */
      readonly valueLost?: true;
    };

export type WriteOutcome = { readonly kind: 'stored' } | StorageFailure;

const LASTING: readonly string[] = ['VersionError', 'NotFoundError'];
/** "Data lost due to missing file", in Chromium and Firefox. */
const VALUE_LOST: readonly string[] = ['NotReadableError', 'DataError'];

export const STORED: WriteOutcome = { kind: 'stored' };

/** Tells a full disk or used-up quota from everything else. */
export function storageFailure(error: unknown): StorageFailure {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return { kind: 'storage-full' };
  const detail = `${name} ${error instanceof Error ? error.message : String(error)}`.trim();
  if (LASTING.includes(name)) return { kind: 'storage-failed', detail, lasting: true };
  if (VALUE_LOST.includes(name)) return { kind: 'storage-failed', detail, valueLost: true };
  return { kind: 'storage-failed', detail };
}

export const asPromise = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('request failed')));
  });

/**
 * Runs `body` in one transaction and resolves with its result when the transaction is complete; rejects with the reason when it was
 * aborted, and then nothing of it is kept. `body` may only await requests of this transaction. Readwrite transactions are strict.
 */
export async function transact<T>(
  database: IDBDatabase,
  stores: readonly string[],
  mode: 'readonly' | 'readwrite',
  body: (transaction: IDBTransaction) => T | Promise<T>,
): Promise<T> {
  const away = whenShownAgain();
  if (away !== undefined) await away;
  const transaction = database.transaction([...stores], mode, {
    durability: mode === 'readwrite' ? 'strict' : 'default',
  });
  follow(transaction);
  const complete = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('transaction aborted')));
  });
  const result = (async () => body(transaction))().catch((error: unknown) => {
    // A part of it must not be kept.
    abort(transaction);
    throw error;
  });
  const [ended, value] = await Promise.allSettled([complete, result]);
  if (ended.status === 'rejected' && wasTakenBack(transaction)) return transact(database, stores, mode, body);
  // When a request fails the transaction aborts, and its own reason (the quota) says more than the request's.
  if (ended.status === 'rejected')
    throw transaction.error ?? (value.status === 'rejected' ? value.reason : ended.reason);
  if (value.status === 'rejected') throw value.reason;
  return value.value;
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has been aborted already.
  }
}
