import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { CHAT, CHAT_DOCUMENT, holds } from '../../../tests/support/offline-replica.ts';
import { deliveryOf } from '../../model/chat/receipts.ts';
import type { Account } from '../../model/log/writer.ts';
import { chatDocument } from '../../model/protocol/document-name.ts';
import { MetaDatabase } from '../storage/meta-database.ts';
import { ReceiptsCache } from './receipts-cache.ts';

const BEN = 6 as Account;

test('[RP65] what the server told last is shown at once, kept, and there at the next start', async () => {
  const meta = await MetaDatabase.open('receipts-kept');
  const cache = new ReceiptsCache(meta);
  const receipts = cache.of(CHAT);
  expect(deliveryOf(1, receipts.get()).state).toBe('sent');
  cache.hear(CHAT_DOCUMENT, { kind: 'receipts', people: [[BEN, 3, 1]] });
  cache.hear(CHAT_DOCUMENT, { kind: 'receipts', people: [[BEN, 3, 2]] });
  expect([1, 2, 3, 4].map((number) => deliveryOf(number, receipts.get()).state)).toEqual([
    'read',
    'read',
    'delivered',
    'sent',
  ]);
  await cache.saved();
  const next = new ReceiptsCache(meta).of(CHAT);
  await holds(next, (kept) => deliveryOf(2, kept).state === 'read');
  meta.close();
});

test('[RC3] [RP65] counts of a large chat are kept the same way, and those of a chat that nobody has open, too', async () => {
  const meta = await MetaDatabase.open('receipts-counts');
  const cache = new ReceiptsCache(meta);
  cache.hear(CHAT_DOCUMENT, {
    kind: 'receipt-counts',
    members: 40,
    delivered: [
      [9, 12],
      [4, 40],
    ],
    read: [[4, 1]],
  });
  await cache.saved();
  const kept = new ReceiptsCache(meta).of(CHAT);
  await holds(kept, ({ kind }) => kind === 'counts');
  expect(deliveryOf(4, kept.get())).toEqual({ state: 'delivered', deliveredTo: 40, readBy: 1, of: 40 });
  expect(deliveryOf(9, kept.get())).toMatchObject({ state: 'sent', deliveredTo: 12 });
  meta.close();
});

test('[RP65] what was heard while the kept ones were read is newer than they are', async () => {
  const meta = await MetaDatabase.open('receipts-race');
  const before = new ReceiptsCache(meta);
  before.hear(CHAT_DOCUMENT, { kind: 'receipts', people: [[BEN, 1, 0]] });
  await before.saved();
  const cache = new ReceiptsCache(meta);
  const receipts = cache.of(CHAT);
  cache.hear(chatDocument(CHAT), { kind: 'receipts', people: [[BEN, 5, 5]] });
  await meta.receiptsOf(CHAT);
  await cache.saved();
  expect(deliveryOf(5, receipts.get()).state).toBe('read');
  meta.close();
});

test('[RP65] what was heard before anybody looked at the chat is there at once, though an earlier word is still on its way to the disk', async () => {
  const meta = await MetaDatabase.open('receipts-early');
  const cache = new ReceiptsCache(meta);
  cache.hear(CHAT_DOCUMENT, { kind: 'receipts', people: [[BEN, 1, 0]] });
  await new Promise((resolve) => setImmediate(resolve));
  cache.hear(CHAT_DOCUMENT, { kind: 'receipts', people: [[BEN, 1, 1]] });
  const receipts = cache.of(CHAT);
  expect(deliveryOf(1, receipts.get()).state).toBe('read');
  await cache.saved();
  expect(deliveryOf(1, receipts.get()).state).toBe('read');
  meta.close();
});
