import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatDocument, privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { ChatView, HistoryView, Replica } from '../../crdt/replica/contract.ts';
import { metaDatabaseName } from '../../crdt/replica/documents/device.ts';
import { MetaDatabase } from '../../crdt/replica/storage/meta-database.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import { devicesAt, holds, online, openDevice, shows, texts } from './people.ts';

const PAGES = 9;
const PAGE_ENTRIES = 10;
/** Unread for Ben: in the last three pages, so that more than the two latest are wanted at once. */
const UNREAD = 25;

let installation: Installation;
const device = devicesAt(() => installation);
let anna: SignedInPerson;
let ben: SignedInPerson;
let chat: ChatId;
const expected: string[] = [];

/** Anna has written pages and pages, of which Ben has read most on another device. */
beforeAll(async () => {
  installation = await openInstallation({ environment: { PAGE_ENTRIES: String(PAGE_ENTRIES) } });
  anna = await installation.addPerson();
  ben = await installation.addPerson();
  chat = privateChatId(anna.account, ben.account);
  const [hers, his] = [await openDevice(installation, anna), await openDevice(installation, ben)];
  const view = await hers.replica.openChat(chat);
  await online(hers.replica);
  while (new Set(view.messages.get().map(({ page }) => page)).size < PAGES) {
    expected.push(`message ${expected.length}`);
    await view.append({ kind: 'message', text: expected.at(-1) ?? '' });
    await holds(hers.replica.waiting, (waiting) => waiting === 0);
  }
  await unreadIs(his.replica, expected.length);
  const hisView = await his.replica.openChat(chat);
  while (hisView.hasEarlier.get()) await hisView.loadEarlier();
  await shows(hisView, expected);
  await hisView.markRead(numberAt(hisView, expected.length - UNREAD - 1));
  await holds(his.replica.waiting, (waiting) => waiting === 0);
  await Promise.all([hers.stop(), his.stop()]);
});
afterAll(() => installation.close());

const numberAt = (view: ChatView, index: number): number => view.messages.get()[index]?.arrival?.number ?? 0;

async function wholePages(namespace: string): Promise<number[]> {
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  const records = await meta.documentRecords();
  meta.close();
  const numbers = Array.from({ length: PAGES }, (_, index) => index + 1);
  return numbers.filter((page) => records.get(chatDocument(chat, page))?.complete === true);
}

const unreadIs = (replica: Replica, number: number): Promise<unknown> =>
  holds(replica.unreadByChat, (unread) => unread.get(chat) === number);
const left = (view: HistoryView): number => ('left' in view ? view.left : 0);
const isKind = (replica: Replica, kind: HistoryView['kind']): Promise<HistoryView> =>
  holds(replica.history, (view) => view.kind === kind);

test('[RP73 RP74] a device without room has what is unread, previews and the latest pages, tells what is left, and goes on when there is room', async () => {
  let usedBytes = 60;
  const { replica, namespace } = await device(ben, {
    storageUse: () => Promise.resolve({ usedBytes, quotaBytes: 100 }),
  });
  await unreadIs(replica, UNREAD);
  const view = await isKind(replica, 'no-room');
  const whole = await wholePages(namespace);
  expect(whole).not.toContain(1);
  expect(whole).toEqual(expect.arrayContaining([PAGES - 2, PAGES - 1, PAGES]));
  expect(left(view)).toBe(PAGES - whole.length);
  expect(replica.summaries.get().get(chat)?.latest?.text).toBe(expected.at(-1));
  usedBytes = 40;
  await isKind(replica, 'whole');
  expect(await wholePages(namespace)).toHaveLength(PAGES);
  await unreadIs(replica, UNREAD);
});

test('[RP73] a device that dies between catch-up and history fetches the rest at its next start', async () => {
  const full = { storageUse: () => Promise.resolve({ usedBytes: 100, quotaBytes: 100 }) };
  const first = await device(ben, full);
  await isKind(first.replica, 'no-room');
  first.cut();
  await first.stop();
  const second = await device(ben, { namespace: first.namespace });
  await isKind(second.replica, 'whole');
  expect(await wholePages(first.namespace)).toHaveLength(PAGES);
  await unreadIs(second.replica, UNREAD);
});

test('[RP74] history comes newest first', async () => {
  const namespace = 'newest-first';
  const found: number[][] = [];
  const { replica } = await device(ben, {
    namespace,
    storageUse: async () => {
      found.push(await wholePages(namespace));
      return { usedBytes: 0, quotaBytes: 100 };
    },
  });
  await isKind(replica, 'whole');
  // More than one turn, and what is whole has never a hole.
  expect(found.length).toBeGreaterThan(1);
  for (const whole of found) {
    expect(whole).toEqual(Array.from({ length: whole.length }, (_, index) => PAGES - whole.length + 1 + index));
  }
});

test('[RP75] history is paused on this device, over a restart and in all tabs, until the person goes on', async () => {
  const first = await device(ben, { storageUse: () => Promise.resolve({ usedBytes: 100, quotaBytes: 100 }) });
  await isKind(first.replica, 'no-room');
  await first.replica.pauseHistory(true);
  await isKind(first.replica, 'paused');
  await first.stop();
  const again = await device(ben, { namespace: first.namespace });
  await online(again.replica);
  const other = await device(ben, { namespace: first.namespace });
  const paused = await isKind(other.replica, 'paused');
  expect(again.replica.history.get()).toEqual(paused);
  expect(await wholePages(first.namespace)).not.toContain(1);
  // The other tab says so, and the one that does it goes on.
  await other.replica.pauseHistory(false);
  await isKind(again.replica, 'whole');
  await isKind(other.replica, 'whole');
});

test('[RP76] whoever goes back in a chat, or to a message, gets pages that are not here at once', async () => {
  const { replica, namespace } = await device(ben);
  await replica.pauseHistory(true);
  await isKind(replica, 'paused');
  const view = await replica.openChat(chat);
  const hers = await device(anna);
  const herView = await hers.replica.openChat(chat);
  while (herView.hasEarlier.get()) await herView.loadEarlier();
  const [oldest] = herView.messages.get();
  if (oldest === undefined) throw new Error('nothing there');
  expect(await view.loadUpTo(oldest.id, 1)).toBe(true);
  expect(texts(view)).toEqual(expected);
  expect(await wholePages(namespace)).toHaveLength(PAGES);
});

test('[RP73] what comes late in a page that was never here is counted', async () => {
  const { replica } = await device(ben);
  await replica.pauseHistory(true);
  await isKind(replica, 'paused');
  // Written without network, by a device that knew of the first page only.
  const late = await device(anna, { origin: 'http://127.0.0.1:9' });
  const lateView = await late.replica.openChat(chat);
  await lateView.append({ kind: 'message', text: 'late' });
  await late.stop();
  await device(anna, { namespace: late.namespace });
  await unreadIs(replica, UNREAD + 1);
});
