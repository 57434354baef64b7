import { expect, test } from 'vitest';
import { Backlog } from './backlog.ts';

test('[SV54] a reader for whom more waits than the bound is too slow', () => {
  const backlog = new Backlog(1_000);
  expect(backlog.isTooMuch(610, 600)).toBe(false);
  expect(backlog.isTooMuch(1_220, 600)).toBe(false);
  expect(backlog.isTooMuch(1_830, 600)).toBe(true);
});

test('[SV67] one frame may be larger than the bound, two may not', () => {
  const backlog = new Backlog(1_000);
  expect(backlog.isTooMuch(5_010, 5_000)).toBe(false);
  expect(backlog.isTooMuch(5_500, 480)).toBe(false);
  expect(backlog.isTooMuch(10_600, 5_000)).toBe(true);
});

test('[SV67] a large frame that has gone no longer counts', () => {
  const backlog = new Backlog(1_000);
  expect(backlog.isTooMuch(5_010, 5_000)).toBe(false);
  expect(backlog.isTooMuch(60, 50)).toBe(false);
  expect(backlog.isTooMuch(1_600, 800)).toBe(false);
  expect(backlog.isTooMuch(2_410, 800)).toBe(true);
});
