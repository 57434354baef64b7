import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRowsInTurns } from './in-turns.ts';

// Node draws no frames.
beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work));
  vi.stubGlobal('cancelAnimationFrame', (frame: ReturnType<typeof setTimeout>) => clearTimeout(frame));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

test('[P3 S3] of many rows the first are drawn at once and all of them in the end, for each question anew', async () => {
  const [asked, setAsked] = createSignal({ typed: 'a', rows: upTo(3) });
  const { drawn, dispose } = createRoot((end) => ({
    drawn: createRowsInTurns(
      () => asked().rows,
      () => asked().typed,
    ),
    dispose: end,
  }));
  expect(drawn()).toEqual(upTo(3));
  setAsked({ typed: 'an', rows: upTo(50) });
  const atOnce = [drawn().length];
  await vi.waitFor(() => expect(drawn()).toEqual(upTo(50)));
  setAsked({ typed: 'ann', rows: upTo(30).toReversed() });
  atOnce.push(drawn().length);
  expect(drawn()[0]).toBe(29);
  await vi.waitFor(() => expect(drawn()).toEqual(upTo(30).toReversed()));
  for (const length of atOnce) expect(length).toBeLessThan(20);
  dispose();
});

test('[S3] another answer to the same question takes no row out of the page', async () => {
  const [asked, setAsked] = createSignal({ typed: 'a', rows: upTo(20) });
  const { drawn, dispose } = createRoot((end) => ({
    drawn: createRowsInTurns(
      () => asked().rows,
      () => asked().typed,
    ),
    dispose: end,
  }));
  await vi.waitFor(() => expect(drawn()).toEqual(upTo(20)));
  setAsked({ typed: 'a', rows: [...upTo(20), 20] });
  expect(drawn().length).toBeGreaterThanOrEqual(20);
  await vi.waitFor(() => expect(drawn().length).toBe(21));
  dispose();
});
