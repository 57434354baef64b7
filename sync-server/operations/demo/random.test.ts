import { expect, test } from 'vitest';
import { seededRandom } from './random.ts';

const firstTen = (seed: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: 10 }, () => random.uint32());
};

test('the same seed gives the same numbers, another seed others', () => {
  expect(firstTen(7)).toEqual(firstTen(7));
  expect(firstTen(7)).not.toEqual(firstTen(8));
});

test('integers stay within their bounds and reach both', () => {
  const random = seededRandom(1);
  const seen = new Set(Array.from({ length: 1_000 }, () => random.integer(3, 9)));
  expect([...seen].sort((one, other) => one - other)).toEqual([3, 4, 5, 6, 7, 8, 9]);
});

test('numbers are spread evenly over the unit interval', () => {
  const random = seededRandom(2);
  const buckets = Array.from({ length: 16 }, () => 0);
  for (let round = 0; round < 16_000; round += 1) {
    const bucket = Math.floor(random.unit() * 16);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  expect(Math.min(...buckets)).toBeGreaterThan(880);
  expect(Math.max(...buckets)).toBeLessThan(1_120);
});

test('a fork does not depend on what was drawn before it', () => {
  const used = seededRandom(3);
  used.uint32();
  expect(used.fork('people').uint32()).toBe(seededRandom(3).fork('people').uint32());
  expect(used.fork('people').uint32()).not.toBe(used.fork('chats').uint32());
});

test('shuffling keeps every element', () => {
  const numbers = Array.from({ length: 50 }, (_, index) => index);
  const shuffled = seededRandom(4).shuffle(numbers);
  expect(shuffled).not.toEqual(numbers);
  expect(shuffled.toSorted((one, other) => one - other)).toEqual(numbers);
});
