import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { parsePerson, personKey } from '../../crdt/model/company/company-facts.ts';
import { markedChats, markKey, settingKey, settingOf } from '../../crdt/model/me/me-entries.ts';
import { companyDocument, privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { Replica } from '../../crdt/replica/contract.ts';
import { metaDatabaseName } from '../../crdt/replica/documents/device.ts';
import { MetaDatabase } from '../../crdt/replica/storage/meta-database.ts';
import { openInstallation, request, type Installation, type SignedInPerson } from '../support/installation.ts';
import { devicesAt, holds, online, shows } from './people.ts';

let installation: Installation;
const device = devicesAt(() => installation);
let anna: SignedInPerson;
let ben: SignedInPerson;
let chat: ChatId;

beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());
beforeEach(async () => {
  anna = await installation.addPerson();
  ben = await installation.addPerson();
  chat = privateChatId(anna.account, ben.account);
});

/** The newest message of the chat in the device's list, with its unread number. */
const listed = ({ summaries, unreadByChat }: Replica) => {
  const latest = summaries.get().get(chat)?.latest;
  return { text: latest?.text, author: latest?.author, sent: latest?.sent, unread: unreadByChat.get().get(chat) ?? 0 };
};

const lists = (replica: Replica, text: string | undefined, sent = true): Promise<unknown> =>
  holds(replica.summaries, (summaries) => {
    const latest = summaries.get(chat)?.latest;
    return latest?.text === text && (latest?.sent ?? sent) === sent;
  });

test('[RP61] the newest message follows on all devices, chat open or not: sent, edited, retracted', async () => {
  const hers = await device(anna);
  const phone = await device(anna);
  const his = await device(ben);
  const view = await hers.replica.openChat(chat);
  await view.append({ kind: 'message', text: 'one' });
  const second = await view.append({ kind: 'message', text: 'two' });
  if (second.kind !== 'waiting') throw new Error(second.kind);
  for (const { replica } of [hers, phone, his]) await lists(replica, 'two');
  await holds(his.replica.unreadByChat, (unread) => unread.get(chat) === 2);
  expect(listed(phone.replica)).toEqual({ text: 'two', author: anna.account, sent: true, unread: 0 });

  await view.append({ kind: 'edit', target: second.id, text: 'two, edited' });
  for (const { replica } of [hers, phone, his]) await lists(replica, 'two, edited');
  await view.append({ kind: 'retraction', target: second.id });
  for (const { replica } of [hers, phone, his]) await lists(replica, 'one');
  await holds(his.replica.unreadByChat, (unread) => unread.get(chat) === 1);
});

test('[RP60] [RP62] a device that starts without network lists what it had, and what it writes then', async () => {
  const namespace = 'lists-offline';
  const his = await device(ben);
  const hers = await device(anna, { namespace });
  await online(hers.replica);
  await (await his.replica.openChat(chat)).append({ kind: 'message', text: 'from Ben' });
  await lists(hers.replica, 'from Ben');
  await holds(hers.replica.unreadByChat, (unread) => unread.get(chat) === 1);
  await hers.stop();

  const offline = await device(anna, { namespace, origin: 'http://127.0.0.1:1' });
  expect(listed(offline.replica)).toEqual({ text: 'from Ben', author: ben.account, sent: true, unread: 1 });
  const view = await offline.replica.openChat(chat);
  await view.append({ kind: 'message', text: 'from the basement' });
  expect(listed(offline.replica)).toMatchObject({ text: 'from the basement', sent: false });
  offline.cut();
  await offline.stop();

  const back = await device(anna, { namespace });
  expect(listed(back.replica).text).toBe('from the basement');
  await lists(back.replica, 'from the basement');
  await lists(his.replica, 'from the basement');
});

test('[TL14] [RP61] an edit that waits is told as waiting in the conversation and in the list, until the server has it', async () => {
  const namespace = 'edit-waits';
  const hers = await device(anna, { namespace });
  const view = await hers.replica.openChat(chat);
  const sent = await view.append({ kind: 'message', text: 'seven' });
  if (sent.kind !== 'waiting') throw new Error(sent.kind);
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
  await hers.stop();

  const offline = await device(anna, { namespace, origin: 'http://127.0.0.1:1' });
  const edited = await offline.replica.openChat(chat);
  await edited.append({ kind: 'edit', target: sent.id, text: 'eight' });
  expect(edited.messages.get()).toMatchObject([{ text: 'eight', pendingEdit: true }]);
  expect(edited.messages.get()[0]?.arrival).toBeDefined();
  expect(listed(offline.replica)).toMatchObject({ text: 'eight', sent: false });
  await offline.stop();

  const back = await device(anna, { namespace });
  const again = await back.replica.openChat(chat);
  await holds(again.messages, ([message]) => message?.text === 'eight' && !message.pendingEdit);
  await lists(back.replica, 'eight');
});

test('[FA14] pins, mutes and settings follow to the other device, also what was set without network', async () => {
  const namespace = 'pins';
  const phone = await device(anna);
  const hers = await device(anna, { namespace });
  await hers.replica.setMine(markKey('pin', chat), true);
  await hers.replica.setMine(settingKey('read-receipts'), false);
  await holds(phone.replica.me.facts, (facts) => markedChats(facts, 'pin').has(chat));
  await holds(phone.replica.me.facts, (facts) => !settingOf(facts, 'read-receipts'));
  await hers.stop();
  const offline = await device(anna, { namespace, origin: 'http://127.0.0.1:1' });
  await offline.replica.setMine(markKey('pin', chat), null);
  await offline.replica.setMine(markKey('mute', chat), true);
  await offline.replica.setMine(settingKey('mute-all'), true);
  await offline.stop();
  await device(anna, { namespace });
  await holds(phone.replica.me.facts, (facts) => markedChats(facts, 'mute').has(chat) && settingOf(facts, 'mute-all'));
  expect([...markedChats(phone.replica.me.facts.get(), 'pin')]).toEqual([]);
});

test('[RP60] what one device reads is read in the list of the other', async () => {
  const his = await device(ben);
  const [hers, phone] = [await device(anna), await device(anna)];
  const sent = await his.replica.openChat(chat);
  await sent.append({ kind: 'message', text: 'one' });
  await sent.append({ kind: 'message', text: 'two' });
  await holds(phone.replica.unreadByChat, (unread) => unread.get(chat) === 2);
  const view = await hers.replica.openChat(chat);
  await shows(view, ['one', 'two']);
  await view.markRead(view.messages.get()[0]?.arrival?.number ?? 0);
  await holds(phone.replica.unreadByChat, (unread) => unread.get(chat) === 1);
  expect(listed(phone.replica)).toMatchObject({ text: 'two', unread: 1 });
});

async function keptCompany(namespace: string): Promise<unknown> {
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  const kept = await meta.factsOf(companyDocument(anna.company));
  meta.close();
  return kept;
}

test('[RP66] a device that started from kept facts follows a change in the company, and who has not changed is the same object', async () => {
  const namespace = 'kept-company';
  const first = await device(anna, { namespace });
  await holds(first.replica.companyFacts.facts, (facts) => facts.has(personKey(ben.account)));
  await vi.waitFor(async () => expect(await keptCompany(namespace)).toBeDefined(), { timeout: 15_000 });
  await first.stop();
  const hers = await device(anna, { namespace });
  const before = hers.replica.companyFacts.facts.get();
  expect(before.get(personKey(ben.account))).toBeDefined();
  await online(hers.replica);
  const profile = { first: 'Benjamin', last: 'Moll', city: 'Köln' };
  const answer = await request(installation, '/api/profile', { method: 'PUT', cookie: ben.cookie, json: profile });
  expect(answer.status).toBe(200);
  const after = await holds(
    hers.replica.companyFacts.facts,
    (facts) => parsePerson(facts.get(personKey(ben.account)))?.first === 'Benjamin',
  );
  expect(after.get(personKey(anna.account))).toBe(before.get(personKey(anna.account)));
});
