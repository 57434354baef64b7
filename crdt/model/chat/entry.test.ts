import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tuple } from '../log/append.ts';
import { entryId } from '../log/entry-id.ts';
import { HEAD } from '../log/entry-kind.ts';
import { LIMITS } from '../log/limits.ts';
import { plainFault } from '../log/plain-json.ts';
import type { Stamp } from '../log/stamp.ts';
import { makeWriter, type Account } from '../log/writer.ts';
import { encodeChatEntry, idOfEntry, parseChatEntry, type ChatEntry } from './entry.ts';
import { chatVocabulary } from './vocabulary.ts';

const ME = 7 as Account;
const OTHER = 8 as Account;
const stamp = fc.maxSafeNat().map((value) => value as Stamp);
const placeOf = (account: Account) =>
  fc.record({ writer: fc.nat(2 ** 32 - 1).map((bits) => makeWriter(account, bits)), clock: fc.nat(2 ** 31 - 1) });
const first = fc.option(placeOf(ME), { nil: undefined });
const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.trim() !== '');
const entry: fc.Arbitrary<ChatEntry> = fc.oneof(
  fc.record({ kind: fc.constant('message' as const), stamp, text, first }),
  fc.record({ kind: fc.constant('edit' as const), stamp, target: placeOf(ME), text, first }),
  fc.record({ kind: fc.constant('retraction' as const), stamp, target: placeOf(ME), first }),
  fc.record({
    kind: fc.constant('reaction' as const),
    stamp,
    target: fc.oneof(placeOf(ME), placeOf(OTHER)),
    emoji: fc.constantFrom('', '👍', '👩‍👩‍👧‍👦'),
    first,
  }),
);

test('[WR10] an entry is read as it was written, and the gate lets it in', () => {
  fc.assert(
    fc.property(entry, (value) => {
      const tuple = encodeChatEntry(value);
      expect(parseChatEntry(tuple, ME)).toEqual(value);
      expect(plainFault(tuple)).toBeUndefined();
      expect(chatVocabulary(tuple, ME)).toBeUndefined();
    }),
  );
});

const mine = makeWriter(ME, 1);
const theirs = makeWriter(OTHER, 1);

test.each<readonly [why: string, tuple: Tuple]>([
  ['stamp', []],
  ['stamp', [HEAD.message]],
  ['stamp', [HEAD.message, -1, 'a']],
  ['stamp', [HEAD.message, '1', 'a']],
  ['head', [0, 1, 'a']],
  ['head', [HEAD.set, 1, 'key', 'value']],
  ['head', [HEAD.message + 16, 1, 'a']],
  ['head', [`${HEAD.message}`, 1, 'a']],
  ['head', [[HEAD.message], 1, 'a']],
  ['head', [{ toString: 1, valueOf: 1 }, 1, 'a']],
  ['length', [HEAD.message, 1]],
  ['length', [HEAD.message, 1, 'a', { first: [mine, 0] }, 1]],
  ['text', [HEAD.message, 1, 5]],
  ['text', [HEAD.message, 1, '']],
  ['text', [HEAD.message, 1, ' \n\t']],
  ['text', [HEAD.message, 1, '\ud800']],
  ['text', [HEAD.message, 1, 'x'.repeat(LIMITS.textLength + 1)]],
  ['extras', [HEAD.message, 1, 'a', null]],
  ['extras', [HEAD.message, 1, 'a', { first: [theirs, 0] }]],
  ['target', [HEAD.edit, 1, 5, 0, 'a']],
  ['target', [HEAD.edit, 1, mine, -1, 'a']],
  ['text', [HEAD.edit, 1, mine, 0, '']],
  ['target of another author', [HEAD.edit, 1, theirs, 0, 'a']],
  ['target of another author', [HEAD.retraction, 1, theirs, 0]],
  ['emoji', [HEAD.reaction, 1, theirs, 0, 5]],
  ['emoji', [HEAD.reaction, 1, theirs, 0, 'x'.repeat(LIMITS.emojiLength + 1)]],
])('[WR10] says what is wrong: %s', (why, tuple) => {
  expect(parseChatEntry(tuple, ME)).toBe(why);
  expect(chatVocabulary(tuple, ME)).toBe(why);
});

test('[WR10] a text may have exactly the length that is allowed', () => {
  expect(chatVocabulary([HEAD.message, 1, 'x'.repeat(LIMITS.textLength)], ME)).toBeUndefined();
});

test('[WR7] an id is the place where an entry was first written', () => {
  const at = { writer: makeWriter(ME, 5), clock: 3 };
  expect(idOfEntry({ first: undefined }, at)).toBe(entryId(at.writer, 3));
  expect(idOfEntry({ first: { writer: mine, clock: 0 } }, at)).toBe(entryId(mine, 0));
});
