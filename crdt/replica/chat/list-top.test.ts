import fc from 'fast-check';
import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import { ChatBuilder, writer } from '../../../tests/support/chat-builder.ts';
import { ANNA, holds, offlineDevices } from '../../../tests/support/offline-replica.ts';
import { storeDocument } from '../../../tests/support/stored-chats.ts';
import { COMPANY_KEY, personKey } from '../../model/company/company-facts.ts';
import { HEAD } from '../../model/log/entry-kind.ts';
import type { Json } from '../../model/log/append.ts';
import { encodeSet } from '../../model/log/set-entry.ts';
import { stampAt } from '../../model/log/stamp.ts';
import { draftKey, markKey, readKey } from '../../model/me/me-entries.ts';
import { inboxChatKey } from '../../model/inbox/inbox-facts.ts';
import type { Account } from '../../model/log/writer.ts';
import {
  chatDocument,
  companyDocument,
  inboxDocument,
  internalChatId,
  meDocument,
  parseChatId,
  privateChatId,
  type ChatId,
  type CompanyId,
  type DocumentName,
} from '../../model/protocol/document-name.ts';
import type { ChatSummary, Replica } from '../contract.ts';
import { documentDatabaseName, metaDatabaseName, tabChannelName } from '../documents/device.ts';
import { DocumentDatabase } from '../storage/document-database.ts';
import { MetaDatabase } from '../storage/meta-database.ts';
import { TabChannel } from '../tabs/tab-channel.ts';
import { encodeTop, parseTop } from './list-top.ts';

const openDevice = offlineDevices();
const T0 = Date.UTC(2026, 0, 1);
const CHATS = 60;
const NEVER = new Promise<void>(() => undefined);

const summaryOf = (chat: ChatId): ReadonlyMap<ChatId, ChatSummary> => new Map([[chat, { chat, latest: undefined }]]);

/** Of which a top can be made. */
const NOTHING = { unread: new Map(), summaries: new Map(), company: new Map(), me: new Map() };

const chatAccount = (index: number): Account => (100 + index) as Account;
const chatAt = (index: number): ChatId => privateChatId(ANNA, chatAccount(index));

/** Sixty chats as they lie on the device, the earlier the lower their index, with one message each that another has written. */
async function seed(namespace: string): Promise<void> {
  const inbox = new ChatBuilder().page(1);
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  const put = (name: DocumentName, updates: readonly Uint8Array[], number: number): Promise<void> =>
    storeDocument(namespace, meta, name, updates, number);
  for (let index = 0; index < CHATS; index += 1) {
    const author = writer(100 + index, 1);
    const page = new ChatBuilder().page(1);
    page.append(author, [HEAD.message, stampAt(T0 + index * 60_000), `text ${index}`]);
    page.arrive(author, T0 + index * 60_000);
    inbox.fact(inboxChatKey(chatAt(index)), { pages: 1, joined: 0 });
    await put(chatDocument(chatAt(index)), page.updates, 1);
  }
  await put(inboxDocument(ANNA), inbox.updates, 0);
  const me = new ChatBuilder().page(1);
  const other = writer(ANNA, 9);
  me.append(other, encodeSet(stampAt(T0), markKey('pin', chatAt(0)), true));
  me.append(other, encodeSet(stampAt(T0), readKey(chatAt(CHATS - 1)), 1));
  me.arrive(other, T0);
  me.arrive(other, T0);
  await put(meDocument(ANNA), me.updates, 2);
  meta.close();
}

/** All of it as a first start has read and kept it; the earliest chat is pinned, the latest read. */
async function seedAndStart(namespace: string): Promise<void> {
  await seed(namespace);
  const first = await openDevice(namespace);
  await holds(first.summaries, (summaries) => [...summaries.values()].filter(({ latest }) => latest).length === CHATS);
  await first.stop();
}

async function withMeta<T>(namespace: string, work: (meta: MetaDatabase) => Promise<T>): Promise<T> {
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  try {
    return await work(meta);
  } finally {
    meta.close();
  }
}

const textOf = (replica: Replica, index: number): string | undefined =>
  replica.summaries.get().get(chatAt(index))?.latest?.text;

test('[RP70] a start tells the top of the list before all of it: unread numbers, the pinned chat, and the last fifty', async () => {
  await seedAndStart('top');
  const replica = await openDevice('top', { drawn: NEVER });
  expect(replica.whole.get()).toBe(false);
  expect(replica.inbox.facts.get().size).toBe(0);
  expect([...replica.unreadByChat.get().values()].reduce((sum, number) => sum + number, 0)).toBe(CHATS - 1);
  expect(replica.summaries.get().size).toBe(51);
  expect([textOf(replica, 0), textOf(replica, 9), textOf(replica, 10)]).toEqual(['text 0', undefined, 'text 10']);
});

test('[RP71] all of it follows when the top is drawn', async () => {
  await seedAndStart('drawn');
  let draw = (): void => undefined;
  const replica = await openDevice('drawn', { drawn: new Promise<void>((resolve) => (draw = resolve)) });
  expect(replica.whole.get()).toBe(false);
  draw();
  await holds(replica.whole, Boolean);
  expect(replica.inbox.facts.get().size).toBe(CHATS);
  expect(textOf(replica, 9)).toBe('text 9');
  expect(replica.unreadByChat.get().get(chatAt(CHATS - 1))).toBe(0);
});

test('[RP70] it names whom it shows, and has pins and drafts; all people and markers follow, and who is the same stays the same object', async () => {
  const namespace = 'names';
  const own = new ChatBuilder().page(1);
  const person = (account: number, last: string): void =>
    void own.fact(personKey(account as Account), { first: 'P', last, admin: false, active: true });
  for (let account = 100; account < 300; account += 1) person(account, `name ${account}`);
  own.fact(COMPANY_KEY, { name: 'Haus' });
  await withMeta(namespace, (meta) => storeDocument(namespace, meta, companyDocument(1 as CompanyId), own.updates, 1));
  await seedAndStart(namespace);
  const replica = await openDevice(namespace, { drawn: NEVER });
  expect(replica.whole.get()).toBe(false);
  const [company, me] = [replica.companyFacts.facts, replica.me.facts];
  expect([...company.get().keys()].filter((key) => key !== COMPANY_KEY).length).toBe(51);
  expect([...me.get().keys()]).toEqual([markKey('pin', chatAt(0))]);
  const before = company.get().get(personKey(chatAccount(10)));
  expect(before).toMatchObject({ last: 'name 110' });
  await replica.tellWhole();
  expect(replica.whole.get()).toBe(true);
  expect([company.get().size, me.get().get(readKey(chatAt(CHATS - 1)))]).toEqual([201, 1]);
  expect(company.get().get(personKey(chatAccount(10)))).toBe(before);
});

test('[RP70] a page that draws something else first is told everything at once', async () => {
  await seedAndStart('elsewhere');
  const replica = await openDevice('elsewhere', { drawn: NEVER, wholeAtOnce: true });
  expect([replica.whole.get(), textOf(replica, 9)]).toEqual([true, 'text 9']);
});

test('[RP71] all of it follows on a page that never draws, and before a chat that is opened', async () => {
  await seedAndStart('opened');
  const opened = await openDevice('opened', { drawn: NEVER });
  const chat = await opened.openChat(chatAt(3));
  expect(opened.whole.get()).toBe(true);
  expect([chat.unread.get(), chat.messages.get().map(({ text }) => text)]).toEqual([1, ['text 3']]);
  const hidden = await openDevice('opened', { drawn: NEVER });
  expect(hidden.whole.get()).toBe(false);
  await holds(hidden.whole, Boolean);
});

test('[RP70] where own entries wait, everything is told at once', async () => {
  await seedAndStart('waiting');
  const first = await openDevice('waiting');
  await (await first.openChat(chatAt(5))).append({ kind: 'message', text: 'own' });
  await first.stop();
  const second = await openDevice('waiting', { drawn: NEVER });
  expect([second.whole.get(), second.waiting.get(), textOf(second, 9)]).toEqual([true, 1, 'text 9']);
  await holds(second.summaries, (summaries) => summaries.get(chatAt(5))?.latest?.text === 'own');
});

test.each([
  ['nothing', undefined],
  ['another value', 7],
  ['cut off', '{"unread":[['],
])('[RP70] with %s where the top was, everything is told at once', async (how, value) => {
  const namespace = `without ${how}`;
  await seedAndStart(namespace);
  const database = await openDB(metaDatabaseName(namespace));
  if (value === undefined) await database.delete('state', 'list-top');
  else await database.put('state', value, 'list-top');
  database.close();
  const replica = await openDevice(namespace, { drawn: NEVER });
  expect([replica.whole.get(), textOf(replica, 9)]).toEqual([true, 'text 9']);
});

test('[RP70] what is erased from a digest is erased from the top in the same transaction', async () => {
  const namespace = 'erased';
  const [first, keptTop] = [await openDevice(namespace), (): Promise<unknown> => keptIn(namespace)];
  const view = await first.openChat(chatAt(1));
  const sent = await view.append({ kind: 'message', text: 'a secret' });
  if (sent.kind !== 'waiting') throw new Error(sent.kind);
  await vi.waitFor(async () => expect(await keptTop()).toContain('a secret'), { timeout: 5_000 });
  await view.append({ kind: 'retraction', target: sent.id });
  await vi.waitFor(async () => expect(await keptTop()).not.toContain('a secret'), { timeout: 5_000 });
  const digests = await withMeta(namespace, async (meta) => JSON.stringify([...(await meta.read()).digests]));
  expect(digests).not.toContain('a secret');
});

async function keptIn(namespace: string): Promise<unknown> {
  const database = await openDB(metaDatabaseName(namespace));
  const top: unknown = await database.get('state', 'list-top');
  database.close();
  return top;
}

test('[RP71] a top that was kept wrong is right when all is told', async () => {
  await seedAndStart('wrong');
  const top = encodeTop({ ...NOTHING, unread: new Map([[chatAt(9), 5]]), summaries: summaryOf(chatAt(9)) }, ANNA);
  await withMeta('wrong', (meta) => meta.putDigests([], top));
  const replica = await openDevice('wrong', { drawn: NEVER });
  expect([...replica.unreadByChat.get()]).toEqual([[chatAt(9), 5]]);
  await replica.openChat(chatAt(9));
  expect([replica.unreadByChat.get().get(chatAt(9)), replica.summaries.get().size]).toEqual([1, CHATS]);
});

test('[RP71] what another tab stores before all is told is in it', async () => {
  await seedAndStart('other-tab');
  const replica = await openDevice('other-tab', { drawn: NEVER });
  // A page that this device has never seen, of a chat that it has.
  const tabs = new TabChannel(tabChannelName('other-tab'));
  const document = chatDocument(chatAt(2), 2);
  const page = new ChatBuilder().page(2);
  page.append(writer(102, 2), [HEAD.message, stampAt(T0 + 9e9), 'newest']);
  page.arrive(writer(102, 2), T0 + 9e9);
  const database = await DocumentDatabase.open(documentDatabaseName('other-tab', document, 1));
  if (!(database instanceof DocumentDatabase)) throw new Error(database.kind);
  await database.write(page.updates);
  database.close();
  const [update = new Uint8Array()] = page.updates;
  await withMeta('other-tab', (meta) => meta.putDocumentRecord(document, { generation: 1, complete: true }));
  tabs.post({ kind: 'stored', document, generation: 1, update, number: 2 });
  await vi.waitFor(() => expect(replica.whole.get()).toBe(true), { timeout: 5_000 });
  await holds(replica.summaries, (summaries) => summaries.get(chatAt(2))?.latest?.text === 'newest');
  expect(replica.unreadByChat.get().get(chatAt(2))).toBe(2);
  tabs.close();
});

test('[RP71] records that can not be read are told and read again', async () => {
  await seedAndStart('unreadable');
  const reading = vi.spyOn(MetaDatabase.prototype, 'readDocuments').mockRejectedValueOnce(new Error('disk'));
  const replica = await openDevice('unreadable', { drawn: Promise.resolve(), timings: { retryMinMs: 5 } });
  await holds(replica.storage, ({ kind }) => kind === 'failed');
  await holds(replica.whole, Boolean);
  expect([textOf(replica, 9), reading.mock.calls.length]).toEqual(['text 9', 2]);
  reading.mockRestore();
});

test('[RP71] heads that are found damaged after the top was told are recovered, and catch-up begins anew', async () => {
  const namespace = 'damaged';
  await seedAndStart(namespace);
  await withMeta(namespace, (meta) => meta.putCatchUp({ epoch: 'epoch', cursor: 9 }));
  const database = await openDB(metaDatabaseName(namespace));
  await database.put('heads', 'garbage', chatDocument(chatAt(7)));
  database.close();
  const replica = await openDevice(namespace, { drawn: NEVER });
  expect(replica.whole.get()).toBe(false);
  await replica.openChat(chatAt(8));
  const { catchUp, heads } = await withMeta(namespace, (meta) => meta.read());
  expect([catchUp, heads.has(chatDocument(chatAt(7))), heads.has(chatDocument(chatAt(8)))]).toEqual([
    undefined,
    false,
    true,
  ]);
});

const latest = fc.record({
  id: fc.constant('5-1:0'),
  author: fc.integer({ min: 1, max: 9 }),
  text: fc.string({ unit: 'binary' }),
  timeMs: fc.integer({ min: 0, max: 1e13 }),
  sent: fc.boolean(),
});

test('[RP70] the top is read as it was encoded, and holds the standard chats, the pinned ones and the newest', () => {
  const standard = internalChatId(1 as CompanyId);
  fc.assert(
    fc.property(
      fc.array(fc.option(latest, { nil: undefined }), { maxLength: 80 }),
      fc.nat(79),
      (messages, pinnedAt) => {
        const chats = [standard, ...messages.map((_, index) => chatAt(index))];
        const summaries = new Map(
          [undefined, ...messages].map((message, index): [ChatId, ChatSummary] => {
            const chat = chats[index] ?? standard;
            return [chat, { chat, latest: message as ChatSummary['latest'] }];
          }),
        );
        const pinned = chatAt(pinnedAt);
        const unread = new Map(chats.map((chat, index) => [chat, index % 3] as const));
        const [pin, read, draft] = [markKey('pin', pinned), readKey(pinned), draftKey(chatAt(0))];
        const me = new Map<string, Json>([
          [pin, true],
          [read, 3],
          [draft, 'half a'],
          [draftKey(chatAt(1)), null],
        ]);
        const everybody = Array.from({ length: 200 }, (_, account) => personKey(account as Account));
        const company = new Map<string, Json>([COMPANY_KEY, ...everybody].map((key) => [key, { key }]));
        const top = parseTop(encodeTop({ unread, summaries, company, me }, ANNA));
        expect([...(top?.me ?? [])]).toEqual([...me].filter(([key]) => key === pin || key === draft));
        const named = [...(top?.summaries.values() ?? [])].flatMap(({ chat, latest: last }) => {
          const other = parseChatId(chat);
          return [...(other?.kind === 'private' ? other.accounts : []), ...(last === undefined ? [] : [last.author])];
        });
        expect(new Set(top?.company.keys())).toEqual(new Set([COMPANY_KEY, personKey(ANNA), ...named.map(personKey)]));
        for (const [key, value] of top?.company ?? []) expect(value).toEqual(company.get(key));
        expect(top?.unread).toEqual(new Map([...unread].filter(([, number]) => number > 0)));
        for (const [chat, summary] of top?.summaries ?? []) expect(summary).toEqual(summaries.get(chat));
        expect(top?.summaries.has(standard)).toBe(true);
        expect(top?.summaries.has(pinned)).toBe(summaries.has(pinned));
        const timeOf = (chat: ChatId): number => summaries.get(chat)?.latest?.timeMs ?? 0;
        const others = [...summaries.keys()].filter((chat) => chat !== standard && chat !== pinned);
        const told = others.filter((chat) => top?.summaries.has(chat) === true).map(timeOf);
        const left = others.filter((chat) => top?.summaries.has(chat) === false).map(timeOf);
        expect(left.length === 0 || Math.min(...told) >= Math.max(...left)).toBe(true);
      },
    ),
  );
});

test('[RP70] anything else is no top', () => {
  fc.assert(fc.property(fc.anything(), (value) => parseTop(value) === undefined));
  const whole = JSON.parse(
    encodeTop({ ...NOTHING, unread: new Map([[chatAt(1), 2]]), summaries: summaryOf(chatAt(1)) }, ANNA),
  ) as object;
  for (const change of [
    { unread: 1 },
    { unread: [['no chat', 1]] },
    { unread: [[chatAt(1), 'two']] },
    { latest: {} },
    { latest: [['no chat']] },
    { latest: [[chatAt(1), { id: 'x' }]] },
    { company: undefined },
    { company: [['person/1']] },
    { me: [[1, true]] },
  ]) {
    expect(parseTop(JSON.stringify({ ...whole, ...change }))).toBeUndefined();
  }
});
