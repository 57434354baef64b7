import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { axeViolations } from './axe.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import {
  chatRow,
  composer,
  message,
  textsOf,
  untilFocused,
  untilInstalled,
  untilState,
  untilTyped,
  write,
} from './screen.ts';

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;
let desk: Desk;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  desk = await office.desk(anna);
  await desk.page.goto(`${desk.url}/chats/p-${anna.account}-${jonas.account}`);
  await composer(desk.page).waitFor();
});

afterAll(() => office.close());

const emojiButton = (page: Page) => page.getByRole('button', { name: /Emoji einfügen|Insert an emoji/ });
const emojiPanel = (page: Page) => page.getByRole('dialog', { name: /Emoji einfügen|Insert an emoji/ });
const untilDrafted = (page: Page, text: string): Promise<void> =>
  chatRow(page, 'Jonas Weber')
    .filter({ hasText: new RegExp(`Entwurf.*${text}`) })
    .waitFor();
/** Where letters go as soon as the emoji are there. */
const untilSearching = (page: Page): Promise<void> =>
  emojiPanel(page).getByRole('combobox').and(page.locator(':focus')).waitFor();

test('[M2 A4] by keyboard alone an emoji goes where the caret is, can be undone, and the input goes on', async () => {
  const { page } = desk;
  await composer(page).fill('Bis dann');
  for (let step = 0; step < ' dann'.length; step += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Tab');
  await untilFocused(emojiButton(page));
  await page.keyboard.press('Enter');
  await emojiPanel(page)
    .getByRole('menuitem', { name: /grinsendes Gesicht/ })
    .first()
    .waitFor();
  await untilSearching(page);
  await page.keyboard.type('lachendes');
  await emojiPanel(page)
    .getByRole('option', { name: /lachendes/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await emojiPanel(page).waitFor({ state: 'detached' });
  expect(await composer(page).inputValue()).toMatch(/^Bis\p{Emoji_Presentation} dann$/u);
  await untilFocused(composer(page));
  await page.keyboard.press('Control+Z');
  await untilTyped(page, 'Bis dann');
  await composer(page).fill('');
});

test('[M2 A4] the arrow keys walk the emoji, Escape closes them, and the input has the focus', async () => {
  const { page } = desk;
  await emojiButton(page).click();
  await emojiPanel(page).getByRole('menuitem').first().waitFor();
  await untilSearching(page);
  const walked = (): Promise<string | null | undefined> =>
    page.locator('emoji-picker').evaluate((picker) => picker.shadowRoot?.activeElement?.getAttribute('aria-label'));
  await page.keyboard.press('ArrowDown');
  const first = await walked();
  await page.keyboard.press('ArrowRight');
  const second = await walked();
  await page.keyboard.press('ArrowDown');
  const below = await walked();
  await page.keyboard.press('ArrowUp');
  expect(await walked()).toBe(second);
  expect(new Set([first, second, below, undefined, null]).size).toBe(5);
  await page.keyboard.press('Escape');
  await emojiPanel(page).waitFor({ state: 'detached' });
  await untilFocused(composer(page));
});

test('[M2] with the mouse one takes several, and a click elsewhere closes them', async () => {
  const { page } = desk;
  await emojiButton(page).click();
  const faces = emojiPanel(page).getByRole('menuitem');
  await faces.nth(1).click();
  await faces.nth(2).click();
  await expect.poll(() => composer(page).inputValue()).toMatch(/^\p{Emoji_Presentation}{2}$/u);
  await page.getByRole('heading', { level: 1 }).click();
  await emojiPanel(page).waitFor({ state: 'detached' });
  await composer(page).press('Enter');
  await expect.poll(async () => (await textsOf(page)).at(-1)).toMatch(/^\p{Emoji_Presentation}{2}$/u);
});

test.each([
  ['de-DE', 'herz', /Herz/],
  ['en-GB', 'heart', /heart/],
])('[M2 A3] the emoji are there without network from the first use on: %s', async (locale, word, found) => {
  const reader = await office.desk(anna, { locale });
  const { page } = reader;
  await page.goto(`${reader.url}/chats/p-${anna.account}-${jonas.account}`);
  await page.locator('textarea').waitFor();
  await untilInstalled(page);
  await reader.goOffline();
  await page.reload();
  await emojiButton(page).click();
  await emojiPanel(page).getByRole('combobox').fill(word);
  await emojiPanel(page).getByRole('option', { name: found }).first().click();
  await expect.poll(() => page.locator('textarea').inputValue()).not.toBe('');
  await page.locator('textarea').fill('');
  await reader.goOnline();
  await reader.close();
});

test('[M2 A4] the emoji have no violations, in both themes, on a narrow screen too', async () => {
  const { page } = desk;
  await emojiButton(page).click();
  await emojiPanel(page).getByRole('menuitem').first().waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await axeViolations(page)).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.keyboard.press('Escape');
});

test('[M1] near the limit a counter stands beside the input and is told in steps', async () => {
  const { page } = desk;
  const told = page.getByRole('status').filter({ hasText: 'Zeichen' });
  await composer(page).fill('x'.repeat(7_499));
  expect(await page.getByText('/ 8.000').count()).toBe(0);
  await composer(page).pressSequentially('x');
  await page.getByText('7.500 / 8.000').waitFor();
  expect(await told.innerText()).toBe('Noch 500 Zeichen');
  await composer(page).pressSequentially('x');
  await page.getByText('7.501 / 8.000').waitFor();
  expect(await told.innerText()).toBe('Noch 500 Zeichen');
  await composer(page).fill('x'.repeat(7_980));
  await told.filter({ hasText: 'Noch 20 Zeichen' }).waitFor({ state: 'attached' });
  await composer(page).fill('');
  await told.waitFor({ state: 'detached' });
});

test('[M1] the input grows with its text up to a third of the height, then it scrolls', async () => {
  const { page } = desk;
  const heightOf = async (): Promise<number> => (await composer(page).boundingBox())?.height ?? 0;
  const empty = await heightOf();
  await composer(page).fill('eins\nzwei\ndrei');
  const three = await heightOf();
  expect(three).toBeGreaterThan(empty);
  await composer(page).fill('Zeile\n'.repeat(100));
  expect(await heightOf()).toBeGreaterThan(three);
  expect(await heightOf()).toBeLessThanOrEqual(Math.ceil(800 * 0.33));
  await composer(page).fill('');
  expect(await heightOf()).toBe(empty);
});

test('[M1] a paste brings its words and line breaks, nothing of its looks', async () => {
  const { page, context } = desk;
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(page.url()).origin });
  await page.evaluate(async () => {
    const part = (type: string, content: string): [string, Blob] => [type, new Blob([content], { type })];
    const html = '<h1 style="color: red">Angebot</h1><p onclick="alert(1)">zwei Zimmer</p>';
    await navigator.clipboard.write([
      new ClipboardItem(Object.fromEntries([part('text/html', html), part('text/plain', 'Angebot\r\nzwei Zimmer')])),
    ]);
  });
  await composer(page).focus();
  await page.keyboard.press('Control+V');
  await untilTyped(page, 'Angebot\nzwei Zimmer');
  await page.keyboard.press('Enter');
  await untilState(page, 'Angebot zwei Zimmer', 'gesendet');
});

test('[M5 A4] Up in the empty input edits the last own message; Escape leaves it, and what was typed can be had back', async () => {
  const { page } = desk;
  await write(page, 'Der Notar kommt um dri.');
  await untilState(page, 'Der Notar kommt um dri.', 'gesendet');
  await page.keyboard.press('ArrowUp');
  const input = page.getByRole('textbox', { name: 'Nachricht bearbeiten' });
  await input.waitFor();
  expect(await input.inputValue()).toBe('Der Notar kommt um dri.');
  const marked = page.getByRole('listitem').and(page.locator('[aria-current=true]'));
  expect(await marked.getByText('Der Notar kommt um dri.').count()).toBe(1);
  await page.keyboard.press('End');
  await page.keyboard.type(' Bitte');
  await page.keyboard.press('Escape');
  await untilTyped(page, '');
  expect(await marked.count()).toBe(0);

  await page.getByRole('button', { name: 'Rückgängig' }).click();
  expect(await input.inputValue()).toBe('Der Notar kommt um dri. Bitte');
  await input.fill('Der Notar kommt um drei.');
  await input.press('Enter');
  await message(page, 'Der Notar kommt um drei.').waitFor();
  await untilTyped(page, '');

  const reader = await office.desk(jonas);
  await reader.page.goto(`${reader.url}/chats/p-${anna.account}-${jonas.account}`);
  await message(reader.page, 'Der Notar kommt um drei.').waitFor();
  expect(await textsOf(reader.page)).not.toContain('Der Notar kommt um dri.');
  await reader.close();
});

test('[M5 A5] half an edit survives a look into another chat and a reload, and the draft waits beside it', async () => {
  const { page } = desk;
  const input = page.getByRole('textbox', { name: 'Nachricht bearbeiten' });
  await composer(page).press('ArrowUp');
  await input.fill('Der Notar kommt um vier, weil');
  const otherDevice = await office.desk(anna);
  await otherDevice.page.goto(page.url().replace(desk.url, otherDevice.url));
  await composer(otherDevice.page).fill('ein Entwurf von anderswo');

  await page.keyboard.press('Alt+ArrowUp');
  await page.getByRole('heading', { level: 1, name: 'Intern' }).waitFor();
  await untilDrafted(page, 'ein Entwurf von anderswo');
  await otherDevice.close();
  await page.keyboard.press('Alt+ArrowDown');
  await input.waitFor();
  expect(await input.inputValue()).toBe('Der Notar kommt um vier, weil');
  await page.reload();
  await input.waitFor();
  expect(await input.inputValue()).toBe('Der Notar kommt um vier, weil');
  await input.press('Escape');
  await untilTyped(page, 'ein Entwurf von anderswo');
  await composer(page).fill('');
});

test('[M1] of a draft that is typed on two devices at once nothing is lost, and both show the same', async () => {
  const { page } = desk;
  const otherDevice = await office.desk(anna);
  await otherDevice.page.goto(page.url().replace(desk.url, otherDevice.url));
  await composer(otherDevice.page).waitFor();
  await Promise.all([composer(page).fill('hier geschrieben'), composer(otherDevice.page).fill('dort geschrieben')]);
  const drafts = (): Promise<string[]> =>
    Promise.all([page, otherDevice.page].map((one) => composer(one).inputValue()));
  await expect
    .poll(async () => {
      const [here = '', there] = await drafts();
      return [here === there, here.includes('hier geschrieben'), here.includes('dort geschrieben')];
    })
    .toEqual([true, true, true]);
  // Who types on there stays where they are when more comes from here.
  await composer(otherDevice.page).focus();
  await otherDevice.page.keyboard.press('Control+Home');
  await composer(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' und Schluss');
  await expect.poll(() => composer(otherDevice.page).inputValue()).toMatch(/ und Schluss$/);
  await otherDevice.page.keyboard.type('Anfang: ');
  await expect.poll(() => composer(page).inputValue()).toMatch(/^Anfang: [^]* und Schluss$/);
  await otherDevice.close();
  await composer(page).fill('');
});

test('[M5 A6] half an edit is there in a second tab too, and ends in both when it is saved in one', async () => {
  const { page, context } = desk;
  await write(page, 'Morgen um neun?');
  await untilState(page, 'Morgen um neun?', 'gesendet');
  await composer(page).press('ArrowUp');
  const editing = (tab: Page) => tab.getByRole('textbox', { name: 'Nachricht bearbeiten' });
  await editing(page).fill('Morgen um zehn?');
  // A pause in typing.
  const noted = (): Promise<boolean> =>
    page.evaluate(() => Object.keys(localStorage).some((key) => key.includes('.edit.')));
  await expect.poll(noted).toBe(true);
  const second = await context.newPage();
  await second.goto(page.url());
  await editing(second).waitFor();
  expect(await editing(second).inputValue()).toBe('Morgen um zehn?');
  await page.bringToFront();
  await editing(page).press('Enter');
  await message(second, 'Morgen um zehn?').waitFor();
  await untilTyped(second, '');
  await second.close();
});

test('[M5 A5] an edit whose message is deleted on another device leaves what was typed of it as a draft', async () => {
  const { page } = desk;
  await write(page, 'Diese Nachricht verschwindet.');
  await untilState(page, 'Diese Nachricht verschwindet.', 'gesendet');
  await composer(page).press('ArrowUp');
  await page.getByRole('textbox', { name: 'Nachricht bearbeiten' }).fill('Diese Nachricht verschwindet nicht!');
  const otherDevice = await office.desk(anna);
  await otherDevice.page.goto(page.url().replace(desk.url, otherDevice.url));
  await message(otherDevice.page, 'Diese Nachricht verschwindet.').focus();
  await otherDevice.page.keyboard.press('Enter');
  await otherDevice.page.getByRole('menuitem', { name: 'Für alle löschen' }).click();
  await otherDevice.page
    .getByRole('alertdialog')
    .getByRole('button', { name: /löschen/i })
    .click();

  await page.getByText('Die Nachricht lässt sich nicht mehr bearbeiten.').waitFor();
  await untilTyped(page, 'Diese Nachricht verschwindet nicht!');
  expect(await textsOf(page)).not.toContain('Diese Nachricht verschwindet.');
  await composer(page).fill('');
  await otherDevice.close();
});

test('[M1 M4] to somebody who has left one can no longer write, is told so calmly, and the draft stays', async () => {
  const { page } = desk;
  await composer(page).fill('Gruß zum Abschied');
  await page.keyboard.press('Alt+ArrowUp');
  await untilDrafted(page, 'Gruß zum Abschied');
  await page.keyboard.press('Alt+ArrowDown');
  const setActive = (active: boolean): Promise<void> => office.setActive(anna, jonas, active);
  await setActive(false);
  await page.getByText('Jonas Weber ist nicht mehr dabei. Sie können hier lesen, aber nicht mehr schreiben.').waitFor();
  await page.getByText('Ihr Entwurf bleibt erhalten.').waitFor();
  expect(await composer(page).count()).toBe(0);
  await setActive(true);
  await untilTyped(page, 'Gruß zum Abschied');
  await composer(page).fill('');
});
