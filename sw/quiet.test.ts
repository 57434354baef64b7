import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Quiet } from './quiet.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How long it takes when something is asked every so many ms for so long. */
async function takesMs(everyMs: number, forMs: number): Promise<number> {
  const quiet = new Quiet(() => Date.now());
  const sinceMs = Date.now();
  quiet.asked();
  const asking = setInterval(() => {
    if (Date.now() - sinceMs <= forMs) quiet.asked();
  }, everyMs);
  const come = quiet.come().then(() => Date.now() - sinceMs);
  await vi.advanceTimersByTimeAsync(10_000);
  clearInterval(asking);
  return come;
}

test('[A5] quiet is there at once when nothing has been asked, else after a pause in asking, and in the end in any case', async () => {
  const idle = new Quiet(() => Date.now());
  await idle.come();
  expect(await takesMs(1_000, 0)).toBe(250);
  expect(await takesMs(100, 500)).toBe(750);
  expect(await takesMs(10, 10_000)).toBe(2_000);
});
