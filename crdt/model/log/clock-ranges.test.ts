import { expect, test } from 'vitest';
import { clockRanges } from './clock-ranges.ts';
import { makeWriter, type Account } from './writer.ts';

test('[WR12] places become ranges in order, neighbours joined, doubles once', () => {
  const anna = makeWriter(2 as Account, 1);
  const jonas = makeWriter(3 as Account, 1);
  const places = [
    [jonas, 4],
    [anna, 7],
    [anna, 5],
    [anna, 6],
    [anna, 5],
    [anna, 9],
  ] as const;
  expect(clockRanges(places.map(([writer, clock]) => ({ writer, clock })))).toEqual([
    { writer: anna, from: 5, to: 8 },
    { writer: anna, from: 9, to: 10 },
    { writer: jonas, from: 4, to: 5 },
  ]);
  expect(clockRanges([])).toEqual([]);
});
