import { expect, test } from 'vitest';
import { writer } from '../../../tests/support/chat-builder.ts';
import { ANNA, CHAT, holds, offlineDevices } from '../../../tests/support/offline-replica.ts';
import { storedDevices, type StoredChats } from '../../../tests/support/stored-chats.ts';
import { HEAD } from '../../model/log/entry-kind.ts';
import { stampAt } from '../../model/log/stamp.ts';
import type { Account } from '../../model/log/writer.ts';
import { privateChatId } from '../../model/protocol/document-name.ts';
// Loading it would be a pause of its own.
import './sync.ts';

const openDevice = offlineDevices();
const openStored = storedDevices();
const BEN = 6;

/** A chat of which these pages lie on the device. */
async function stored(namespace: string, pages: readonly number[]): Promise<StoredChats> {
  const chats = await openStored(namespace);
  for (const number of pages) {
    const page = chats.page(CHAT, number);
    const by = writer(BEN, number);
    page.append(by, [HEAD.message, stampAt(1e12 + number), `page ${number}`]);
    page.arrive(by, 1e12 + number);
    await chats.store(CHAT, number);
  }
  return chats;
}

test('[RP74] without a line a device tells how many pages are left, and nothing before it knows of any', async () => {
  const chats = await stored('left', [4, 6]);
  await chats.list(CHAT, 6);
  const replica = await openDevice('left');
  expect(await holds(replica.history, ({ kind }) => kind !== 'unknown')).toEqual({
    kind: 'waiting',
    left: 4,
    total: 6,
  });
  const fresh = await openDevice('fresh');
  expect(fresh.history.get()).toEqual({ kind: 'unknown' });
});

test('[RP74] where all pages are whole nothing is left', async () => {
  const chats = await stored('whole', [1, 2]);
  await chats.list(CHAT, 2);
  const replica = await openDevice('whole');
  expect(await holds(replica.history, ({ kind }) => kind !== 'unknown')).toEqual({ kind: 'whole', total: 2 });
});

test('[RP74] of a chat that is not the person’s any more nothing is left', async () => {
  const chats = await stored('lost', [1]);
  const other = privateChatId(ANNA, 7 as Account);
  await chats.list(CHAT, 1);
  await chats.list(other, 3);
  const replica = await openDevice('lost');
  expect(await holds(replica.history, ({ kind }) => kind !== 'unknown')).toEqual({
    kind: 'waiting',
    left: 3,
    total: 4,
  });
  await chats.list(other, 0);
  expect(await holds(replica.history, ({ kind }) => kind !== 'waiting')).toEqual({ kind: 'whole', total: 1 });
});

test('[RP75] history that is paused without a line stays so at the next start, and is told in the other tab', async () => {
  const chats = await stored('paused', [2]);
  await chats.list(CHAT, 2);
  const first = await openDevice('paused');
  await holds(first.history, ({ kind }) => kind === 'waiting');
  const other = await openDevice('paused');
  await holds(other.history, ({ kind }) => kind === 'waiting');
  await other.pauseHistory(true);
  await holds(first.history, ({ kind }) => kind === 'paused');
  await holds(other.history, ({ kind }) => kind === 'paused');
  await Promise.all([first.stop(), other.stop()]);
  const again = await openDevice('paused');
  expect(await holds(again.history, ({ kind }) => kind !== 'unknown')).toEqual({ kind: 'paused', left: 1, total: 2 });
});
