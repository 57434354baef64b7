import { expect, test } from 'vitest';
import { parsePeriod, periodText, scopeOf } from './period.ts';

const NOW_MS = new Date(2026, 2, 10, 15, 30).getTime();
const day = (month: number, date: number): number => new Date(2026, month - 1, date).getTime();

test('[S5] a number of days ends today and begins at midnight', () => {
  expect(scopeOf(parsePeriod('today'), NOW_MS)).toEqual({ fromMs: day(3, 10) });
  expect(scopeOf(parsePeriod('week'), NOW_MS)).toEqual({ fromMs: day(3, 4) });
  expect(scopeOf(parsePeriod('month'), NOW_MS)).toEqual({ fromMs: day(2, 9) });
});

test('[S5] from day to day, both included; either may be open', () => {
  expect(scopeOf(parsePeriod('2026-03-28..2026-03-29'), NOW_MS)).toEqual({ fromMs: day(3, 28), untilMs: day(3, 30) });
  expect(scopeOf(parsePeriod('2026-03-28..'), NOW_MS)).toEqual({ fromMs: day(3, 28) });
  expect(scopeOf(parsePeriod('..2026-03-28'), NOW_MS)).toEqual({ untilMs: day(3, 29) });
  expect(scopeOf(parsePeriod('..'), NOW_MS)).toEqual({});
});

test('[S5] what stands in an address and is no period is any time; what is one comes back as it was', () => {
  for (const text of ['', 'toString', 'always', '2026-3-1..', '2026-03-01', '<b>..<b>']) {
    expect(parsePeriod(text), text).toEqual({ kind: 'any' });
  }
  for (const text of [undefined, 'today', 'week', 'month', 'year', '..', '2026-03-01..', '2026-03-01..2026-04-01']) {
    expect(periodText(parsePeriod(text))).toBe(text);
  }
});
