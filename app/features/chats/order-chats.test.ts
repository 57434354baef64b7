import { expect, test } from 'vitest';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { orderChats, type ChatPlace } from './order-chats.ts';

const chat = (name: string, more: Partial<ChatPlace> = {}): ChatPlace => ({
  chat: name as ChatId,
  standard: false,
  pinned: false,
  latestMs: 0,
  ...more,
});
const byName = (one: string, other: string): number => one.localeCompare(other);

test('[C5 C9] standard chats stand first, then what is pinned, then what was last written in, then names', () => {
  const order = orderChats(
    [
      chat('old', { latestMs: 100 }),
      chat('silent b'),
      chat('pinned, silent', { pinned: true }),
      chat('new', { latestMs: 900 }),
      chat('internal', { standard: true, latestMs: 1 }),
      chat('silent a'),
      chat('pinned', { pinned: true, latestMs: 5 }),
    ],
    byName,
  );
  expect(order).toEqual(['internal', 'pinned', 'pinned, silent', 'new', 'old', 'silent a', 'silent b']);
});
