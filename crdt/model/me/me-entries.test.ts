import { expect, test } from 'vitest';
import type { Json } from '../log/append.ts';
import { HEAD } from '../log/entry-kind.ts';
import { LIMITS } from '../log/limits.ts';
import { encodeSet } from '../log/set-entry.ts';
import { stampAt } from '../log/stamp.ts';
import type { Account } from '../log/writer.ts';
import { internalChatId, privateChatId, type CompanyId } from '../protocol/document-name.ts';
import { draftKey, draftOf, meVocabulary, parseMeKey, readKey, readMarker } from './me-entries.ts';

const ANNA = 2 as Account;
const chat = privateChatId(ANNA, 3 as Account);
const internal = internalChatId(1 as CompanyId);
const check = (key: string, value: Json): string | undefined => meVocabulary(encodeSet(stampAt(0), key, value), ANNA);

test('[FA7] me takes read markers and drafts of chats', () => {
  expect(check(readKey(chat), 7)).toBeUndefined();
  expect(check(draftKey(internal), 'half a senten')).toBeUndefined();
  expect(check(draftKey(internal), null)).toBeUndefined();
});

test.each<[string, string, Json]>([
  ['key', 'read/x-1', 7],
  ['key', 'read/', 7],
  ['key', 'colour', 'red'],
  ['value', readKey(chat), -1],
  ['value', readKey(chat), '7'],
  ['value', readKey(chat), null],
  ['value', draftKey(chat), 7],
  ['value', draftKey(chat), 'x'.repeat(LIMITS.textLength + 1)],
  ['value', draftKey(chat), '\ud800'],
])('[FA7] me refuses a wrong %s: %s', (reason, key, value) => {
  expect(check(key, value)).toBe(reason);
});

test('[FA7] me refuses messages', () => {
  expect(meVocabulary([HEAD.message, 0, 'hello'], ANNA)).toBe('head');
});

test('[FA8] keys and values are read back; what is not understood is as if it were not there', () => {
  expect(parseMeKey(draftKey(chat))).toEqual({ kind: 'draft', chat });
  expect(parseMeKey('pin/p-2-3')).toBeUndefined();
  const values = new Map<string, Json>([
    [readKey(chat), 7],
    [draftKey(chat), { text: 'later version' }],
    [readKey(internal), 'x'],
  ]);
  expect([readMarker(values, chat), readMarker(values, internal), draftOf(values, chat)]).toEqual([7, 0, '']);
});
