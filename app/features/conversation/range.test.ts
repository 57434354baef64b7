import { expect, test } from 'vitest';
import {
  cutDown,
  followed,
  rangeAround,
  rangeAt,
  rangeAtEnd,
  widened,
  type Range,
  type Surroundings,
} from './range.ts';

const view = (more: Partial<Surroundings>): Surroundings => ({
  count: 1_000,
  abovePx: 2_000,
  belowPx: 2_000,
  viewPx: 700,
  messagePx: 70,
  atOnce: 8,
  ...more,
});
const size = ({ from, to }: Range): number => to - from;

test('[C8] enough around the view draws nothing more; what is lacking is drawn in small steps, on its side', () => {
  const range = { from: 400, to: 460 };
  expect(widened(range, view({}))).toEqual(range);
  expect(widened(range, view({ abovePx: 350 }))).toEqual({ from: 395, to: 460 });
  expect(widened(range, view({ abovePx: 0 }))).toEqual({ from: 392, to: 460 });
  expect(widened(range, view({ belowPx: 0 }))).toEqual({ from: 400, to: 468 });
});

test('[C8] what one sees comes before what one may see next', () => {
  expect(widened({ from: 400, to: 460 }, view({ abovePx: -300, belowPx: 100 }))).toEqual({ from: 385, to: 460 });
});

test('[C8] nothing is drawn beyond the ends', () => {
  expect(widened({ from: 3, to: 998 }, view({ abovePx: 0, belowPx: 0 }))).toEqual({ from: 0, to: 1_000 });
  for (const [index, count] of [
    [0, 0],
    [0, 1],
    [5, 6],
    [999, 1_000],
  ] as const) {
    const { from, to } = rangeAt(index, count);
    expect([from >= 0, to <= count, from <= index]).toEqual([true, true, true]);
  }
});

test('[M6] at the end the range follows, whether one message comes in or a thousand, and never grows without bound', () => {
  expect(followed({ from: 80, to: 100 }, 101)).toEqual({ from: 80, to: 101 });
  expect(followed({ from: 80, to: 100 }, 1_100)).toEqual(rangeAtEnd(1_100));
  let range = rangeAtEnd(1_000);
  for (let count = 1_001; count < 3_000; count += 1) range = followed(range, count);
  expect(range.to).toBe(2_999);
  expect(size(range)).toBeLessThanOrEqual(200);
});

test('[C8] when many messages come in between those that are drawn, only what is around the view stays drawn', () => {
  const cut = cutDown({ from: 100, to: 2_160 }, 2_130);
  expect(size(cut)).toBeLessThanOrEqual(100);
  expect([cut.from < 2_130, cut.to > 2_130]).toEqual([true, true]);
});

test('[S3] around a message as much is drawn before it as after it, and no more than there is', () => {
  expect(rangeAround(500, 1_000)).toEqual({ from: 490, to: 510 });
  expect(rangeAround(2, 1_000)).toEqual({ from: 0, to: 12 });
  expect(rangeAround(999, 1_000)).toEqual({ from: 989, to: 1_000 });
});
