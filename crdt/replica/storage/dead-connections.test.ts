import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHAT, CHAT_DOCUMENT, holds, offlineDevices, texts } from '../../../tests/support/offline-replica.ts';
import { deleteDatabase, raiseVersion } from '../../../tests/support/damage.ts';
import { draftKey } from '../../model/me/me-entries.ts';
import { documentDatabaseName, metaDatabaseName, tabChannelName } from '../documents/device.ts';
import { existingDatabases } from './existing-databases.ts';
import { wipeDevice } from '../wipe.ts';
import { DocumentDatabase } from './document-database.ts';
import { TabChannel } from '../tabs/tab-channel.ts';

const openDevice = offlineDevices();
const textOf = (text: string) => ({ kind: 'message', text }) as const;

/** All connections of this test. */
const connections: IDBDatabase[] = [];
const realOpen = indexedDB.open;
const realTransaction = IDBDatabase.prototype.transaction;

beforeEach(() => {
  connections.length = 0;
  indexedDB.open = (name: string, version?: number) => {
    const request = realOpen.call(indexedDB, name, version);
    request.addEventListener('success', () => connections.push(request.result));
    return request;
  };
});
afterEach(() => {
  indexedDB.open = realOpen;
  IDBDatabase.prototype.transaction = realTransaction;
});

/** The browser closes the connections to a database, as in the background on a phone; nobody is told. */
const closeConnections = (name: string): void => {
  for (const connection of connections) if (connection.name === name) connection.close();
};

/** The browser closes the connection under the next transaction that writes into a database: it is aborted. */
function closeUnderNextWrite(name: string): void {
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores, mode, options) {
    const transaction = realTransaction.call(this, stores, mode, options);
    if (this.name === name && mode === 'readwrite') {
      IDBDatabase.prototype.transaction = realTransaction;
      // As a browser says it: with a reason of its own, and the transaction without one.
      Object.defineProperty(transaction, 'error', { get: () => new DOMException('closed', 'AbortError') });
      transaction.abort();
      this.close();
    }
    return transaction;
  };
}

test('[RP39] when connections are closed under a running replica, what is written next is kept', async () => {
  const replica = await openDevice('closed');
  const chat = await replica.openChat(CHAT);
  await chat.append(textOf('before'));
  for (const name of [documentDatabaseName('closed', CHAT_DOCUMENT, 1), metaDatabaseName('closed')]) {
    closeConnections(name);
  }
  expect(await chat.append(textOf('after'))).toMatchObject({ kind: 'waiting' });
  expect(replica.storage.get()).toEqual({ kind: 'ok' });
  await replica.stop();
  const again = await openDevice('closed');
  expect(texts(await again.openChat(CHAT))).toEqual(['before', 'after']);
  expect(again.waiting.get()).toBe(2);
  expect(again.repairs.get()).toEqual({ kind: 'none' });
});

test('[RP39] a connection that is closed in the middle of a write is opened anew, and the entry is kept once', async () => {
  const replica = await openDevice('aborted');
  const chat = await replica.openChat(CHAT);
  await chat.append(textOf('before'));
  closeUnderNextWrite(documentDatabaseName('aborted', CHAT_DOCUMENT, 1));
  expect(await chat.append(textOf('after'))).toMatchObject({ kind: 'waiting' });
  closeUnderNextWrite(metaDatabaseName('aborted'));
  expect(await replica.setMine(draftKey(CHAT), 'draft')).toMatchObject({ kind: 'waiting' });
  expect(texts(chat)).toEqual(['before', 'after']);
  await replica.stop();
  const again = await openDevice('aborted');
  expect(texts(await again.openChat(CHAT))).toEqual(['before', 'after']);
  expect(again.me.facts.get().get(draftKey(CHAT))).toBe('draft');
});

test('[RP39] when a database is deleted under its document, the next write keeps all that is in memory', async () => {
  const replica = await openDevice('deleted');
  const chat = await replica.openChat(CHAT);
  await chat.append(textOf('before'));
  await deleteDatabase(documentDatabaseName('deleted', CHAT_DOCUMENT, 1));
  expect(await chat.append(textOf('after'))).toMatchObject({ kind: 'waiting' });
  await replica.stop();
  const again = await openDevice('deleted');
  expect(texts(await again.openChat(CHAT))).toEqual(['before', 'after']);
  expect(again.repairs.get()).toEqual({ kind: 'none' });
});

test('[RP38] [RP39] when all data is cleared under a replica, what it has in memory is kept with the next write', async () => {
  const replica = await openDevice('cleared');
  const chat = await replica.openChat(CHAT);
  await chat.append(textOf('before'));
  for (const { name } of await indexedDB.databases()) {
    if (name?.startsWith('cleared/') === true) await deleteDatabase(name);
  }
  expect(await chat.append(textOf('after'))).toMatchObject({ kind: 'waiting' });
  expect(await replica.setMine(draftKey(CHAT), 'draft')).toMatchObject({ kind: 'waiting' });
  await replica.stop();
  const again = await openDevice('cleared');
  expect(again.freshCopy).toBe(false);
  await holds(again.waiting, (waiting) => waiting === 3);
  expect(texts(await again.openChat(CHAT))).toEqual(['before', 'after']);
});

test('[RP39] where every connection dies at once, the entry is refused and nothing of it is shown', async () => {
  const replica = await openDevice('dying');
  const chat = await replica.openChat(CHAT);
  await chat.append(textOf('before'));
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores, mode, options) {
    if (this.name.startsWith('dying/')) this.close();
    return realTransaction.call(this, stores, mode, options);
  };
  expect(await chat.append(textOf('refused'))).toMatchObject({ kind: 'storage-failed' });
  expect(replica.storage.get()).toMatchObject({ kind: 'failed' });
  expect(texts(chat)).toEqual(['before']);
  IDBDatabase.prototype.transaction = realTransaction;
  expect(await chat.append(textOf('after'))).toMatchObject({ kind: 'waiting' });
  expect(texts(chat)).toEqual(['before', 'after']);
});

test('[RP37] [RP39] where only the connections of one document die, it goes on in another database with all that it had', async () => {
  const replica = await openDevice('one-dying');
  const chat = await replica.openChat(CHAT);
  await chat.append(textOf('before'));
  const name = documentDatabaseName('one-dying', CHAT_DOCUMENT, 1);
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores, mode, options) {
    if (this.name === name) this.close();
    return realTransaction.call(this, stores, mode, options);
  };
  expect(await chat.append(textOf('after'))).toMatchObject({ kind: 'waiting' });
  await replica.stop();
  expect(texts(await (await openDevice('one-dying')).openChat(CHAT))).toEqual(['before', 'after']);
});

test('[RP35] a value whose file is lost is told from the others, which stay readable', async () => {
  const replica = await openDevice('file-lost');
  const chat = await replica.openChat(CHAT);
  for (const text of ['one', 'two', 'three']) await chat.append(textOf(text));
  await replica.stop();
  const { getAll, get } = IDBObjectStore.prototype;
  const lost = new DOMException('Data lost due to missing file', 'NotReadableError');
  const isRows = (store: IDBObjectStore): boolean =>
    store.name === 'updates' && store.transaction.db.name === documentDatabaseName('file-lost', CHAT_DOCUMENT, 1);
  IDBObjectStore.prototype.getAll = function (this: IDBObjectStore, ...all) {
    if (isRows(this)) throw lost;
    return getAll.apply(this, all);
  };
  IDBObjectStore.prototype.get = function (this: IDBObjectStore, key) {
    if (isRows(this) && key === 3) throw lost;
    return get.call(this, key);
  };
  try {
    const again = await openDevice('file-lost');
    expect(texts(await again.openChat(CHAT))).toEqual(['one', 'two']);
    expect(again.repairs.get()).toMatchObject({ kind: 'repairing', documents: 1, mayLackOwn: true });
    await again.stop();
  } finally {
    Object.assign(IDBObjectStore.prototype, { getAll, get });
  }
  // The row is out, so the others are read at once from now on.
  const later = await openDevice('file-lost');
  expect(texts(await later.openChat(CHAT))).toEqual(['one', 'two']);
});

test('[RP37] a database that gives an error that stays is left for the next one, and looked into again before it is deleted', async () => {
  const replica = await openDevice('unknown');
  const chat = await replica.openChat(CHAT);
  await chat.append(textOf('in the first database'));
  await replica.stop();
  const name = documentDatabaseName('unknown', CHAT_DOCUMENT, 1);
  const { getAll } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.getAll = function (this: IDBObjectStore, ...all) {
    if (this.transaction.db.name === name) throw new DOMException('the disk says no', 'UnknownError');
    return getAll.apply(this, all);
  };
  try {
    const again = await openDevice('unknown');
    const view = await again.openChat(CHAT);
    expect(again.repairs.get()).toMatchObject({ kind: 'repairing', mayLackOwn: true });
    expect(await view.append(textOf('in the next one'))).toMatchObject({ kind: 'waiting' });
    expect(texts(view)).toEqual(['in the next one']);
    await again.stop();
  } finally {
    IDBObjectStore.prototype.getAll = getAll;
  }
  expect(texts(await (await openDevice('unknown')).openChat(CHAT))).toEqual(['in the next one']);
});

test('[RP39] [RP63] a tab of an earlier version neither keeps a later one waiting nor loses anything: what is not kept is refused', async () => {
  const replica = await openDevice('later-version');
  const chat = await replica.openChat(CHAT);
  await chat.append(textOf('before'));
  // It waits for no tab.
  await raiseVersion(metaDatabaseName('later-version'));
  expect(await chat.append(textOf('marked already'))).toMatchObject({ kind: 'waiting' });
  expect(await replica.setMine(draftKey(CHAT), 'draft')).toMatchObject({ kind: 'storage-failed' });
  expect(replica.storage.get()).toMatchObject({ kind: 'failed' });
  const tabs = new TabChannel(tabChannelName('later-version'));
  for (const kind of ['quarantine', 'repairs'] as const) tabs.post({ kind });
  replica.acknowledgeRepairs();
  await chat.markRead(1);
  chat.close();
  const again = await replica.openChat(CHAT);
  expect(texts(again)).toEqual(['before', 'marked already']);
  await replica.stop();
  tabs.close();
  const database = await DocumentDatabase.open(documentDatabaseName('later-version', CHAT_DOCUMENT, 1));
  if (!(database instanceof DocumentDatabase)) throw new Error(database.kind);
  const loaded = await database.load();
  database.close();
  expect(loaded.kind === 'rows' && loaded.rows).toHaveLength(2);
});

test('[RP50] a replica that could not be opened holds nothing: it can be wiped, and opened again', async () => {
  const first = await openDevice('not-opened');
  await (await first.openChat(CHAT)).append(textOf('kept'));
  await first.stop();
  const broken = (stores: string | Iterable<string>): boolean => Array.from(stores).includes('heads');
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores, mode, options) {
    if (broken(stores)) throw new DOMException('the disk gives nothing', 'UnknownError');
    return realTransaction.call(this, stores, mode, options);
  };
  await expect(openDevice('not-opened')).rejects.toThrow('the disk gives nothing');
  IDBDatabase.prototype.transaction = realTransaction;
  const held = (await navigator.locks.query()).held?.map(({ name }) => name);
  expect(held?.filter((name) => name?.startsWith('not-opened/'))).toEqual([]);
  const again = await openDevice('not-opened');
  expect(texts(await again.openChat(CHAT))).toEqual(['kept']);
  await again.stop();
  expect(await wipeDevice('not-opened')).toEqual({ kind: 'wiped' });
  expect(await existingDatabases('not-opened/')).toEqual([]);
});
