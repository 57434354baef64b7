import { expect, test } from 'vitest';
import { CHAT, CHAT_DOCUMENT as NAME, holds, offlineDevices, written } from '../../../tests/support/offline-replica.ts';
import type { ChatView } from '../contract.ts';
import { DocumentDatabase } from '../storage/document-database.ts';
import { MetaDatabase } from '../storage/meta-database.ts';
import { TabChannel } from '../tabs/tab-channel.ts';
import { documentDatabaseName, metaDatabaseName, tabChannelName } from './device.ts';

const openDevice = offlineDevices();

test('[RP3] a number that another tab told too late is put right when the chat is opened', async () => {
  const namespace = 'told-late';
  const replica = await openDevice(namespace);
  const otherTab = new TabChannel(tabChannelName(namespace));
  otherTab.post({ kind: 'waiting', document: NAME, count: 1 });
  await holds(replica.waiting, (waiting) => waiting === 1);
  await replica.openChat(CHAT);
  expect(replica.waiting.get()).toBe(0);
  otherTab.close();
});

test('[RP23] [RP24] the first text of a tab is kept when another tab has just gone over to the next database', async () => {
  const namespace = 'gone-over';
  const writing = await openDevice(namespace);
  const view = await writing.openChat(CHAT);
  const old = await DocumentDatabase.open(documentDatabaseName(namespace, NAME, 1));
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  if (!(old instanceof DocumentDatabase)) throw new Error(old.kind);
  await old.retire({ code: 'bad-entry', writers: [] });
  await meta.beginGeneration(NAME, 1, []);
  const otherTab = new TabChannel(tabChannelName(namespace));
  const heard = new Promise<void>((resolve) => {
    const ear = new TabChannel(tabChannelName(namespace));
    ear.listen(() => {
      ear.close();
      resolve();
    });
  });
  otherTab.post({ kind: 'generation', document: NAME });
  await heard;
  expect(await view.append({ kind: 'message', text: 'kept' })).toMatchObject({ kind: 'waiting' });
  expect(writing.storage.get()).toEqual({ kind: 'ok' });
  for (const closing of [old, meta, otherTab]) closing.close();
  await writing.stop();
  expect(written(await (await openDevice(namespace)).openChat(CHAT))).toEqual(['kept']);
});

test('[RP34] a chat whose record could not be read opens all the same, and is written once the disk answers', async () => {
  const namespace = 'unreadable';
  const replica = await openDevice(namespace);
  const realGet = IDBObjectStore.prototype.get;
  IDBObjectStore.prototype.get = () => {
    throw new DOMException('the disk does not answer', 'UnknownError');
  };
  let view: ChatView;
  try {
    view = await replica.openChat(CHAT);
    expect(await view.append({ kind: 'message', text: 'refused' })).toMatchObject({ kind: 'storage-failed' });
    expect(replica.storage.get()).toMatchObject({ kind: 'failed' });
  } finally {
    IDBObjectStore.prototype.get = realGet;
  }
  expect(await view.append({ kind: 'message', text: 'kept' })).toMatchObject({ kind: 'waiting' });
  expect(written(view)).toEqual(['kept']);
});
