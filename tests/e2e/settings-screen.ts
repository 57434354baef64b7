/** The way to the settings, as a person goes it. */
import type { Locator, Page } from 'playwright';
import { wordsOf } from './words.ts';

/** From any screen of a wide window. */
export async function openSettings(page: Page, section?: string): Promise<void> {
  const t = wordsOf(page);
  await page.getByRole('button', { name: new RegExp(`^${t.lists.menu}`) }).click();
  await page.getByRole('menuitem', { name: t.lists.settings }).click();
  await page.getByRole('navigation', { name: t.settings.sections }).waitFor();
  if (section !== undefined) await openSection(page, section);
}

async function openSection(page: Page, section: string): Promise<void> {
  await page
    .getByRole('navigation', { name: wordsOf(page).settings.sections })
    .getByRole('link', { name: section })
    .click();
  await page.getByRole('heading', { level: 1, name: section }).waitFor();
}

/** Chooses a file in the profile, as the dialog of the system would. */
export async function choosePicture(
  page: Page,
  file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
): Promise<void> {
  const choose = page.getByRole('button', { name: wordsOf(page).picture.choose, exact: true });
  const [dialog] = await Promise.all([page.waitForEvent('filechooser'), choose.click()]);
  await dialog.setFiles(file);
}

/** The sign-in page. */
export const door = (page: Page): Locator => page.getByRole('heading', { level: 1, name: wordsOf(page).signIn.title });
