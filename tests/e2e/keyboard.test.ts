import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { axeViolations } from './axe.ts';
import { openOffice, type Office } from './office.ts';
import { composer, message, untilFocused, untilState } from './screen.ts';

const NARROW = { width: 390, height: 844 };

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  await office.addPerson(anna, { first: 'Uwe', last: 'Äcker' });
});

afterAll(() => office.close());

const title = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor();
const table = (page: Page) => page.getByRole('dialog', { name: /Tastenkürzel|Keyboard shortcuts/ });
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    return `${activeElement?.tagName} ${activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''}`;
  });

test('[A4 M1 P3] by keyboard alone, wide: sign in, find a colleague, write, change the message, go to the next chat', async () => {
  const desk = await office.desk();
  const { page } = desk;
  await page.goto(desk.url);
  await page.getByLabel('E-Mail-Adresse').focus();
  await page.keyboard.type(anna.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(anna.password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Chats und Kontakte' }).waitFor();

  await page.keyboard.press('Control+K');
  await untilFocused(page.getByRole('combobox', { name: 'Personen, Chats und Nachrichten suchen' }));
  await page.keyboard.type('weber');
  await page.getByRole('option', { name: /Jonas Weber/ }).waitFor();
  await page.keyboard.press('Enter');
  await title(page, 'Jonas Weber');
  await untilFocused(composer(page));
  await page.keyboard.type('Ist der Schlüsel da?');
  await page.keyboard.press('Enter');
  await untilState(page, 'Ist der Schlüsel da?', 'gesendet');
  await page.keyboard.press('ArrowUp');
  const editing = page.getByRole('textbox', { name: 'Nachricht bearbeiten' });
  await untilFocused(editing);
  for (let letter = 0; letter < 'el da?'.length; letter += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('sel da?');
  await expect.poll(() => editing.inputValue()).toBe('Ist der Schlüssel da?');
  expect(await page.locator('form.composer').ariaSnapshot()).toMatchInlineSnapshot(`
    "- strong: Nachricht bearbeiten
    - paragraph: Ist der Schlüsel da?
    - button "Bearbeiten abbrechen"
    - textbox "Nachricht bearbeiten":
      - /placeholder: Nachricht …
      - text: Ist der Schlüssel da?
    - status
    - button "Emoji einfügen"
    - button "Änderung speichern""
  `);
  await page.keyboard.press('Enter');
  await message(page, 'Ist der Schlüssel da?').waitFor();

  await page.keyboard.press('Alt+ArrowUp');
  await title(page, 'Intern');
  await page.keyboard.press('Alt+ArrowUp');
  await title(page, 'Intern');
  await page.keyboard.press('Alt+ArrowDown');
  await title(page, 'Jonas Weber');
  await untilFocused(composer(page));
  await desk.close();
});

test('[A4 A2] by keyboard alone, narrow: into a chat and back, Escape steps out of what is on top', async () => {
  const desk = await office.desk(anna, { viewport: NARROW });
  const { page } = desk;
  await page.goto(desk.url);
  const row = page.getByRole('link', { name: /^Jonas Weber/ });
  await row.focus();
  await page.keyboard.press('Enter');
  await title(page, 'Jonas Weber');
  await page.keyboard.press('Escape');
  await row.waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  await expect.poll(() => focused(page)).toMatch(/^A .*Jonas Weber/);

  await page.keyboard.press('Enter');
  await composer(page).focus();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('textbox', { name: 'Nachricht bearbeiten' }).waitFor();
  await page.keyboard.press('Escape');
  await composer(page).waitFor();
  await title(page, 'Jonas Weber');
  await page.keyboard.press('Control+K');
  await expect.poll(() => focused(page)).toMatch(/^INPUT/);
  expect(new URL(page.url()).pathname).toBe('/');
  await desk.close();
});

test.each([
  ['de-DE', 'Tastenkürzel', 'Die Taste ? öffnet diese Übersicht'],
  ['en-GB', 'Keyboard shortcuts', 'The ? key opens this overview'],
])(
  '[A4 A3] the question mark shows all keys, but not to who is typing, and can be switched off: %s',
  async (locale, name, lever) => {
    const desk = await office.desk(anna, { locale });
    const { page } = desk;
    await page.goto(`${desk.url}/chats/p-${anna.account}-${jonas.account}`);
    const input = page.locator('textarea');
    await input.focus();
    await page.keyboard.type('wirklich?');
    expect(await input.inputValue()).toBe('wirklich?');
    expect(await table(page).count()).toBe(0);
    await input.fill('');
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog', { name }).waitFor();
    expect(await table(page).ariaSnapshot()).toMatchSnapshot();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeViolations(page)).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await table(page).waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toMatch(/^TEXTAREA/);

    await input.blur();
    await page.keyboard.press('?');
    await table(page).getByRole('switch', { name: lever }).press('Space');
    await page.keyboard.press('Escape');
    await table(page).waitFor({ state: 'detached' });
    await input.blur();
    await page.keyboard.press('?');
    await page.keyboard.press('Control+/');
    await table(page).getByRole('switch', { name: lever }).press('Space');
    await page.keyboard.press('Escape');
    await table(page).waitFor({ state: 'detached' });
    await desk.close();
  },
);
