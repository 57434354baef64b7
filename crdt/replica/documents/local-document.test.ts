import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import type { Account } from '../../model/log/writer.ts';
import { chatDocument, privateChatId, type CompanyId } from '../../model/protocol/document-name.ts';
import type { ChatView, Replica, Watchable } from '../contract.ts';
import { openReplica } from '../replica.ts';
import { DocumentDatabase } from '../storage/document-database.ts';
import { MetaDatabase } from '../storage/meta-database.ts';
import { TabChannel } from '../tabs/tab-channel.ts';
import { documentDatabaseName, metaDatabaseName, tabChannelName } from './device.ts';

const ANNA = 5 as Account;
const CHAT = privateChatId(ANNA, 6 as Account);
const NAME = chatDocument(CHAT);
const open: Replica[] = [];
let seed = 7;

async function openDevice(namespace: string): Promise<Replica> {
  const replica = await openReplica({
    origin: 'http://127.0.0.1:1',
    account: ANNA,
    company: 1 as CompanyId,
    namespace,
    nowMs: () => Date.now(),
    random32: () => (seed = (seed * 1_664_525 + 1_013_904_223) >>> 0),
    fetch: () => Promise.reject(new TypeError('no network')),
    WebSocket: class extends EventTarget {
      readyState = 0;
      close(): void {
        this.readyState = 3;
      }
    } as unknown as typeof WebSocket,
  });
  open.push(replica);
  return replica;
}

afterEach(async () => {
  for (const replica of open.splice(0)) await replica.stop();
});

function becomes<T>(watchable: Watchable<T>, expected: T): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (watchable.get() !== expected) return;
      dispose();
      resolve();
    };
    const dispose = watchable.subscribe(check);
    check();
  });
}

const written = (view: ChatView): string[] => [
  ...view.messages.get().map(({ text }) => text),
  ...view.failed.get().map(({ action }) => ('text' in action ? action.text : '')),
];

test('[RP3] a number that another tab told too late is put right when the chat is opened', async () => {
  const namespace = 'told-late';
  const replica = await openDevice(namespace);
  const otherTab = new TabChannel(tabChannelName(namespace));
  otherTab.post({ kind: 'waiting', document: NAME, count: 1 });
  await becomes(replica.waiting, 1);
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
