import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { ANNA, CHAT, holds, offlineDevices } from '../../tests/support/offline-replica.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import { internalChatId, privateChatId, type CompanyId } from '../../crdt/model/protocol/document-name.ts';
import { markKey } from '../../crdt/model/me/me-entries.ts';
import { encodeTop } from '../../crdt/replica/chat/list-top.ts';
import { metaDatabaseName } from '../../crdt/replica/documents/device.ts';
import { MetaDatabase } from '../../crdt/replica/storage/meta-database.ts';
import { houseOf, type House } from './house.ts';

const openDevice = offlineDevices();
const COMPANY = 1 as CompanyId;
const OTHER = privateChatId(ANNA, 8 as Account);

const openHouse = async (namespace: string): Promise<House> =>
  createRoot(() => openDevice(namespace)).then((replica) => houseOf(replica, namespace, ANNA, COMPANY));

test('[C9 C10] pins, mutes and settings are there at once, stay, and are taken back', async () => {
  const house = await openHouse('house-marks');
  expect([house.muteAll(), house.readReceipts(), house.pinned().size, house.muted().size]).toEqual([false, true, 0, 0]);
  await house.setPinned(CHAT, true);
  await house.setMuted(OTHER, true);
  await house.setMuteAll(true);
  await house.setReadReceipts(false);
  const again = await openHouse('house-marks');
  for (const one of [house, again]) {
    expect([[...one.pinned()], [...one.muted()]]).toEqual([[CHAT], [OTHER]]);
    expect([one.muteAll(), one.readReceipts()]).toEqual([true, false]);
  }
  await house.setPinned(CHAT, false);
  expect(house.pinned().size).toBe(0);
});

test('[C5 C12] a chat is known by a mark, a draft or an own message, and is listed once', async () => {
  const house = await openHouse('house-chats');
  expect(house.chats()).toEqual([internalChatId(COMPANY)]);
  await house.setPinned(CHAT, true);
  await house.keepDraft(CHAT, 'half a sentence');
  const view = await house.openChat(OTHER);
  await view.append({ kind: 'message', text: 'hello' });
  expect(house.chats().toSorted()).toEqual([internalChatId(COMPANY), CHAT, OTHER].toSorted());
  const listed = house.chats();
  await house.keepDraft(CHAT, 'half a sentence more');
  expect(house.chats()).toBe(listed);
  expect(house.summaries().get(OTHER)?.latest).toMatchObject({ text: 'hello', sent: false });
  expect([house.waiting(), house.waitingMine(), house.totalUnread()]).toEqual([1, 3, 0]);
});

test('[C5 C9] while a start has told the top of the list alone, that and what is pinned are the list', async () => {
  const namespace = 'house-top';
  const [pinned, muted] = [OTHER, privateChatId(ANNA, 9 as Account)];
  const before = await openHouse(namespace);
  await before.setPinned(pinned, true);
  await before.setMuted(muted, true);
  await before.close();
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  // As if the server had them.
  await meta.unmarkUnsent(await meta.unsentMarks());
  await meta.putDigests(
    [],
    encodeTop(
      {
        unread: new Map([[CHAT, 3]]),
        summaries: new Map([[CHAT, { chat: CHAT, latest: undefined }]]),
        company: new Map(),
        me: new Map([[markKey('pin', pinned), true]]),
      },
      ANNA,
    ),
  );
  meta.close();
  let draw = (): void => undefined;
  const replica = await openDevice(namespace, { drawn: new Promise<void>((resolve) => (draw = resolve)) });
  const house = houseOf(replica, namespace, ANNA, COMPANY);
  expect(house.chats().toSorted()).toEqual([internalChatId(COMPANY), CHAT, pinned].toSorted());
  expect([house.totalUnread(), house.unread().get(CHAT)]).toEqual([3, 3]);
  draw();
  await holds(replica.whole, Boolean);
  expect(house.chats().toSorted()).toEqual([internalChatId(COMPANY), pinned, muted].toSorted());
  expect(house.totalUnread()).toBe(0);
});
