import { expect, test } from 'vitest';
import type { Json } from '../log/append.ts';
import { HEAD } from '../log/entry-kind.ts';
import { LIMITS } from '../log/limits.ts';
import { encodeSet } from '../log/set-entry.ts';
import { stampAt } from '../log/stamp.ts';
import type { Account } from '../log/writer.ts';
import { internalChatId, privateChatId, type CompanyId } from '../protocol/document-name.ts';
import {
  draftKey,
  draftOf,
  markedChats,
  markKey,
  meVocabulary,
  parseMeKey,
  readKey,
  readMarker,
  settingKey,
  settingOf,
} from './me-entries.ts';

const ANNA = 2 as Account;
const chat = privateChatId(ANNA, 3 as Account);
const internal = internalChatId(1 as CompanyId);
const check = (key: string, value: Json): string | undefined => meVocabulary(encodeSet(stampAt(0), key, value), ANNA);

test('[FA7] me takes read markers and drafts of chats', () => {
  expect(check(readKey(chat), 7)).toBeUndefined();
  expect(check(draftKey(internal), 'half a senten')).toBeUndefined();
  expect(check(draftKey(internal), null)).toBeUndefined();
});

test('[FA14] me takes pins, mutes and settings', () => {
  expect(check(markKey('pin', chat), true)).toBeUndefined();
  expect(check(markKey('pin', chat), null)).toBeUndefined();
  expect(check(markKey('mute', internal), true)).toBeUndefined();
  expect(check(settingKey('mute-all'), true)).toBeUndefined();
  expect(check(settingKey('read-receipts'), false)).toBeUndefined();
});

test('[FA14] pins, mutes and settings are read back, a setting that nobody chose is as it is at first', () => {
  const values = new Map<string, Json>([
    [markKey('pin', chat), true],
    [markKey('mute', internal), true],
    [markKey('mute', chat), 'later version'],
    ['pin/nowhere', true],
  ]);
  expect([...markedChats(values, 'pin')]).toEqual([chat]);
  expect([...markedChats(values, 'mute')]).toEqual([internal]);
  expect([settingOf(values, 'mute-all'), settingOf(values, 'read-receipts')]).toEqual([false, true]);
  values.set(settingKey('mute-all'), true).set(settingKey('read-receipts'), false);
  expect([settingOf(values, 'mute-all'), settingOf(values, 'read-receipts')]).toEqual([true, false]);
  expect(settingOf(new Map([[settingKey('read-receipts'), 'never']]), 'read-receipts')).toBe(true);
});

test.each<[string, string, Json]>([
  ['key', 'read/x-1', 7],
  ['key', 'pin/', true],
  ['key', 'setting/', true],
  ['key', 'setting/constructor', true],
  ['key', 'setting/mute-all/x', true],
  ['value', markKey('pin', chat), false],
  ['value', markKey('mute', chat), 1],
  ['value', settingKey('mute-all'), null],
  ['value', settingKey('read-receipts'), 'yes'],
  ['key', 'read/', 7],
  ['key', 'colour', 'red'],
  ['value', readKey(chat), -1],
  ['value', readKey(chat), '7'],
  ['value', readKey(chat), null],
  ['value', draftKey(chat), 7],
  ['value', draftKey(chat), 'x'.repeat(LIMITS.draftLength + 1)],
  ['value', draftKey(chat), '\ud800'],
])('[FA7] [FA14] me refuses a wrong %s: %s', (reason, key, value) => {
  expect(check(key, value)).toBe(reason);
});

test('[FA7] me refuses messages', () => {
  expect(meVocabulary([HEAD.message, 0, 'hello'], ANNA)).toBe('head');
});

test('[FA8] keys and values are read back; what is not understood is as if it were not there', () => {
  expect(parseMeKey(draftKey(chat))).toEqual({ kind: 'draft', chat });
  expect(parseMeKey('pin/p-2-3')).toEqual({ kind: 'pin', chat });
  expect(parseMeKey('colour/p-2-3')).toBeUndefined();
  const values = new Map<string, Json>([
    [readKey(chat), 7],
    [draftKey(chat), { text: 'later version' }],
    [readKey(internal), 'x'],
  ]);
  expect([readMarker(values, chat), readMarker(values, internal), draftOf(values, chat)]).toEqual([7, 0, '']);
});
