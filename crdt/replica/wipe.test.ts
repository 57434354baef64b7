import { expect, test } from 'vitest';
import { CHAT, CHAT_DOCUMENT, offlineDevices, written } from '../../tests/support/offline-replica.ts';
import { documentDatabaseName, metaDatabaseName } from './documents/device.ts';
import { DocumentDatabase } from './storage/document-database.ts';
import { existingDatabases } from './storage/existing-databases.ts';
import { MetaDatabase } from './storage/meta-database.ts';
import { wipeDevice } from './wipe.ts';

const openDevice = offlineDevices();

const textOf = (text: string) => ({ kind: 'message', text }) as const;

test('[RP50] a wipe deletes every database of the namespace, known to it or not, and no other', async () => {
  const [mine, other] = [await openDevice('wiped'), await openDevice('wiped-too')];
  await (await mine.openChat(CHAT)).append(textOf('mine'));
  await (await other.openChat(CHAT)).append(textOf('of another account'));
  const unknown = await DocumentDatabase.open(documentDatabaseName('wiped', CHAT_DOCUMENT, 7));
  if (unknown instanceof DocumentDatabase) unknown.close();
  await mine.stop();
  expect(await wipeDevice('wiped')).toEqual({ kind: 'wiped' });
  expect(await existingDatabases('wiped/')).toEqual([]);
  await other.stop();
  expect(written(await (await openDevice('wiped-too')).openChat(CHAT))).toEqual(['of another account']);
  // A new beginning, not an error.
  const again = await openDevice('wiped');
  expect(written(await again.openChat(CHAT))).toEqual([]);
  expect(again.waiting.get()).toBe(0);
});

test('[RP50] other tabs stop before anything is deleted, and bring nothing back', async () => {
  const tabs = [await openDevice('many-tabs'), await openDevice('many-tabs')];
  const views = await Promise.all(tabs.map((tab) => tab.openChat(CHAT)));
  await Promise.all(views.map((view) => view.append(textOf('before'))));
  await tabs[0]?.stop();
  expect(await wipeDevice('many-tabs')).toEqual({ kind: 'wiped' });
  expect(await views[1]?.append(textOf('too late'))).toMatchObject({ kind: 'storage-failed' });
  expect(await existingDatabases('many-tabs/')).toEqual([]);
});

test('[RP50] a replica that is opened during a wipe begins after it', async () => {
  const first = await openDevice('opened-meanwhile');
  await (await first.openChat(CHAT)).append(textOf('before'));
  await first.stop();
  const [outcome, second] = await Promise.all([wipeDevice('opened-meanwhile'), openDevice('opened-meanwhile')]);
  expect(outcome).toEqual({ kind: 'wiped' });
  expect(second.freshCopy).toBe(true);
  expect(written(await second.openChat(CHAT))).toEqual([]);
});

test('[RP50] where the browser does not tell its databases, those that the replica knows of are deleted', async () => {
  const device = await openDevice('untold');
  await (await device.openChat(CHAT)).append(textOf('before'));
  await device.stop();
  const next = await DocumentDatabase.open(documentDatabaseName('untold', CHAT_DOCUMENT, 2));
  if (next instanceof DocumentDatabase) next.close();
  const real = indexedDB.databases;
  Object.assign(indexedDB, { databases: undefined });
  try {
    expect(await wipeDevice('untold')).toEqual({ kind: 'wiped' });
  } finally {
    Object.assign(indexedDB, { databases: real });
  }
  expect(await existingDatabases('untold/')).toEqual([]);
});

test('[RP50] what is in use beyond the bound is told, and a second wipe finishes', { timeout: 30_000 }, async () => {
  const device = await openDevice('in-use');
  await (await device.openChat(CHAT)).append(textOf('before'));
  await device.stop();
  const name = documentDatabaseName('in-use', CHAT_DOCUMENT, 1);
  const held = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(name);
    request.addEventListener('success', () => resolve(request.result));
  });
  const outcome = await wipeDevice('in-use');
  expect(outcome).toMatchObject({ kind: 'unfinished' });
  // What it needs to find the rest again is kept.
  expect(outcome.kind === 'unfinished' && outcome.databases.toSorted()).toEqual(
    [name, metaDatabaseName('in-use')].toSorted(),
  );
  const meta = await MetaDatabase.open(metaDatabaseName('in-use'));
  expect((await meta.read()).documents.has(CHAT_DOCUMENT)).toBe(true);
  meta.close();
  held.close();
  expect(await wipeDevice('in-use')).toEqual({ kind: 'wiped' });
});
