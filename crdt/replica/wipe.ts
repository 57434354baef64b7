/**
 * Deletes everything that a person's replica keeps on this device. To be called after the own replica was stopped, and again at the
 * next start when it was interrupted or is unfinished: whoever calls it notes that somewhere else first.
 */
import {
  aliveLock,
  documentDatabaseName,
  metaDatabaseName,
  namespacePrefix,
  tabChannelName,
} from './documents/device.ts';
import { existingDatabases } from './storage/existing-databases.ts';
import { MetaDatabase } from './storage/meta-database.ts';
import { TabChannel } from './tabs/tab-channel.ts';

export type WipeOutcome =
  | { readonly kind: 'wiped' }
  /** These are still in use (by a tab that doesn't answer) or could not be deleted. The browser deletes the former when it can. */
  | { readonly kind: 'unfinished'; readonly databases: readonly string[] };

/** Until the other tabs have stopped; one that the browser has frozen never answers. */
const TABS_MS = 5_000;
/** Between telling them: one that is just starting did not hear the first time. */
const TELL_AGAIN_MS = 500;
/** One deletion; it waits as long as anybody has the database open. */
const DELETION_MS = 5_000;
/** All of them: after this, what is left is left to the next start. */
const WIPE_MS = 60_000;
const DELETIONS_AT_ONCE = 8;

/** Deletes all databases of the namespace; other tabs of it stop first. Never throws; as often as one likes. */
export async function wipeDevice(namespace: string): Promise<WipeOutcome> {
  const tabs = new TabChannel(tabChannelName(namespace));
  const tell = (): void => tabs.post({ kind: 'wipe' });
  tell();
  const telling = setInterval(tell, TELL_AGAIN_MS);
  try {
    return await whenAllStopped(namespace, () => {
      clearInterval(telling);
      return deleteAll(namespace);
    });
  } finally {
    clearInterval(telling);
    tabs.close();
  }
}

/** Runs `body` while no replica of the namespace is open and none can be opened; after a while in any case. */
async function whenAllStopped<T>(namespace: string, body: () => Promise<T>): Promise<T> {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return body();
  let begun = false;
  try {
    return await locks.request(aliveLock(namespace), { signal: AbortSignal.timeout(TABS_MS) }, () => {
      begun = true;
      return body();
    });
  } catch (error) {
    if (begun) throw error;
    return body();
  }
}

async function deleteAll(namespace: string): Promise<WipeOutcome> {
  const meta = metaDatabaseName(namespace);
  const late = AbortSignal.timeout(WIPE_MS);
  const due = new Set(await databasesOf(namespace));
  due.delete(meta);
  const left: string[] = [];
  const queue = due.values();
  const work = async (): Promise<void> => {
    for (const name of queue) if (late.aborted || !(await isDeleted(name))) left.push(name);
  };
  await Promise.all(Array.from({ length: DELETIONS_AT_ONCE }, work));
  // Last, since it knows the others where the browser does not tell them.
  if (left.length > 0 || !(await isDeleted(meta))) left.push(meta);
  return left.length === 0 ? { kind: 'wiped' } : { kind: 'unfinished', databases: left };
}

async function databasesOf(namespace: string): Promise<string[]> {
  const existing = await existingDatabases(namespacePrefix(namespace));
  if (existing !== undefined) return existing;
  try {
    const meta = await MetaDatabase.open(metaDatabaseName(namespace));
    const { documents } = await meta.read();
    meta.close();
    // The next generation may have been begun.
    return [...documents].flatMap(([document, { generation }]) =>
      Array.from({ length: generation + 1 }, (_, index) => documentDatabaseName(namespace, document, index + 1)),
    );
  } catch {
    return [];
  }
}

/** True when the database is gone; a deletion that takes too long goes on by itself. */
function isDeleted(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), DELETION_MS);
    const finish = (deleted: boolean): void => {
      clearTimeout(timer);
      resolve(deleted);
    };
    try {
      const request = indexedDB.deleteDatabase(name);
      request.addEventListener('success', () => finish(true));
      request.addEventListener('error', () => finish(false));
    } catch {
      finish(false);
    }
  });
}
