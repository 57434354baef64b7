import { expect, test } from 'vitest';
import { HUES, hueOf } from './hue.ts';

test('[A4] a person has one of the eight hues, the same on every device', () => {
  const keys = Array.from({ length: 800 }, (_, at) => `account${at}`);
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(hueOf(key), (counts.get(hueOf(key)) ?? 0) + 1);
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: HUES }, (_, at) => at + 1));
  // Evenly enough that a list of people is not one colour.
  expect(Math.min(...counts.values())).toBeGreaterThan(60);
  expect(hueOf('')).toBe(hueOf(''));
});
