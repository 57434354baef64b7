import { afterAll, beforeAll, expect, test } from 'vitest';
import { privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import { devicesAt, holds, online, shows, texts } from './people.ts';

let installation: Installation;
const device = devicesAt(() => installation);
let anna: SignedInPerson;
let ben: SignedInPerson;
let chat: ChatId;

beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

/** Two new colleagues for each test, so that no test sees another's messages. */
async function twoPeople(): Promise<void> {
  anna = await installation.addPerson();
  ben = await installation.addPerson();
  chat = privateChatId(anna.account, ben.account);
}

test('[RP10] a message reaches the other person, who counts it as unread until it is read', async () => {
  await twoPeople();
  const [hers, his] = [await device(anna), await device(ben)];
  await Promise.all([online(hers.replica), online(his.replica)]);
  const [herView, hisView] = [await hers.replica.openChat(chat), await his.replica.openChat(chat)];
  await herView.append({ kind: 'message', text: 'Is the key with the caretaker?' });
  await shows(hisView, ['Is the key with the caretaker?']);
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
  expect(herView.messages.get()[0]?.arrival?.number).toBe(1);
  await holds(hisView.unread, (unread) => unread === 1);
  expect(herView.unread.get()).toBe(0);
  await hisView.markRead(1);
  await holds(his.replica.unreadByChat, (unread) => unread.get(chat) === 0);
});

test('[RP11] a chat that nobody has open on a device is brought there and counted', async () => {
  await twoPeople();
  const [hers, his] = [await device(anna), await device(ben)];
  await Promise.all([online(hers.replica), online(his.replica)]);
  const herView = await hers.replica.openChat(chat);
  await herView.append({ kind: 'message', text: 'one' });
  await herView.append({ kind: 'message', text: 'two' });
  await holds(his.replica.unreadByChat, (unread) => unread.get(chat) === 2);
  // From now on without network: it has to be on the device.
  his.cut();
  await his.stop();
  const again = await device(ben, { namespace: his.namespace, origin: 'http://127.0.0.1:9' });
  expect(texts(await again.replica.openChat(chat))).toEqual(['one', 'two']);
  await holds(again.replica.unreadByChat, (unread) => unread.get(chat) === 2);
});

test('[RP12] what was written without network goes out by itself when it is back, also from a chat that is closed', async () => {
  await twoPeople();
  const first = await device(anna);
  await online(first.replica);
  first.cut();
  await first.stop();
  const offline = await device(anna, { namespace: first.namespace, origin: 'http://127.0.0.1:9' });
  const view = await offline.replica.openChat(chat);
  for (let index = 0; index < 20; index += 1) await view.append({ kind: 'message', text: `offline ${index}` });
  expect(offline.replica.waiting.get()).toBe(20);
  await offline.stop();

  const back = await device(anna, { namespace: first.namespace });
  expect(back.replica.waiting.get()).toBe(20);
  await holds(back.replica.waiting, (waiting) => waiting === 0);
  const his = await device(ben);
  await shows(
    await his.replica.openChat(chat),
    Array.from({ length: 20 }, (_, index) => `offline ${index}`),
  );
});

test('[RP13] a backlog too long for a frame goes out in chunks', async () => {
  await twoPeople();
  const offline = await device(anna, { origin: 'http://127.0.0.1:9' });
  const view = await offline.replica.openChat(chat);
  const long = 'x'.repeat(5_000);
  await Promise.all(
    Array.from({ length: 300 }, (_, index) => view.append({ kind: 'message', text: `${index} ${long}` })),
  );
  await offline.stop();
  const back = await device(anna, { namespace: offline.namespace });
  await holds(back.replica.waiting, (waiting) => waiting === 0, 30_000);
  const his = await device(ben);
  const hisView = await his.replica.openChat(chat);
  await holds(hisView.messages, (messages) => messages.length === 300);
});

test('[RP14] two tabs of one person are in step with the server and with each other', async () => {
  await twoPeople();
  const one = await device(anna);
  const other = await device(anna, { namespace: one.namespace });
  const his = await device(ben);
  const views = await Promise.all([one, other, his].map(({ replica }) => replica.openChat(chat)));
  const [inOne, inOther, hisView] = views;
  if (inOne === undefined || inOther === undefined || hisView === undefined) throw new Error('not opened');
  await inOne.append({ kind: 'message', text: 'a' });
  await inOther.append({ kind: 'message', text: 'b' });
  await shows(hisView, ['a', 'b']);
  await hisView.append({ kind: 'message', text: 'c' });
  await Promise.all([shows(inOne, ['a', 'b', 'c']), shows(inOther, ['a', 'b', 'c'])]);
  await inOne.markRead(3);
  await holds(other.replica.unreadByChat, (unread) => unread.get(chat) === 0);
  await Promise.all([one, other].map(({ replica }) => holds(replica.waiting, (waiting) => waiting === 0)));
});

test('[RP15] nothing is lost or doubled when the server stops and comes back', async () => {
  await twoPeople();
  const [hers, his] = [await device(anna), await device(ben)];
  await Promise.all([online(hers.replica), online(his.replica)]);
  const [herView, hisView] = [await hers.replica.openChat(chat), await his.replica.openChat(chat)];
  await herView.append({ kind: 'message', text: 'before' });
  await shows(hisView, ['before']);
  const restarted = installation.restart();
  await herView.append({ kind: 'message', text: 'meanwhile' });
  await restarted;
  await herView.append({ kind: 'message', text: 'after' });
  await Promise.all([hers.wake(), his.wake()]);
  await shows(hisView, ['before', 'meanwhile', 'after']);
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
});

test('[RP16] without a session the replica says so, keeps everything, and sends it after the next sign-in', async () => {
  await twoPeople();
  const stranger = await device(anna, { cookie: 'none=1' });
  await holds(stranger.replica.connection, (connection) => connection.kind === 'signed-out');
  const view = await stranger.replica.openChat(chat);
  await view.append({ kind: 'message', text: 'kept' });
  expect(stranger.replica.waiting.get()).toBe(1);
  await stranger.stop();
  const back = await device(anna, { namespace: stranger.namespace });
  await holds(back.replica.waiting, (waiting) => waiting === 0);
});

test('[RP17] edits, reactions and retractions reach the other person', async () => {
  await twoPeople();
  const [hers, his] = [await device(anna), await device(ben)];
  const [herView, hisView] = [await hers.replica.openChat(chat), await his.replica.openChat(chat)];
  const kept = await herView.append({ kind: 'message', text: 'teh' });
  const gone = await herView.append({ kind: 'message', text: 'secret' });
  if (kept.kind !== 'waiting' || gone.kind !== 'waiting') throw new Error('not kept');
  await shows(hisView, ['teh', 'secret']);
  await herView.append({ kind: 'edit', target: kept.id, text: 'the' });
  await herView.append({ kind: 'retraction', target: gone.id });
  await hisView.append({ kind: 'reaction', target: kept.id, emoji: '👍' });
  await shows(hisView, ['the']);
  await holds(herView.messages, ([message]) => message?.reactions[0]?.accounts[0] === ben.account);
  await holds(hisView.unread, (unread) => unread === 1);
});
