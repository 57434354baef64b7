import { expect, test } from 'vitest';
import { isUnsure, stampAt, stampMs } from '../../model/log/stamp.ts';
import { OwnClock } from './own-clock.ts';

const NOW_MS = Date.UTC(2026, 10, 22);
const YEAR_MS = 365 * 24 * 3_600_000;

test('[RP7] a clock that is wrong by a year is corrected by what the server tells, and unsure until then', () => {
  const clock = new OwnClock(() => NOW_MS + YEAR_MS, undefined);
  expect(isUnsure(clock.stamp(undefined))).toBe(true);
  expect(clock.adopt(NOW_MS)).toBe(-YEAR_MS);
  const stamp = clock.stamp(undefined);
  expect(isUnsure(stamp)).toBe(false);
  expect(stampMs(stamp)).toBe(NOW_MS);
});

test('[RP7] what follows an unsure entry that waits is unsure, too, and after it, however wrong the clock was', () => {
  const clock = new OwnClock(() => NOW_MS + YEAR_MS, undefined);
  const first = clock.stamp(undefined);
  clock.adopt(NOW_MS);
  const second = clock.stamp(undefined, first);
  expect(isUnsure(second)).toBe(true);
  expect(second).toBeGreaterThan(first);
  expect(isUnsure(clock.stamp(first))).toBe(false);
});

test('[RP7] an offset that was kept is used without network', () => {
  expect(new OwnClock(() => NOW_MS + YEAR_MS, -YEAR_MS).nowMs()).toBe(NOW_MS);
});

test('[RP7] what is written comes after what is on the screen, unless that lies far in the future', () => {
  const clock = new OwnClock(() => NOW_MS, 0);
  const minuteAhead = stampAt(NOW_MS + 60_000);
  expect(clock.stamp(minuteAhead)).toBeGreaterThan(minuteAhead);
  expect(stampMs(clock.stamp(stampAt(NOW_MS + YEAR_MS)))).toBe(NOW_MS);
});

test('[RP7] several entries of one millisecond keep their order', () => {
  const clock = new OwnClock(() => NOW_MS, 0);
  const stamps = [clock.stamp(undefined)];
  for (let index = 0; index < 5; index += 1) stamps.push(clock.stamp(stamps.at(-1)));
  expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
  expect(new Set(stamps).size).toBe(stamps.length);
});
