import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writer } from '../../../tests/support/chat-builder.ts';
import type { Account } from '../log/writer.ts';
import { chatDocument, internalChatId, privateChatId, type CompanyId } from './document-name.ts';
import {
  BUMP_HEADS,
  DELIVERED_CHATS,
  encodeStateless,
  parseFromClient,
  parseFromServer,
  type FromServer,
  type HeadTuple,
} from './stateless.ts';

const chat = internalChatId(1 as CompanyId);

test.each<FromServer>([
  { kind: 'welcome', epoch: 'e-1', serverTimeMs: 1_700_000_000_000 },
  { kind: 'refused', code: 'bad-entry', detail: 'text', writers: [writer(2, 7)] },
  { kind: 'bump', heads: [[chatDocument(chat, 3), 12, 99]] },
  { kind: 'time', sentAtMs: 5.25, serverTimeMs: 6 },
  { kind: 'receipts', people: [[3 as Account, 12, 9]] },
  {
    kind: 'receipt-counts',
    members: 30,
    delivered: [
      [12, 3],
      [2, 30],
    ],
    read: [],
  },
])('[NM3] the server says $kind', (message) => {
  expect(parseFromServer(encodeStateless(message))).toEqual(message);
});

test('[NM3] the client asks for the time', () => {
  expect(parseFromClient(encodeStateless({ kind: 'time', sentAtMs: 5 }))).toEqual({ kind: 'time', sentAtMs: 5 });
  expect(parseFromClient(encodeStateless({ kind: 'welcome', epoch: 'e', serverTimeMs: 1 }))).toBeUndefined();
});

test('[NM3] the client tells how far it has stored its chats', () => {
  const delivered = { kind: 'delivered', chats: [[chat, 12] as const] } as const;
  expect(parseFromClient(encodeStateless(delivered))).toEqual(delivered);
});

test.each<[string, unknown[]]>([
  ['a chat that is none', ['chat/i-1', 1]],
  ['a negative number', [chat, -1]],
  ['a broken number', [chat, 1.5]],
  ['no number', [chat]],
  ['a number too many', [chat, 1, 1]],
])('[NM4] a report about %s is no message', (_, told) => {
  expect(parseFromClient(JSON.stringify({ kind: 'delivered', chats: [told] }))).toBeUndefined();
});

test('[NM4] reports are bounded, and the longest is within the bound of a message', () => {
  const longest = privateChatId(2_097_150 as Account, 2_097_151 as Account);
  const chats = Array.from({ length: DELIVERED_CHATS }, () => [longest, 2 ** 53 - 1] as const);
  expect(parseFromClient(encodeStateless({ kind: 'delivered', chats }))?.kind).toBe('delivered');
  const more = [...chats, [longest, 1] as const];
  expect(parseFromClient(encodeStateless({ kind: 'delivered', chats: more }))).toBeUndefined();
});

test.each<[string, string]>([
  ['no JSON', '{"kind":'],
  ['no object', '7'],
  ['nothing', ''],
  ['an unknown kind', '{"kind":"typing"}'],
  ['no kind', '{"epoch":"e","serverTimeMs":1}'],
  ['a missing member', '{"kind":"welcome","epoch":"e"}'],
  ['a member too many', '{"kind":"welcome","epoch":"e","serverTimeMs":1,"more":1}'],
  ['a time that is a text', '{"kind":"welcome","epoch":"e","serverTimeMs":"1"}'],
  ['a document that is none', '{"kind":"bump","heads":[["chat/../secret",1,1]]}'],
  ['a negative number', '{"kind":"bump","heads":[["chat/i-1",-1,1]]}'],
  ['a head that is too long', '{"kind":"bump","heads":[["chat/i-1",1,1,1]]}'],
  ['a writer of nobody', '{"kind":"refused","code":"gap","detail":"","writers":[7]}'],
])('[NM4] %s is no message', (_, payload) => {
  expect(parseFromServer(payload)).toBeUndefined();
});

test('[NM4] messages are bounded, and the longest bump is within the bound', () => {
  const head: HeadTuple = [
    chatDocument(internalChatId(999_999_999 as CompanyId), 999_999_999),
    2 ** 53 - 1,
    2 ** 53 - 1,
  ];
  const heads = Array.from({ length: BUMP_HEADS }, () => head);
  expect(parseFromServer(encodeStateless({ kind: 'bump', heads }))?.kind).toBe('bump');
  expect(parseFromServer(encodeStateless({ kind: 'bump', heads: [...heads, head] }))).toBeUndefined();
  expect(parseFromServer(`{"kind":"time","sentAtMs":1,"serverTimeMs":1${' '.repeat(70_000)}}`)).toBeUndefined();
});

test('[NM4] nothing that comes in makes the parser throw', () => {
  const json = fc.oneof(
    fc.json(),
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify({ kind: 'bump', heads: value })),
  );
  fc.assert(
    fc.property(json, (payload) => {
      for (const parsed of [parseFromServer(payload), parseFromClient(payload)]) {
        expect(parsed === undefined || typeof parsed.kind === 'string').toBe(true);
      }
    }),
  );
  expect(parseFromServer('['.repeat(60_000))).toBeUndefined();
});
