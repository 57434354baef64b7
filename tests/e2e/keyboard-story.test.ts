/** A day without a mouse, in both languages: every step by a key, and what a screen reader is told on the way. */
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { heard } from './heard.ts';
import { openOffice, type Office } from './office.ts';
import { chatRow, composer, hasFocus, message, textsOf, untilFocused, untilState } from './screen.ts';
import { door } from './settings-screen.ts';
import { BOTH_LANGUAGES } from './words.ts';

/** More stops of the Tab key than any screen has. */
const MOST_STOPS = 40;

let office: Office;
let anna: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  await office.addPerson(anna, { first: 'Uwe', last: 'Äcker' });
});

afterAll(() => office.close());

/** Goes on by the Tab key until there. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(key);
    if (await hasFocus(wanted)) return;
  }
  throw new Error(`The Tab key does not come to ${String(wanted)}`);
}

/** In an open menu: arrows until the item has the focus, and Enter. */
async function choose(page: Page, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name, exact: true });
  await item.waitFor();
  await page.locator('[role=menu] :focus').waitFor();
  for (let step = 0; step < MOST_STOPS && !(await hasFocus(item)); step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

test.each(BOTH_LANGUAGES)(
  '[A4 A3 P2 M1 M5 C9 A8] by keyboard alone from the first key to the last: sign in, contact, message, edit, delete, pin, settings, sign out: %s',
  async (_, { locale, t }, sent) => {
    const desk = await office.desk(undefined, { locale });
    const { page } = desk;
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
    const dialog = page.getByRole('alertdialog');
    await page.goto(desk.url);
    await door(page).waitFor();
    await tabTo(page, page.getByLabel(t.signIn.email));
    await page.keyboard.type(anna.email);
    await tabTo(page, page.getByLabel(t.signIn.password, { exact: true }));
    await page.keyboard.type(anna.password);
    await page.keyboard.press('Enter');
    await chatRow(page, t.lists.internal).waitFor();

    // To the contacts, and down to a colleague.
    await tabTo(page, page.getByRole('tab', { name: t.lists.chats }));
    await page.keyboard.press('ArrowRight');
    await chatRow(page, 'Uwe Äcker').waitFor();
    await tabTo(page, chatRow(page, 'Uwe Äcker'));
    await page.keyboard.press('ArrowDown');
    await untilFocused(chatRow(page, 'Jonas Weber'));
    expect(await heard(page.getByRole('navigation', { name: t.lists.label }))).toMatchSnapshot('contacts');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Jonas Weber' }).waitFor();
    await untilFocused(composer(page));

    // Two messages; the last one is changed, the one before it deleted.
    const texts = [`one ${locale}`, `two ${locale}`] as const;
    for (const text of texts) {
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
      await untilState(page, text, sent);
    }
    await page.keyboard.press('ArrowUp');
    await untilFocused(page.getByRole('textbox', { name: t.composer.editing }));
    await page.keyboard.press('End');
    await page.keyboard.type('!');
    await page.keyboard.press('Enter');
    await message(page, `${texts[1]}!`).getByText(t.conversation.edited).waitFor();
    await untilFocused(composer(page));
    await tabTo(page, page.getByRole('list', { name: t.conversation.messages }), 'Shift+Tab');
    await page.keyboard.press('ArrowUp');
    await untilFocused(message(page, `${texts[1]}!`));
    await page.keyboard.press('ArrowUp');
    await untilFocused(message(page, texts[0]));
    await page.keyboard.press('Enter');
    await page.locator('[role=menu] :focus').waitFor();
    expect(await heard(page.getByRole('menu'))).toMatchSnapshot('message menu');
    await choose(page, t.conversation.delete);
    // The answer that changes nothing has the focus.
    await untilFocused(dialog.getByRole('button').first());
    expect(await heard(dialog)).toMatchSnapshot('question');
    await tabTo(page, dialog.getByRole('button', { name: t.conversation.delete }));
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    // Behind a dialog that is just closing the messages have no role.
    await expect.poll(() => textsOf(page)).not.toContain(texts[0]);
    expect(await heard(message(page, `${texts[1]}!`))).toMatchSnapshot('message');

    // The chat's own menu, and back again by its toast.
    await tabTo(page, button(t.conversation.menu), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await choose(page, t.conversation.pin);
    await page.getByRole('status').filter({ hasText: t.conversation.pinned }).waitFor();
    await untilFocused(button(t.conversation.menu));
    await page.keyboard.press('ArrowDown');
    await choose(page, t.conversation.unpin);

    await tabTo(page, button(t.lists.menu), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await choose(page, t.lists.settings);
    const sections = page.getByRole('navigation', { name: t.settings.sections });
    await tabTo(page, sections.getByRole('link', { name: t.settings.messenger }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: t.settings.messenger }).waitFor();
    const receipts = page.getByRole('switch', { name: t.settings.readReceipts });
    await tabTo(page, receipts);
    await page.keyboard.press('Space');
    await expect.poll(() => receipts.isChecked()).toBe(false);
    expect(await heard(page.getByRole('main'))).toMatchSnapshot('settings');
    await page.keyboard.press('Space');
    await expect.poll(() => receipts.isChecked()).toBe(true);

    await tabTo(page, sections.getByRole('link', { name: t.settings.thisDevice }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: t.settings.thisDevice }).waitFor();
    await tabTo(page, button(t.signOut.submit));
    await page.keyboard.press('Enter');
    await page.getByText(t.door.left).waitFor();
    await desk.close();
  },
);
