import { expect, test } from 'vitest';
import { isPageFull, pageForEntry } from './pages.ts';

test('[PG1] a page is full at 2,000 entries or 500 writers', () => {
  expect(isPageFull({ entries: 1_999, writers: 499 })).toBe(false);
  expect(isPageFull({ entries: 2_000, writers: 1 })).toBe(true);
  expect(isPageFull({ entries: 500, writers: 500 })).toBe(true);
  expect(isPageFull({ entries: 10, writers: 2 }, { entries: 10, writers: 5 })).toBe(true);
});

test('[PG2] a new message goes to the latest page, what is about a message to the page of that message', () => {
  expect(pageForEntry(7, undefined)).toBe(7);
  expect(pageForEntry(7, { page: 3 })).toBe(3);
});
