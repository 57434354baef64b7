import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { axeViolations } from './axe.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import {
  chatRow,
  composer,
  listTab,
  untilFocused,
  untilInstalled,
  untilSaidOffline,
  untilState,
  write,
} from './screen.ts';

/** More than any window shows at once. */
const CROWD = 40;

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;
let juergen: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  juergen = await office.addPerson(anna, { first: 'Jürgen', last: 'Müller' });
  for (const [first, last] of [
    ['Uwe', 'Äcker'],
    ['Ida', 'Azzoni'],
    ['Anna', 'Weber'],
    ['Nr.', '42'],
  ] as const) {
    await office.addPerson(anna, { first, last });
  }
  await Promise.all(
    Array.from({ length: CROWD }, (_, index) =>
      office.addPerson(anna, { first: `Mitarbeit${index}`, last: `Nolte${String(index).padStart(2, '0')}` }),
    ),
  );
});

afterAll(() => office.close());

const rows = (page: Page, list: string): Locator =>
  page.getByRole('list', { name: list, exact: true }).getByRole('listitem');
/** Before the menu has taken the focus to its first item, a key would not be for the item that a test has put it on. */
const menuWithFocus = (page: Page): Locator => page.locator('[role="menu"]:focus-within');
const search = (page: Page): Locator => page.getByRole('combobox', { name: 'Personen, Chats und Nachrichten suchen' });

/** Signed in, at the drawn list. */
async function atDesk(person: SignedInPerson, options?: Parameters<Office['desk']>[1]): Promise<Desk> {
  const desk = await office.desk(person, options);
  await desk.page.goto(desk.url);
  await rows(desk.page, 'Chats').first().waitFor();
  return desk;
}

/** Writes into the private chat with a colleague and waits until the server has it. */
async function say({ page }: Desk, name: string, ...said: readonly string[]): Promise<void> {
  await search(page).fill(name);
  await page.getByRole('option').filter({ hasText: name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  for (const text of said) {
    await write(page, text);
    await untilState(page, text, 'gesendet');
  }
}

const namesOf = async (list: Locator): Promise<string[]> => list.locator('.list-row-title').allInnerTexts();

test('[P2] contacts stand by last name under their letters, Ä with A; the letters jump there; a click opens the chat and the address keeps the list', async () => {
  const { page, close } = await atDesk(anna);
  await listTab(page, /Alle Kontakte/).click();
  await chatRow(page, 'Nr. 42').waitFor();
  await chatRow(page, 'Mitarbeit0 Nolte00').waitFor();
  const names = await namesOf(rows(page, 'Alle Kontakte'));
  expect(names.slice(0, 4)).toEqual(['Nr. 42', 'Uwe Äcker', 'Ida Azzoni', 'Jürgen Müller']);
  expect(names).not.toContain('Anna Berger');
  expect(await axeViolations(page)).toEqual([]);

  const letters = page.getByRole('toolbar', { name: 'Buchstaben' }).getByRole('button');
  expect(await letters.allInnerTexts()).toEqual(['#', 'A', 'M', 'N', 'W']);
  await letters.filter({ hasText: 'W' }).click();
  // By first name where the last names are the same.
  await expect
    .poll(async () => (await namesOf(rows(page, 'Alle Kontakte'))).slice(-2))
    .toEqual(['Anna Weber', 'Jonas Weber']);
  await chatRow(page, 'Jonas Weber').click();
  await page.getByRole('heading', { level: 1, name: 'Jonas Weber' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Jonas Weber' }).waitFor();
  expect(await listTab(page, /Alle Kontakte/).getAttribute('aria-selected')).toBe('true');
  await page.goBack();
  await expect.poll(() => page.url()).toMatch(/\/\?list=contacts$/);
  await close();
});

test('[P2 A4] the list of contacts by keyboard alone: one stop of the Tab key, arrows, ends, letters; every row says which of how many it is', async () => {
  const { page, close } = await atDesk(anna);
  await listTab(page, /Alle Kontakte/).click();
  await chatRow(page, 'Nr. 42').waitFor();
  const all = CROWD + 6;
  const inPage = await rows(page, 'Alle Kontakte').count();
  expect(inPage).toBeLessThan(all);
  const focused = page.locator(':focus');
  await page.keyboard.press('Tab');
  const place = (): Promise<(string | null)[]> =>
    focused.evaluate((element) => {
      const row = element.closest('[role=listitem]');
      return [row?.getAttribute('aria-posinset') ?? null, row?.getAttribute('aria-setsize') ?? null];
    });
  await expect.poll(place).toEqual(['1', String(all)]);
  await page.keyboard.press('ArrowDown');
  await expect.poll(place).toEqual(['2', String(all)]);
  await page.keyboard.press('End');
  await expect.poll(place).toEqual([String(all), String(all)]);
  expect(await focused.innerText()).toContain('Jonas Weber');
  await page.keyboard.press('Home');
  await expect.poll(place).toEqual(['1', String(all)]);
  await page.keyboard.press('m');
  await expect.poll(() => focused.innerText()).toContain('Jürgen Müller');
  const [at] = await place();
  await page.keyboard.press('PageDown');
  await expect.poll(async () => Number((await place())[0])).toBeGreaterThan(Number(at) + 1);
  await page.keyboard.press('Home');
  await expect.poll(place).toEqual(['1', String(all)]);
  await page.keyboard.press('ArrowDown');
  await expect.poll(place).toEqual(['2', String(all)]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Uwe Äcker' }).waitFor();
  await close();
});

test('[P3 A4] quick search by keyboard: typing errors and umlauts forgiven, arrows and Enter, Escape back, nothing found says what to do', async () => {
  const { page, close } = await atDesk(anna);
  await page.keyboard.press('Control+k');
  await untilFocused(search(page));
  const options = page.getByRole('option');
  for (const query of ['mueller', 'Muller', 'mülelr', 'jürg']) {
    await search(page).fill(query);
    await options.filter({ hasText: 'Jürgen Müller' }).waitFor();
  }
  await search(page).fill('weber');
  await expect.poll(() => namesOf(options)).toHaveLength(2);
  await page.getByRole('status').filter({ hasText: '2 Treffer' }).waitFor({ state: 'attached' });
  // What is found stands in place of the list, not over it.
  expect(await page.locator('.chat-list .list-row').first().isVisible()).toBe(false);
  expect(await axeViolations(page)).toEqual([]);
  const chosen = (): Promise<string> =>
    page.getByRole('option', { selected: true }).locator('.list-row-title').innerText();
  const [first = '', second = ''] = await namesOf(options);
  expect(await chosen()).toBe(first);
  await page.keyboard.press('ArrowDown');
  await expect.poll(chosen).toBe(second);
  await page.keyboard.press('ArrowDown');
  await expect.poll(chosen).toBe(first);
  await page.keyboard.press('ArrowUp');
  await expect.poll(chosen).toBe(second);

  await search(page).fill('xyzzyx');
  await page.getByText('Nichts gefunden', { exact: true }).first().waitFor();
  await page.getByText('Prüfen Sie die Schreibweise', { exact: false }).waitFor();
  await page.keyboard.press('Escape');
  expect(await search(page).inputValue()).toBe('');
  await untilFocused(search(page));

  await search(page).fill('jonas');
  await options.first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Jonas Weber' }).waitFor();
  await close();
});

test('[P2 P3 A3] in English quick search finds chats by title and the letters lead to a contact, offline too', async () => {
  const { page, goOffline, close } = await atDesk(anna, { locale: 'en-GB' });
  await untilInstalled(page);
  await goOffline();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Search people, chats and messages' });
  await field.fill('intern');
  await page.getByRole('option', { name: /^Internal/ }).waitFor();
  await field.fill('qqqqqq');
  await page.getByText('Nothing found', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await page.getByRole('tab', { name: 'All contacts' }).click();
  const letters = page.getByRole('toolbar', { name: 'Letters' }).getByRole('button');
  await letters.filter({ hasText: 'W' }).click();
  await chatRow(page, 'Jonas Weber').click();
  await page.getByRole('heading', { level: 1, name: 'Jonas Weber' }).waitFor();
  await close();
});

test('[C9 C12] a chat is pinned and muted by its row’s menu: it moves up, says so, keeps its number and leaves the totals, on every device', async () => {
  const [here, there, jonasDesk, juergenDesk] = [
    await atDesk(anna),
    await atDesk(anna),
    await atDesk(jonas),
    await atDesk(juergen),
  ];
  await say(jonasDesk, 'Anna Berger', 'Eins.', 'Zwei.');
  await say(juergenDesk, 'Anna Berger', 'Drei.');
  for (const { page } of [here, there]) {
    await chatRow(page, 'Jonas Weber').getByText('2 ungelesene Nachrichten').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Menü, 3 ungelesene Nachrichten' }).waitFor();
    await listTab(page, /Chats.*3 ungelesene Nachrichten/).waitFor();
    await expect.poll(() => page.title()).toMatch(/^\(3\) /);
    await expect
      .poll(async () => (await namesOf(rows(page, 'Chats'))).slice(0, 3))
      .toEqual(['Intern', 'Jürgen Müller', 'Jonas Weber']);
  }

  await chatRow(here.page, 'Jonas Weber').click({ button: 'right' });
  await here.page.getByRole('menuitem', { name: 'Anheften' }).click();
  await here.page.getByRole('menu').waitFor({ state: 'detached' });
  await chatRow(here.page, 'Jonas Weber').focus();
  await here.page.keyboard.press('Shift+F10');
  await menuWithFocus(here.page).waitFor();
  await here.page.getByRole('menuitem', { name: 'Stummschalten' }).press('Enter');
  for (const { page } of [here, there]) {
    const row = chatRow(page, 'Jonas Weber');
    await row.getByText('angeheftet').waitFor({ state: 'attached' });
    await row.getByText('stummgeschaltet').waitFor({ state: 'attached' });
    await row.getByText('2 ungelesene Nachrichten').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Menü, 1 ungelesene Nachricht' }).waitFor();
    await expect.poll(() => page.title()).toMatch(/^\(1\) /);
    await expect
      .poll(async () => (await namesOf(rows(page, 'Chats'))).slice(0, 3))
      .toEqual(['Intern', 'Jonas Weber', 'Jürgen Müller']);
  }
  expect(await axeViolations(here.page)).toEqual([]);

  // The focus is back on the row that asked, wherever it stands now.
  for (const action of ['Nicht mehr anheften', 'Stummschaltung aufheben']) {
    await expect.poll(() => here.page.locator(':focus').innerText()).toContain('Jonas Weber');
    await here.page.keyboard.press('Shift+F10');
    await menuWithFocus(here.page).waitFor();
    await here.page.getByRole('menuitem', { name: action }).press('Enter');
    await here.page.getByRole('menuitem', { name: action }).waitFor({ state: 'detached' });
  }
  await there.page.getByRole('button', { name: 'Menü, 3 ungelesene Nachrichten' }).waitFor();
  await expect
    .poll(async () => (await namesOf(rows(there.page, 'Chats'))).slice(0, 3))
    .toEqual(['Intern', 'Jürgen Müller', 'Jonas Weber']);

  // Read on one device is read on all.
  await chatRow(here.page, 'Jonas Weber').click();
  await there.page.getByRole('button', { name: 'Menü, 1 ungelesene Nachricht' }).waitFor();
  await chatRow(there.page, 'Jürgen Müller').click();
  for (const { page } of [here, there]) {
    await page.getByRole('button', { name: 'Menü', exact: true }).waitFor();
    await expect.poll(() => page.title()).not.toMatch(/^\(/);
  }
  for (const desk of [here, there, jonasDesk, juergenDesk]) await desk.close();
});

test('[C5 M1 M4] a row says what was last said and by whom, what is drafted on another device, and what waits', async () => {
  const [here, there, jonasDesk] = [await atDesk(anna), await atDesk(anna), await atDesk(jonas)];
  await say(jonasDesk, 'Anna Berger', 'Ist der Schlüssel da?');
  await chatRow(there.page, 'Jonas Weber').getByText('Ist der Schlüssel da?').waitFor();
  await say(here, 'Jonas Weber', 'Ja, <b>hier</b>.');
  await chatRow(there.page, 'Jonas Weber').getByText('Sie: Ja, <b>hier</b>.').waitFor();

  await composer(here.page).fill('Wann kommst du');
  await chatRow(there.page, 'Jonas Weber').getByText('Entwurf: Wann kommst du').waitFor();
  await composer(here.page).fill('');
  await chatRow(there.page, 'Jonas Weber').getByText('Sie: Ja, <b>hier</b>.').waitFor();

  await here.goOffline();
  await write(here.page, 'Bis morgen.');
  await untilSaidOffline(here.page, 'Offline · 1 wartet');
  await listTab(here.page, /^Chats/).click();
  await chatRow(here.page, 'Jonas Weber').getByText('wartet auf Netz').waitFor({ state: 'attached' });
  await here.goOnline();
  await chatRow(there.page, 'Jonas Weber').getByText('Sie: Bis morgen.').waitFor();
  await chatRow(here.page, 'Jonas Weber').getByText('wartet auf Netz').waitFor({ state: 'detached' });
  for (const desk of [here, there, jonasDesk]) await desk.close();
});

test('[C5] a row that is pressed stays under the pointer, whatever comes in meanwhile', async () => {
  const [here, jonasDesk, juergenDesk] = [await atDesk(anna), await atDesk(jonas), await atDesk(juergen)];
  await say(juergenDesk, 'Anna Berger', 'Ich zuletzt.');
  await expect.poll(async () => (await namesOf(rows(here.page, 'Chats')))[1]).toBe('Jürgen Müller');
  const box = await chatRow(here.page, 'Jürgen Müller').boundingBox();
  if (box === null) throw new Error('the row is not in view');
  await here.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await here.page.mouse.down();
  await say(jonasDesk, 'Anna Berger', 'Nein, ich.');
  await chatRow(here.page, 'Jonas Weber').getByText('Nein, ich.').waitFor();
  expect((await namesOf(rows(here.page, 'Chats')))[1]).toBe('Jürgen Müller');
  await here.page.mouse.up();
  await here.page.getByRole('heading', { level: 1, name: 'Jürgen Müller' }).waitFor();
  await here.page.mouse.move(900, 400);
  await expect.poll(async () => (await namesOf(rows(here.page, 'Chats')))[1]).toBe('Jonas Weber');
  for (const desk of [here, jonasDesk, juergenDesk]) await desk.close();
});

test('[C10] mute all leaves every unread number and the totals as they are', async () => {
  const [here, jonasDesk] = [await atDesk(anna), await atDesk(jonas)];
  await here.page.getByRole('button', { name: /^Menü/ }).click();
  await here.page.getByRole('menuitem', { name: 'Einstellungen' }).click();
  await here.page.getByRole('link', { name: 'Messenger' }).click();
  await here.page.getByRole('switch', { name: 'Alle Chats stummschalten' }).click();
  await expect.poll(() => here.page.getByRole('switch', { name: 'Alle Chats stummschalten' }).isChecked()).toBe(true);
  await say(jonasDesk, 'Anna Berger', 'Hört mich jemand?');
  await chatRow(here.page, 'Jonas Weber')
    .getByText(/ungelesene Nachricht/)
    .waitFor({ state: 'attached' });
  await here.page.getByRole('button', { name: /^Menü, \d+ ungelesene Nachricht/ }).waitFor();
  await here.page.getByRole('switch', { name: 'Alle Chats stummschalten' }).click();
  for (const desk of [here, jonasDesk]) await desk.close();
});

test('[C12 A2] on a narrow screen the list keeps its place, its row and its menu by touch', async () => {
  const phone = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true };
  const { page, context, close } = await atDesk(anna, phone);
  const { x, y } = (await chatRow(page, 'Intern').boundingBox()) ?? { x: 0, y: 0 };
  const touch = await context.newCDPSession(page);
  const clicks = await page.evaluateHandle(() => {
    const seen: Event[] = [];
    document.addEventListener('click', (event) => seen.push(event), true);
    return seen;
  });
  // The menu outlives the finger, and lifting it opens no chat.
  for (const name of ['Stummschalten', 'Stummschaltung aufheben']) {
    const item = page.getByRole('menuitem', { name, exact: true });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 80, y: y + 30 }] });
    // What the finger rests on may be drawn anew meanwhile.
    await chatRow(page, 'Intern')
      .locator('.list-row-title')
      .evaluate((title) => title.replaceWith(title.cloneNode(true)));
    await item.waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await item.tap();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  }
  // A click after the tap on the item would come when the menu may have gone, and open the chat that lay beneath.
  expect(await clicks.evaluate((seen) => seen.length)).toBe(0);
  expect(new URL(page.url()).pathname).toBe('/');

  await listTab(page, /Alle Kontakte/).tap();
  await chatRow(page, 'Nr. 42').waitFor();
  // Out of sight it has no role.
  const list = page.locator('.contact-list .row-list');
  await list.evaluate((element) => element.scrollTo(0, 1_000));
  const top = (): Promise<number> => list.evaluate((element) => element.scrollTop);
  await expect.poll(top).toBe(1_000);
  const row = rows(page, 'Alle Kontakte').filter({ hasText: 'Nolte15' }).getByRole('link');
  await row.tap();
  await page.getByRole('heading', { level: 1, name: 'Mitarbeit15 Nolte15' }).waitFor();
  const before = await top();
  expect(before).toBeGreaterThan(900);
  expect(await page.getByRole('navigation', { name: 'Chats und Kontakte' }).isVisible()).toBe(false);
  await page.goBack();
  await row.waitFor();
  await expect.poll(top).toBe(before);

  // Nothing is said of keys where there are none.
  await page.getByRole('button', { name: /^Menü/ }).tap();
  await page.getByRole('menuitem', { name: 'Einstellungen' }).waitFor();
  expect(await page.getByRole('menuitem', { name: 'Tastenkürzel' }).count()).toBe(0);
  await close();
});
