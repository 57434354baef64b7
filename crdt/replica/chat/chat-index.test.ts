import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { ChatBuilder, writer, type PageBuilder } from '../../../tests/support/chat-builder.ts';
import { changeRows, truncated } from '../../../tests/support/damage.ts';
import { ANNA, CHAT, CHAT_DOCUMENT, holds, offlineDevices } from '../../../tests/support/offline-replica.ts';
import { storeDocument } from '../../../tests/support/stored-chats.ts';
import { HEAD } from '../../model/log/entry-kind.ts';
import { stampAt } from '../../model/log/stamp.ts';
import { readKey } from '../../model/me/me-entries.ts';
import { inboxChatKey } from '../../model/inbox/inbox-facts.ts';
import type { Account } from '../../model/log/writer.ts';
import { chatDocument, inboxDocument, privateChatId, type DocumentName } from '../../model/protocol/document-name.ts';
import type { Replica } from '../contract.ts';
import { metaDatabaseName, tabChannelName } from '../documents/device.ts';
import { TabChannel } from '../tabs/tab-channel.ts';
import { MetaDatabase } from '../storage/meta-database.ts';
import type { KeptDigest } from '../storage/meta-records.ts';

const openDevice = offlineDevices();
const BEN = writer(6, 1);
const T0 = Date.UTC(2026, 0, 1);

const previewOf = (replica: Replica): string | undefined => replica.summaries.get().get(CHAT)?.latest?.text;
const shows = (replica: Replica, text: string | undefined): Promise<unknown> =>
  holds(replica.summaries, (summaries) => summaries.get(CHAT)?.latest?.text === text);

/** A chat as it lies on the device: pages with messages of Ben, stored as the server had told them. */
async function seed(namespace: string, pages: readonly (readonly string[])[]): Promise<PageBuilder> {
  const chat = new ChatBuilder();
  const inbox = new ChatBuilder().page(1);
  inbox.fact(inboxChatKey(CHAT), { pages: pages.length, joined: 0 });
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  const put = (name: DocumentName, updates: readonly Uint8Array[], number: number): Promise<void> =>
    storeDocument(namespace, meta, name, updates, number);
  await put(inboxDocument(ANNA), inbox.updates, 0);
  for (const [index, texts] of pages.entries()) {
    const page = chat.page(index + 1);
    for (const text of texts) {
      page.append(BEN, [HEAD.message, stampAt(T0 + chat.number * 60_000), text]);
      page.arrive(BEN, T0 + chat.number * 60_000);
    }
    await put(chatDocument(CHAT, index + 1), page.updates, texts.length === 0 ? 0 : chat.number);
  }
  meta.close();
  return inbox;
}

async function keptDigests(namespace: string): Promise<ReadonlyMap<DocumentName, KeptDigest>> {
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  const { digests } = await meta.read();
  meta.close();
  return digests;
}

test('[RP60] a chat that is closed shows its newest message and unread number, and at the next start before any page is read', async () => {
  await seed('closed', [['one', 'two']]);
  const first = await openDevice('closed');
  await shows(first, 'two');
  expect(first.unreadByChat.get().get(CHAT)).toBe(2);
  await first.stop();
  const second = await openDevice('closed');
  expect(second.summaries.get().get(CHAT)?.latest).toMatchObject({ author: 6, text: 'two', sent: true });
  expect(second.unreadByChat.get().get(CHAT)).toBe(2);
});

test('[RP60] when the latest page is empty the newest message is in the page before', async () => {
  await seed('empty-page', [['one'], ['two'], []]);
  await shows(await openDevice('empty-page'), 'two');
});

test('[RP61] an own message, its edit and its retraction show at once, also in other tabs and after a start', async () => {
  const namespace = 'own';
  const [tab, other] = [await openDevice(namespace), await openDevice(namespace)];
  const view = await tab.openChat(CHAT);
  await view.append({ kind: 'message', text: 'one' });
  const sent = await view.append({ kind: 'message', text: 'two' });
  if (sent.kind !== 'waiting') throw new Error(sent.kind);
  expect(tab.summaries.get().get(CHAT)?.latest).toMatchObject({ author: ANNA, text: 'two', sent: false });
  await shows(other, 'two');
  await view.append({ kind: 'edit', target: sent.id, text: 'two, edited' });
  expect(previewOf(tab)).toBe('two, edited');
  await shows(other, 'two, edited');
  await view.append({ kind: 'retraction', target: sent.id });
  expect(previewOf(tab)).toBe('one');
  await shows(other, 'one');
  view.close();
  expect(previewOf(tab)).toBe('one');
  await tab.stop();
  await other.stop();
  expect(previewOf(await openDevice(namespace))).toBe('one');
});

test('[RP62] what a crash has left behind its page is made anew: by its number, and where own entries wait', async () => {
  await seed('crashed', [['one', 'two']]);
  const first = await openDevice('crashed');
  await shows(first, 'two');
  await first.stop();
  const meta = await MetaDatabase.open(metaDatabaseName('crashed'));
  const [[document, digest] = [CHAT_DOCUMENT, undefined]] = (await meta.read()).digests;
  if (digest?.latest === undefined) throw new Error('no digest');
  await meta.putDigests([[document, { ...digest, head: 1, latest: { ...digest.latest, text: 'one' }, unread: 1 }]]);
  meta.close();
  const second = await openDevice('crashed');
  await shows(second, 'two');
  expect(second.unreadByChat.get().get(CHAT)).toBe(2);

  await second.stop();

  const view = await (await openDevice('crashed')).openChat(CHAT);
  await view.append({ kind: 'message', text: 'own' });
  const before = await keptDigests('crashed');
  expect(before.get(document)?.latest?.text).toBe('two');
  // Another context on the same databases, while the first one has not written its digest.
  await shows(await openDevice('crashed'), 'own');
});

test('[RP62] an unread number is exact for the marker of now, whatever it was kept for', async () => {
  await seed('marker', [['one', 'two', 'three']]);
  const first = await openDevice('marker');
  await holds(first.unreadByChat, (unread) => unread.get(CHAT) === 3);
  await first.setMine(readKey(CHAT), 2);
  await holds(first.unreadByChat, (unread) => unread.get(CHAT) === 1);
  await first.stop();
  const second = await openDevice('marker');
  expect(second.unreadByChat.get().get(CHAT)).toBe(1);
  await second.setMine(readKey(CHAT), 3);
  await holds(second.unreadByChat, (unread) => unread.get(CHAT) === 0);
});

test('[RP36] [RP62] a page that was damaged is read again when it is whole, also when another tab has fetched it', async () => {
  const namespace = 'repaired';
  await seed(namespace, [['one', 'two', 'three']]);
  const before = await openDevice(namespace);
  await holds(before.unreadByChat, (unread) => unread.get(CHAT) === 3);
  await before.stop();
  const rows: unknown[] = [];
  await changeRows(namespace, CHAT_DOCUMENT, ({ value }, index) => {
    rows.push(value);
    return index === 0 ? truncated(value) : value;
  });
  const [replica, tab] = [await openDevice(namespace), await openDevice(namespace)];
  await replica.setMine(readKey(CHAT), 2);
  await holds(replica.repairs, ({ kind }) => kind === 'repairing');
  const tabs = new TabChannel(tabChannelName(namespace));
  for (const update of rows.filter((row) => row instanceof Uint8Array)) {
    tabs.post({ kind: 'stored', document: CHAT_DOCUMENT, generation: 1, update, number: 3 });
  }
  // When this is listed, the page has been looked at, too.
  const next = privateChatId(ANNA, 7 as Account);
  await (await tab.openChat(next)).append({ kind: 'message', text: 'next' });
  await holds(replica.summaries, (summaries) => summaries.get(next)?.latest?.text === 'next');
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  await meta.repairs.put(CHAT_DOCUMENT, undefined);
  meta.close();
  tabs.post({ kind: 'repairs' });
  await holds(replica.unreadByChat, (unread) => unread.get(CHAT) === 1);
  tabs.close();
});

test('[RP61] a chat that the inbox does not list any more is gone from the lists', async () => {
  const namespace = 'vanished';
  const inbox = await seed(namespace, [['one']]);
  const replica = await openDevice(namespace);
  await shows(replica, 'one');
  // As another tab tells what it has stored of what came from the server.
  const before = inbox.updates.length;
  inbox.fact(inboxChatKey(CHAT), null);
  const tabs = new TabChannel(tabChannelName(namespace));
  for (const update of inbox.updates.slice(before)) {
    tabs.post({ kind: 'stored', document: inboxDocument(ANNA), generation: 1, update, number: 0 });
  }
  await holds(replica.summaries, (summaries) => !summaries.has(CHAT));
  expect(replica.unreadByChat.get().has(CHAT)).toBe(false);
  tabs.close();
  await replica.stop();
  expect((await keptDigests(namespace)).size).toBe(0);
});

test('[RP63] a database of the version before is taken over with all its data', async () => {
  const namespace = 'version-1';
  const meta = await openDB(metaDatabaseName(namespace), 1, {
    upgrade(database) {
      for (const store of ['state', 'heads', 'documents', 'unsent', 'quarantine']) database.createObjectStore(store);
    },
  });
  await meta.put('state', { epoch: 'first', cursor: 7 }, 'catch-up');
  await meta.put('heads', { number: 3, sequence: 5 }, CHAT_DOCUMENT);
  await meta.put('documents', { generation: 2, complete: true }, CHAT_DOCUMENT);
  meta.close();
  const taken = await MetaDatabase.open(metaDatabaseName(namespace));
  expect(await taken.read()).toMatchObject({
    catchUp: { epoch: 'first', cursor: 7 },
    heads: new Map([[CHAT_DOCUMENT, { number: 3, sequence: 5 }]]),
    documents: new Map([[CHAT_DOCUMENT, { generation: 2, complete: true }]]),
    digests: new Map(),
  });
  taken.close();
});
