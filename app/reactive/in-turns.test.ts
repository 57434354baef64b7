import { createRoot, createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { createRowsInTurns } from './in-turns.ts';

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

test('[P3] of many rows the first are drawn at once, and all of them in the end, each time there are others', async () => {
  const [rows, setRows] = createSignal(upTo(5));
  const lengths: number[] = [];
  const { drawn, dispose } = createRoot((end) => ({ drawn: createRowsInTurns(rows), dispose: end }));
  expect(drawn()).toEqual(upTo(5));
  setRows(upTo(50));
  lengths.push(drawn().length);
  await vi.waitFor(() => expect(drawn()).toEqual(upTo(50)));
  setRows(upTo(30).toReversed());
  lengths.push(drawn().length);
  expect(drawn()[0]).toBe(29);
  await vi.waitFor(() => expect(drawn()).toEqual(upTo(30).toReversed()));
  for (const length of lengths) expect(length).toBeLessThan(20);
  dispose();
});
