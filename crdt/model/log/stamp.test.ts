import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStamp, isUnsure, nextStamp, stampAt, stampMs, type Stamp } from './stamp.ts';

const EPOCH = Date.UTC(2020, 0, 1);
const ms = fc.integer({ min: EPOCH, max: Date.UTC(2089, 0, 1) });
const stamp = fc.maxSafeNat().map((value) => value as Stamp);

test('[WR6] a stamp holds its millisecond and whether its clock was ever set right', () => {
  fc.assert(
    fc.property(ms, fc.boolean(), (timeMs, unsure) => {
      const made = stampAt(timeMs, unsure);
      expect(isStamp(made)).toBe(true);
      expect(stampMs(made)).toBe(timeMs);
      expect(isUnsure(made)).toBe(unsure);
    }),
  );
});

test('[WR6] a clock before 2020 or far in the future still gives a stamp', () => {
  expect(stampAt(0)).toBe(0);
  expect(isStamp(stampAt(Number.MAX_SAFE_INTEGER))).toBe(true);
});

test('[WR6] a new stamp is greater than what was seen, whatever the clock says', () => {
  fc.assert(
    fc.property(ms, stamp, fc.boolean(), (timeMs, after, unsure) => {
      const next = nextStamp(timeMs, after, unsure);
      expect(isStamp(next)).toBe(true);
      if (after < Number.MAX_SAFE_INTEGER - 2) {
        expect(next).toBeGreaterThan(after);
        expect(isUnsure(next)).toBe(unsure);
      }
    }),
  );
});

test('[WR6] many stamps within one millisecond rise and stay apart', () => {
  let last: Stamp | undefined;
  for (let count = 0; count < 5_000; count += 1) {
    const next = nextStamp(EPOCH + 1_000, last, count % 3 === 0);
    if (last !== undefined) expect(next).toBeGreaterThan(last);
    last = next;
  }
});

test('[WR6] the time itself is taken when it is ahead', () => {
  expect(nextStamp(EPOCH + 10, stampAt(EPOCH + 9), false)).toBe(stampAt(EPOCH + 10));
});

test.each([-1, 0.5, 2 ** 53, Number.NaN, '1', null])('[WR6] %s is no stamp', (value) => {
  expect(isStamp(value)).toBe(false);
});
