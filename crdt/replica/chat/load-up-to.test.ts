import { afterEach, expect, test } from 'vitest';
import { writer, type PageBuilder } from '../../../tests/support/chat-builder.ts';
import { CHAT, holds, offlineDevices, texts } from '../../../tests/support/offline-replica.ts';
import { StoredChats } from '../../../tests/support/stored-chats.ts';
import { entryId, type EntryId, type Place } from '../../model/log/entry-id.ts';
import { HEAD } from '../../model/log/entry-kind.ts';
import { stampAt } from '../../model/log/stamp.ts';
import type { Account } from '../../model/log/writer.ts';
import { privateChatId } from '../../model/protocol/document-name.ts';
import type { ChatView } from '../contract.ts';

const openDevice = offlineDevices();
const BEN = 6;
const PAGES = 12;
/** Older than what a chat opens with. */
const T0 = Date.UTC(2026, 0, 1);

const opened: StoredChats[] = [];
afterEach(() => {
  for (const stored of opened.splice(0)) stored.close();
});

function say(page: PageBuilder, text: string, first?: Place): EntryId {
  const by = writer(BEN, page.page);
  const extras = first === undefined ? [] : [{ first: [first.writer, first.clock] }];
  const { clock } = page.append(by, [
    HEAD.message,
    stampAt(T0 + page.page * 1e6 + page.entries.length),
    text,
    ...extras,
  ]);
  page.arrive(by, T0 + page.page * 1e6);
  return entryId(by, clock);
}

/** A chat of so many pages, forty messages each; the first id of each page, by its number. */
async function stored(namespace: string, pages: readonly number[]): Promise<{ chats: StoredChats; ids: EntryId[] }> {
  const chats = await StoredChats.open(namespace);
  opened.push(chats);
  const ids: EntryId[] = [];
  for (const number of pages) {
    const page = chats.page(CHAT, number);
    for (let index = 0; index < 40; index += 1) {
      const id = say(page, `page ${number}, ${index}`);
      ids[number] ??= id;
    }
    await chats.store(CHAT, number);
  }
  await chats.list(CHAT, PAGES);
  return { chats, ids };
}

const ALL = Array.from({ length: PAGES }, (_, index) => index + 1);

async function open(namespace: string): Promise<ChatView> {
  const replica = await openDevice(namespace);
  return replica.openChat(CHAT);
}

/** Pages in hand, without those of which nothing is stored. */
const inHand = (view: ChatView): number[] => [...new Set(view.messages.get().map(({ page }) => page))];
const idOf = (ids: readonly EntryId[], page: number): EntryId => {
  const id = ids[page];
  if (id === undefined) throw new RangeError(`page ${page}`);
  return id;
};

for (const [said, expected] of [
  ['by its id alone', undefined],
  ['in the page where it is expected', 3],
  ['when it is expected elsewhere', 7],
  ['when it is expected in a page that there is none of', 10 ** 6],
] as const) {
  test(`[RP72] a view loads back to a message ${said}, without a hole, and no further`, async () => {
    const namespace = `up to ${said}`;
    const { ids } = await stored(namespace, ALL);
    const view = await open(namespace);
    expect(view.message(idOf(ids, 3))).toBeUndefined();
    expect(await view.loadUpTo(idOf(ids, 3), expected)).toBe(true);
    expect(view.message(idOf(ids, 3))?.text).toBe('page 3, 0');
    expect(inHand(view)).toEqual(ALL.slice(2));
    expect(view.hasEarlier.get()).toBe(true);
    // What is in hand is there at once.
    expect(await view.loadUpTo(idOf(ids, 12))).toBe(true);
    expect(inHand(view)).toEqual(ALL.slice(2));
  });
}

test('[RP72] of a message that is gone, of another chat or of none it says so and loads nothing', async () => {
  const namespace = 'not there';
  const { chats, ids } = await stored(namespace, ALL);
  const page = chats.page(CHAT, 2);
  const by = writer(BEN, 2);
  page.append(by, [HEAD.edit, stampAt(T0), by, 5, 'edited']);
  page.arrive(by, T0);
  page.erase({ writer: by, clock: 0 });
  await chats.store(CHAT, 2);
  const other = privateChatId(5 as Account, 7 as Account);
  const elsewhere = entryId(writer(7, 1), 0);
  chats.page(other).append(writer(7, 1), [HEAD.message, stampAt(T0), 'elsewhere']);
  chats.page(other).arrive(writer(7, 1), T0);
  await chats.store(other);

  const view = await open(namespace);
  const before = inHand(view);
  for (const id of [idOf(ids, 2), entryId(by, 40), entryId(by, 41), entryId(writer(BEN, 99), 0), elsewhere]) {
    expect(await view.loadUpTo(id)).toBe(false);
    expect(await view.loadUpTo(id, 2)).toBe(false);
  }
  expect(await view.loadUpTo('no id' as EntryId, 2)).toBe(false);
  expect(inHand(view)).toEqual(before);
});

test('[RP72] a message that is gone from a page in hand is not looked for in others', async () => {
  const namespace = 'gone in hand';
  const { chats, ids } = await stored(namespace, ALL);
  chats.page(CHAT, 12).erase({ writer: writer(BEN, 12), clock: 0 });
  await chats.store(CHAT, 12);
  const view = await open(namespace);
  const before = inHand(view);
  expect(await view.loadUpTo(idOf(ids, 12))).toBe(false);
  expect(inHand(view)).toEqual(before);
});

test('[RP72] a message that was sent again is found under its id, in the page where it lies', async () => {
  const namespace = 'sent again';
  const { chats } = await stored(namespace, ALL);
  const first = { writer: writer(BEN, 500), clock: 3 };
  say(chats.page(CHAT, 4), 'sent again', first);
  await chats.store(CHAT, 4);
  const view = await open(namespace);
  expect(await view.loadUpTo(entryId(first.writer, first.clock))).toBe(true);
  expect(view.message(entryId(first.writer, first.clock))?.text).toBe('sent again');
  expect(inHand(view)).toEqual(ALL.slice(3));
});

test('[RP72] pages that the device does not hold are passed over, and stand in their place when they come', async () => {
  const namespace = 'with a hole';
  const { chats, ids } = await stored(namespace, [1, 2, 10, 11, 12]);
  const view = await open(namespace);
  expect(await view.loadUpTo(idOf(ids, 2))).toBe(true);
  expect(inHand(view)).toEqual([2, 10, 11, 12]);
  say(chats.page(CHAT, 6), 'comes later');
  await chats.store(CHAT, 6);
  await holds(view.messages, (messages) => messages.some(({ text }) => text === 'comes later'));
  expect(texts(view).indexOf('comes later')).toBe(40);
});

test('[RP72] a view that is closed meanwhile loads no more', async () => {
  const namespace = 'closed';
  const { ids } = await stored(namespace, ALL);
  const view = await open(namespace);
  const going = view.loadUpTo(idOf(ids, 1), 1);
  view.close();
  expect(await going).toBe(false);
});
