/** The way to the settings, as a person goes it. */
import type { Locator, Page } from 'playwright';

/** From any screen of a wide window. */
export async function openSettings(page: Page, section?: string): Promise<void> {
  await page.getByRole('button', { name: /^Menü/ }).click();
  await page.getByRole('menuitem', { name: 'Einstellungen' }).click();
  await page.getByRole('navigation', { name: 'Bereiche der Einstellungen' }).waitFor();
  if (section !== undefined) await openSection(page, section);
}

export async function openSection(page: Page, section: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Bereiche der Einstellungen' })
    .getByRole('link', { name: section })
    .click();
  await page.getByRole('heading', { level: 1, name: section }).waitFor();
}

/** The sign-in page. */
export const door = (page: Page): Locator => page.getByRole('heading', { level: 1, name: 'Anmelden' });
