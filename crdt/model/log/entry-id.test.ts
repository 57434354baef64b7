import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryId, isClock, MAX_CLOCK, placeOf } from './entry-id.ts';
import { makeWriter, type Account, type Writer } from './writer.ts';

test('[WR7] an id names its place, and the place its id', () => {
  const writer = fc.integer({ min: 2 ** 32, max: Number.MAX_SAFE_INTEGER }).map((value) => value as Writer);
  fc.assert(
    fc.property(writer, fc.integer({ min: 0, max: MAX_CLOCK }), (one, clock) => {
      expect(placeOf(entryId(one, clock))).toEqual({ writer: one, clock });
    }),
  );
});

test('[WR7] exactly one spelling is an id', () => {
  const id = entryId(makeWriter(7 as Account, 1), 5);
  expect(placeOf(id)).toBeDefined();
  const others = [
    '',
    '.',
    '5.0',
    `0${id}`,
    `${id} `,
    `${id}.1`,
    `-${id}`,
    `${id}5`.repeat(2),
    id.replace('.', '.0'),
    `${2 ** 53}.0`,
    `${2 ** 33}.${2 ** 31}`,
  ];
  for (const other of others) expect(placeOf(other), other).toBeUndefined();
});

test('[WR8] clocks are integers from 0 to 2^31 - 1', () => {
  for (const clock of [0, 1, MAX_CLOCK]) expect(isClock(clock)).toBe(true);
  for (const other of [-1, 0.5, MAX_CLOCK + 1, Number.NaN, '0', null]) expect(isClock(other)).toBe(false);
});
