import { expect, test } from 'vitest';
import type { Json } from '../log/append.ts';
import type { Account } from '../log/writer.ts';
import { privateChatId } from '../protocol/document-name.ts';
import { inboxChatKey, inboxChats } from './inbox-facts.ts';

test('[FA11] the inbox lists chats with their latest page and where one joined; the rest is left out', () => {
  const chat = privateChatId(2 as Account, 3 as Account);
  const facts = new Map<string, Json>([
    [inboxChatKey(chat), { pages: 3, joined: 12, colour: 'of a later version' }],
    ['chat/i-1', { pages: 0, joined: 0 }],
    ['chat/q-1', { pages: 1, joined: 0 }],
    ['chat/i-2', 'nonsense'],
    ['requests', 4],
  ]);
  expect(inboxChats(facts)).toEqual(new Map([[chat, { pages: 3, joined: 12 }]]));
});
