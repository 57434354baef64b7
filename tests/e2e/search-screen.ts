/** Search for messages as a person sees and does it, in the language of their desk. */
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { untilFocused } from './screen.ts';
import { wordsOf } from './words.ts';

export const panel = (page: Page): Locator => page.getByRole('search', { name: wordsOf(page).search.title });

/** Where one types; it is called by what is searched. */
export const field = (page: Page): Locator => panel(page).getByRole('searchbox');

/** In the chat in view, with the magnifier beside its menu. */
export async function openSearch(page: Page): Promise<void> {
  await page.getByRole('button', { name: wordsOf(page).search.open }).click();
  await untilFocused(field(page));
}

export const inAllChats = (page: Page): Promise<void> =>
  panel(page)
    .getByRole('tab', { name: wordsOf(page).search.allChats })
    .click();

const group = (page: Page, name: string): Locator => panel(page).getByRole('list', { name, exact: true });

/** Messages in which the phrase begins a word. */
export const found = (page: Page): Locator => group(page, wordsOf(page).search.results).getByRole('link');
/** Those that have it inside of words. */
export const inside = (page: Page): Locator => group(page, wordsOf(page).search.inside).getByRole('link');

/** What the rows show of the messages. */
export const textsOf = (rows: Locator): Promise<string[]> => rows.locator('.found-text').allTextContents();

/** Resolves when these are found for the phrase, and no others. */
export async function untilFound(
  page: Page,
  phrase: string,
  starts: readonly string[],
  insideWords: readonly string[] = [],
): Promise<void> {
  await field(page).fill(phrase);
  await expect.poll(() => textsOf(found(page)), { message: phrase }).toEqual(starts);
  await expect.poll(() => textsOf(inside(page)), { message: phrase }).toEqual(insideWords);
  if (starts.length + insideWords.length === 0) {
    await panel(page).getByText(wordsOf(page).search.nothing, { exact: true }).first().waitFor();
  }
}
