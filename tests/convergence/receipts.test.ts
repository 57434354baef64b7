import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { deliveryOf, type Delivery } from '../../crdt/model/chat/receipts.ts';
import { settingKey } from '../../crdt/model/me/me-entries.ts';
import { internalChatId, privateChatId } from '../../crdt/model/protocol/document-name.ts';
import type { ChatView } from '../../crdt/replica/contract.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import type { NodeDevice } from '../support/replica-client.ts';
import { holds, openDevice, shows, type DeviceOptions } from './people.ts';

let installation: Installation;
const open: NodeDevice[] = [];

beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());
afterEach(async () => {
  for (const device of open.splice(0)) await device.stop();
});

async function device(person: SignedInPerson, options?: DeviceOptions): Promise<NodeDevice> {
  const opened = await openDevice(installation, person, options);
  open.push(opened);
  return opened;
}

const lastNumber = (view: ChatView): number => view.messages.get().at(-1)?.arrival?.number ?? 0;
const deliveryOfLast = (view: ChatView): Delivery => deliveryOf(lastNumber(view), view.receipts.get());
const isDelivered = (view: ChatView, state: Delivery['state']): Promise<unknown> =>
  holds(view.receipts, () => lastNumber(view) > 0 && deliveryOfLast(view).state === state);

async function readAll(view: ChatView): Promise<void> {
  await view.markRead(lastNumber(view));
}

test('[RC1] [RP64] a message to one person is sent, delivered when their device has it, read when they have read it', async () => {
  const [anna, ben] = [await installation.addPerson(), await installation.addPerson()];
  const chat = privateChatId(anna.account, ben.account);
  const hers = await device(anna);
  const view = await hers.replica.openChat(chat);
  await view.append({ kind: 'message', text: 'hello' });
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
  expect(deliveryOfLast(view).state).toBe('sent');

  // His device fetches it without opening the chat.
  const his = await device(ben);
  await isDelivered(view, 'delivered');
  const hisView = await his.replica.openChat(chat);
  await shows(hisView, ['hello']);
  await readAll(hisView);
  await isDelivered(view, 'read');
});

test('[RC1] [RP64] with three people it is delivered and read when it is so for both others', async () => {
  const office = await openInstallation();
  try {
    const [anna, ben, clara] = [office.administrator, await office.addPerson(), await office.addPerson()];
    const [hers, his, theirs] = [
      await openDevice(office, anna),
      await openDevice(office, ben),
      await openDevice(office, clara),
    ];
    open.push(hers, his, theirs);
    const chat = internalChatId(anna.company);
    const view = await hers.replica.openChat(chat);
    await theirs.stop();
    await view.append({ kind: 'message', text: 'to everybody' });
    const hisView = await his.replica.openChat(chat);
    await shows(hisView, ['to everybody']);
    await readAll(hisView);
    await holds(view.receipts, () => deliveryOfLast(view).readBy === 1);
    expect(deliveryOfLast(view)).toEqual({ state: 'sent', deliveredTo: 1, readBy: 1, of: 2 });

    const again = await openDevice(office, clara, { namespace: theirs.namespace });
    open.push(again);
    await isDelivered(view, 'delivered');
    const theirView = await again.replica.openChat(chat);
    await shows(theirView, ['to everybody']);
    await readAll(theirView);
    await isDelivered(view, 'read');
  } finally {
    for (const opened of open.splice(0)) await opened.stop();
    await office.close();
  }
});

test('[RP64] what was delivered while the server stopped and started is told to the next one', async () => {
  const [anna, ben] = [await installation.addPerson(), await installation.addPerson()];
  const chat = privateChatId(anna.account, ben.account);
  const [hers, his] = [await device(anna), await device(ben)];
  const view = await hers.replica.openChat(chat);
  await view.append({ kind: 'message', text: 'hello' });
  // Stored on his device, and not yet told: that is gathered for a second.
  await holds(his.replica.unreadByChat, (unread) => unread.get(chat) === 1);
  expect(deliveryOfLast(view).state).toBe('sent');
  await installation.restart();
  await isDelivered(view, 'delivered');
});

test('[RP65] receipts are readable without network, and what was missed comes with the next line', async () => {
  const [anna, ben] = [await installation.addPerson(), await installation.addPerson()];
  const chat = privateChatId(anna.account, ben.account);
  const namespace = 'receipts-offline';
  const his = await device(ben);
  const hers = await device(anna, { namespace });
  const view = await hers.replica.openChat(chat);
  await view.append({ kind: 'message', text: 'hello' });
  await isDelivered(view, 'delivered');
  await hers.stop();

  const offline = await device(anna, { namespace, origin: 'http://127.0.0.1:1' });
  const offlineView = await offline.replica.openChat(chat);
  await isDelivered(offlineView, 'delivered');
  await offline.stop();
  const hisView = await his.replica.openChat(chat);
  await shows(hisView, ['hello']);
  await readAll(hisView);
  await holds(his.replica.waiting, (waiting) => waiting === 0);

  const back = await device(anna, { namespace });
  await isDelivered(await back.replica.openChat(chat), 'read');
});

test('[RC2] who tells nobody what they read is told of nobody, and delivered stays', async () => {
  const [anna, ben] = [await installation.addPerson(), await installation.addPerson()];
  const chat = privateChatId(anna.account, ben.account);
  const [hers, his] = [await device(anna), await device(ben)];
  await hers.replica.setMine(settingKey('read-receipts'), false);
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
  const [view, hisView] = [await hers.replica.openChat(chat), await his.replica.openChat(chat)];
  await view.append({ kind: 'message', text: 'hers' });
  await shows(hisView, ['hers']);
  await readAll(hisView);
  await hisView.append({ kind: 'message', text: 'his' });
  await shows(view, ['hers', 'his']);
  await readAll(view);
  // His message is delivered to her and never read, hers to him the same, whatever was read.
  await isDelivered(hisView, 'delivered');
  await holds(view.receipts, () => deliveryOf(1, view.receipts.get()).state === 'delivered');
  await holds(his.replica.waiting, (waiting) => waiting === 0);
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
  expect(deliveryOf(1, view.receipts.get()).readBy).toBe(0);
  expect(deliveryOf(2, hisView.receipts.get()).readBy).toBe(0);
  // Told again, it counts again, both ways.
  await hers.replica.setMine(settingKey('read-receipts'), true);
  await isDelivered(hisView, 'read');
  await holds(view.receipts, () => deliveryOf(1, view.receipts.get()).state === 'read');
});
