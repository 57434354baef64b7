import { expect, test } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

test('[SV49] so many at once, then as many as the time that has passed allows', () => {
  let nowMs = 0;
  const buckets = new TokenBuckets({ burst: 3, perSecond: 2 }, 10, () => nowMs);
  expect([1, 2, 3].map(() => buckets.take('anna'))).toEqual([0, 0, 0]);
  expect(buckets.take('anna')).toBe(500);
  expect(buckets.take('ben')).toBe(0);
  nowMs += 500;
  expect(buckets.take('anna')).toBe(0);
  expect(buckets.take('anna')).toBe(500);
  nowMs += 60_000;
  expect([1, 2, 3].map(() => buckets.take('anna'))).toEqual([0, 0, 0]);
  expect(buckets.take('anna')).toBeGreaterThan(0);
});

test('[SV49] a clock that goes back gives nothing and takes nothing', () => {
  let nowMs = 1_000_000;
  const buckets = new TokenBuckets({ burst: 1, perSecond: 1 }, 10, () => nowMs);
  expect(buckets.take('anna')).toBe(0);
  nowMs = 0;
  expect(buckets.take('anna')).toBe(1_000);
});

test('[SV49] only so many callers are remembered, the longest unused go first', () => {
  const buckets = new TokenBuckets({ burst: 1, perSecond: 1 }, 2, () => 0);
  for (const name of ['anna', 'ben', 'clara']) buckets.take(name);
  expect(buckets.take('clara')).toBe(1_000);
  expect(buckets.take('anna')).toBe(0);
});

test('[SV49] what is charged afterwards has to be waited for the next time', () => {
  let nowMs = 0;
  const buckets = new TokenBuckets({ burst: 3, perSecond: 1 }, 10, () => nowMs);
  expect(buckets.take('anna')).toBe(0);
  buckets.charge('anna', 4);
  expect(buckets.take('anna')).toBe(3_000);
  nowMs += 3_000;
  expect(buckets.take('anna')).toBe(0);
});
