import { expect, test } from 'vitest';
import type { Tuple } from './append.ts';
import { HEAD } from './entry-kind.ts';
import { LIMITS } from './limits.ts';
import { encodeSet, parseSet } from './set-entry.ts';
import { stampAt } from './stamp.ts';
import { makeWriter, type Account } from './writer.ts';

const stamp = stampAt(1_760_000_000_000);

test.each([null, 0, 'text', true, [1, 2], { a: 1 }])('[WR11] a key may have the value %j', (value) => {
  expect(parseSet(encodeSet(stamp, 'key', value))).toEqual({ kind: 'set', stamp, key: 'key', value, first: undefined });
});

test('[WR7] [WR11] one that is sent again names its first place', () => {
  const writer = makeWriter(7 as Account, 1);
  expect(parseSet([...encodeSet(stamp, 'key', 1), { first: [writer, 2] }])).toMatchObject({
    first: { writer, clock: 2 },
  });
});

test.each<readonly [why: string, tuple: Tuple]>([
  ['head', [HEAD.message, stamp, 'key', 1]],
  ['head', []],
  ['length', [HEAD.set, stamp, 'key']],
  ['length', [HEAD.set, stamp, 'key', 1, {}, 1]],
  ['stamp', [HEAD.set, -1, 'key', 1]],
  ['key', [HEAD.set, stamp, '', 1]],
  ['key', [HEAD.set, stamp, 5, 1]],
  ['key', [HEAD.set, stamp, 'k'.repeat(LIMITS.keyLength + 1), 1]],
  ['extras', [HEAD.set, stamp, 'key', 1, {}]],
])('[WR11] says what is wrong: %s', (why, tuple) => {
  expect(parseSet(tuple)).toBe(why);
});
