import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeAppend, logRoot, type Json, type Tuple } from './append.ts';
import { gate } from './gate.ts';
import { DocumentLedger } from './ledger.ts';
import { LIMITS } from './limits.ts';
import { entryFault, isSameJson, plainFault } from './plain-json.ts';
import { makeWriter, type Account } from './writer.ts';

const ME = 7 as Account;
const WRITER = makeWriter(ME, 1);

test.each<readonly [what: string, value: unknown, fault: string | undefined]>([
  ['JSON of all kinds', [17, 1.5, 'Straße 👍', null, true, [], {}, { a: [1] }], undefined],
  ['half a surrogate pair', '\ud800', 'text'],
  ['a key of half a surrogate pair', { '\ud800': 1 }, 'key'],
  ['the key __proto__', JSON.parse('{"__proto__": 1}'), 'key'],
  ['negative zero', -0, 'number'],
  ['not a number', Number.NaN, 'number'],
  ['infinity', Infinity, 'number'],
  ['undefined', undefined, 'not plain JSON'],
  ['a bigint', 1n, 'not plain JSON'],
  ['bytes', new Uint8Array(1), 'not plain JSON'],
  ['an object of a class', new Map(), 'not plain JSON'],
  ['four levels', [[[[]]]], undefined],
  ['five levels', [[[[[]]]]], 'depth'],
  ['too many members', Array.from({ length: LIMITS.members + 1 }, () => 0), 'members'],
])('[WR5] %s', (_what, value, fault) => {
  expect(plainFault(value)).toBe(fault);
});

test('[WR5] [GA15] the device finds at fault exactly what the gate refuses', () => {
  const anything = fc.anything({ withBigInt: true, maxDepth: 5 }).map((value) => value as Json);
  const check = (entry: Tuple): string | undefined => (entry.length === 3 ? 'length' : undefined);
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 4 }), (tuple) => {
      const update = encodeAppend(logRoot(WRITER), WRITER, 0, [tuple]);
      const verdict = gate(update, new DocumentLedger(new Y.Doc()), { account: ME, mayWrite: true }, check);
      expect(verdict.kind).toBe(entryFault(tuple, ME, check) === undefined ? 'accepted' : 'refused');
      if (verdict.kind === 'accepted') expect(verdict.update).toEqual(update);
    }),
    { numRuns: 1_000 },
  );
});

test('[WR5] an entry may fill its bytes and no more', () => {
  const check = (): undefined => undefined;
  const tuple = (length: number): Tuple => ['x'.repeat(length)];
  // An array's tag and length, a text's tag and length: 2 + 1 + 3 bytes.
  expect(entryFault(tuple(LIMITS.entryBytes - 6), ME, check)).toBeUndefined();
  expect(entryFault(tuple(LIMITS.entryBytes - 5), ME, check)).toBe('size');
});

test('[GA5] entries are the same by content, whatever the order of keys', () => {
  expect(isSameJson([{ a: 1, b: [null, 'x'] }], [{ b: [null, 'x'], a: 1 }])).toBe(true);
  const pairs: readonly (readonly [Json | undefined, Json | undefined])[] = [
    [[1], [1, 2]],
    [[1], { 0: 1 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: undefined as unknown as Json }, { b: 1 }],
    [null, []],
    [0, false],
    ['1', 1],
    [undefined, null],
  ];
  for (const [one, other] of pairs) {
    expect(isSameJson(one, other), JSON.stringify([one, other])).toBe(false);
    expect(isSameJson(other, one)).toBe(false);
  }
});

test('[GA5] a copy is the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(isSameJson(value as Json, structuredClone(value) as Json)).toBe(true);
    }),
  );
});
