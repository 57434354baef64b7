import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKey } from '../../crdt/model/me/me-entries.ts';
import { internalChatId, meDocument } from '../../crdt/model/protocol/document-name.ts';
import { encodeSet } from '../../crdt/model/log/set-entry.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { SyncSocket } from '../support/sync-client.ts';
import type { SignedInPerson } from '../support/installation.ts';
import { axeViolations } from './axe.ts';
import { colleague, type Colleague } from './colleague.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import {
  chatRow,
  composer,
  goToLatest,
  message,
  openChat,
  openContact,
  untilFocused,
  untilInstalled,
  untilState,
  write,
} from './screen.ts';
import { field, found, inAllChats, inside, openSearch, panel, textsOf, untilFound } from './search-screen.ts';
import { openSettings } from './settings-screen.ts';
import { BOTH_LANGUAGES } from './words.ts';

const DAY_MS = 86_400_000;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const KEY = 'Ist der Schlüssel noch beim Hausmeister?';
const FRONT_DOOR = 'Den Haustürschlüssel habe ich.';
const TWO_LINES = 'Treffen um zehn\nin der Lindenstraße 5, Hinterhaus';
const CODE = 'Bitte K#111 und R#2021-09-274 ablegen: https://example.org/a?b=1';
const HOSTILE = '<img src=x onerror=alert(1)> مفتاح Dachboden';
/** More than all that the tests write before they turn the page. */
const PAGE_ENTRIES = 150;
/** Many, in which one scrolls. */
const MANY = Array.from({ length: 130 }, (_, index) => `Bericht ${index + 1} vom Keller`);

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;
let peer: Colleague;

beforeAll(async () => {
  office = await openOffice({ pageEntries: PAGE_ENTRIES });
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  peer = await colleague(office, jonas);
  await peer.writes(MANY, Date.now() - 40 * DAY_MS);
  await peer.writes([FRONT_DOOR, TWO_LINES, CODE, HOSTILE], Date.now() - 3 * DAY_MS);
  await peer.writes([KEY]);
});

afterAll(async () => {
  peer.leave();
  await office.close();
});

/** In the internal chat. */
async function inChat(options?: Parameters<Office['desk']>[1]): Promise<Desk> {
  const desk = await office.desk(anna, options);
  await desk.page.goto(desk.url);
  await openChat(desk.page, options?.locale === 'en-GB' ? 'Internal' : 'Intern');
  await composer(desk.page).waitFor();
  return desk;
}

const scopeLine = (page: Page, words: string | RegExp): Promise<void> =>
  panel(page).getByText(words).waitFor({ state: 'attached' });

test('[S1 S2] the exact wording is found offline after a cold start: case and white space do not matter, all else does', async () => {
  const desk = await inChat();
  await goToLatest(desk.page, KEY);
  await untilInstalled(desk.page);
  await desk.goOffline();
  await desk.page.close();
  const page = await desk.context.newPage();
  await page.goto(`${desk.url}/`);
  await openChat(page, 'Intern');
  await openSearch(page);

  await untilFound(page, 'IST  der schlüssel', [KEY]);
  expect(await found(page).locator('mark').allTextContents()).toEqual(['Ist der Schlüssel']);
  // Over a line break.
  await untilFound(page, 'um zehn in der Linden', [TWO_LINES.replace('\n', ' ')]);
  // The last word may be unfinished, and no other; words in another order are no match.
  await untilFound(page, 'Schlüssel noch be', [KEY]);
  await untilFound(page, 'Schlüss noch', []);
  await untilFound(page, 'noch Schlüssel', []);
  // Punctuation counts, and ü is not u.
  await untilFound(page, 'Hausmeister?', [KEY]);
  await untilFound(page, 'Hausmeister.', []);
  await untilFound(page, 'Schlussel', []);
  for (const code of ['K#111', 'R#2021-09-274', '#2021', 'https://example.org/a?b=1']) {
    await field(page).fill(code);
    await expect.poll(() => found(page).locator('mark').allTextContents(), { message: code }).toEqual([code]);
  }
  // Inside of words: a group of its own, below.
  await untilFound(page, 'schlüssel', [KEY], [FRONT_DOOR]);
  await panel(page).getByRole('heading', { name: 'Mitten im Wort' }).waitFor();
  await untilFound(page, 'türschlüssel', [], [FRONT_DOOR]);
  await desk.close();
});

test('[S2] what is deleted on another device is found no more, what is edited by its new text alone, what comes late as soon as it is here', async () => {
  const [here, there] = [await inChat(), await inChat()];
  const [first, second] = ['Der Apfelkuchen ist fertig.', 'Der Apfelkuchen kommt weg.'];
  for (const text of [first, second]) {
    await write(there.page, text);
    await untilState(there.page, text, 'gesendet');
  }
  await openSearch(here.page);
  await untilFound(here.page, 'apfelkuchen', [second, first]);

  // Of what is asked already, while one looks at it.
  await message(there.page, second).click({ button: 'right' });
  await there.page.getByRole('menuitem', { name: 'Für alle löschen' }).click();
  await there.page.getByRole('alertdialog').getByRole('button', { name: 'Für alle löschen' }).click();
  await expect.poll(() => textsOf(found(here.page))).toEqual([first]);

  await message(there.page, first).click({ button: 'right' });
  await there.page.getByRole('menuitem', { name: 'Bearbeiten' }).click();
  const editing = there.page.getByRole('textbox', { name: 'Nachricht bearbeiten' });
  await editing.fill('Der Birnenkuchen ist fertig.');
  await editing.press('Enter');
  await expect.poll(() => textsOf(found(here.page))).toEqual([]);
  await untilFound(here.page, 'birnenkuchen', ['Der Birnenkuchen ist fertig.']);

  const late = 'Noch ein Birnenkuchen!';
  await peer.writes([late]);
  await expect.poll(() => textsOf(found(here.page))).toEqual([late, 'Der Birnenkuchen ist fertig.']);
  for (const desk of [here, there]) await desk.close();
});

test('[S3 A2] a click opens the message in its place: wide beside what is found, which stays, narrow in its place, and back returns to the row', async () => {
  const wide = await inChat();
  await openSearch(wide.page);
  await field(wide.page).fill('Bericht 7');
  await expect.poll(() => textsOf(found(wide.page))).toHaveLength(11);
  await found(wide.page).last().click();
  await message(wide.page, MANY[6] ?? '').waitFor();
  expect(await textsOf(found(wide.page))).toHaveLength(11);
  expect(await found(wide.page).last().getAttribute('aria-current')).toBe('true');
  await wide.page.reload();
  await message(wide.page, MANY[6] ?? '').waitFor();
  await expect.poll(() => field(wide.page).inputValue()).toBe('Bericht 7');
  await expect.poll(() => textsOf(found(wide.page))).toHaveLength(11);
  await panel(wide.page).getByRole('button', { name: 'Suche schließen' }).click();
  await panel(wide.page).waitFor({ state: 'detached' });
  expect(new URL(wide.page.url()).search).toBe('');
  await wide.close();

  const narrow = await inChat(PHONE);
  const { page } = narrow;
  await openSearch(page);
  await field(page).fill('keller');
  // So many at first, and more as one scrolls.
  await expect.poll(() => found(page).count()).toBe(24);
  const box = panel(page).getByRole('tabpanel');
  const top = (): Promise<number> => box.evaluate((element) => element.scrollTop);
  await found(page).last().scrollIntoViewIfNeeded();
  const down = await top();
  await expect.poll(() => found(page).count()).toBeGreaterThan(24);
  expect(down).toBeGreaterThan(0);
  expect(await top()).toBeGreaterThanOrEqual(down);
  await expect
    .poll(async () => {
      await found(page).last().scrollIntoViewIfNeeded();
      return found(page).count();
    })
    .toBe(MANY.length);
  const row = found(page).nth(60);
  // Scrolls as far as the tap needs it.
  await row.tap({ trial: true });
  const before = await top();
  const text = (await textsOf(row))[0] ?? '';
  await row.tap();
  await page.getByRole('heading', { level: 1, name: 'Intern' }).waitFor();
  await message(page, text).waitFor();
  expect(await panel(page).isVisible()).toBe(false);
  await page.getByRole('link', { name: 'Zurück' }).tap();
  await row.waitFor();
  expect(await top()).toBe(before);
  expect(await found(page).count()).toBe(MANY.length);
  await untilFocused(row);
  // Back to the chat that it was opened from.
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1, name: 'Intern' }).waitFor();
  expect(new URL(page.url()).search).toBe('');
  await narrow.close();
});

test('[S5 S1] this chat or all chats, who wrote it and when: each narrows what is found, and the address keeps it', async () => {
  const desk = await inChat();
  const { page } = desk;
  await openContact(page, 'Jonas Weber');
  const own = 'Mein Bericht zum Keller';
  await write(page, own);
  await untilState(page, own, 'gesendet');
  await openSearch(page);
  await untilFound(page, 'zum keller', [own]);
  await untilFound(page, 'bericht 12 vom', []);
  await inAllChats(page);
  await untilFound(page, 'bericht 12 vom', ['Bericht 12 vom Keller']);
  await expect.poll(() => found(page).first().textContent()).toContain('Intern');

  const sender = panel(page).getByRole('combobox', { name: 'Absender' });
  const period = panel(page).getByRole('combobox', { name: 'Zeitraum' });
  await field(page).fill('keller');
  await expect.poll(() => found(page).count()).toBe(24);
  await sender.selectOption('Sie');
  await expect.poll(() => textsOf(found(page))).toEqual([own]);
  await sender.focus();
  await sender.selectOption('Jonas Weber');
  await expect.poll(() => textsOf(found(page))).not.toContain(own);
  await expect.poll(() => found(page).count()).toBe(24);
  await period.selectOption('Letzte 7 Tage');
  await panel(page).getByText('Mit diesen Filtern enthält keine Nachricht genau diesen Wortlaut.').waitFor();

  await page.reload();
  await panel(page).getByText('Mit diesen Filtern enthält keine Nachricht genau diesen Wortlaut.').waitFor();
  expect(await field(page).inputValue()).toBe('keller');
  await period.selectOption('Zeitraum …');
  const day = (agoDays: number): string => new Date(Date.now() - agoDays * DAY_MS).toISOString().slice(0, 10);
  await panel(page).getByLabel('Vom').fill(day(42));
  await panel(page).getByLabel('Bis zum').fill(day(38));
  await expect.poll(() => found(page).count()).toBe(24);
  await panel(page).getByLabel('Bis zum').fill(day(41));
  await panel(page).getByText('Mit diesen Filtern enthält keine Nachricht genau diesen Wortlaut.').waitFor();
  await desk.close();
});

test.each(BOTH_LANGUAGES)(
  '[S4 S3 A3] in %s: what was searched, and since when; the hint, nothing found, and a phrase that is too long',
  async (_, { locale, t }) => {
    const desk = await inChat({ locale });
    const { page } = desk;
    await openSearch(page);
    await panel(page).getByText(t.search.hint, { exact: true }).waitFor();
    await untilFound(page, 'xylophon', []);
    const since = new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'Europe/Berlin',
    }).format(Date.now() - 40 * DAY_MS - (MANY.length - 1) * 1_000);
    await scopeLine(page, new RegExp(`^\\d+ \\p{L}+ ${t.search.since(since)}$`, 'u'));
    await panel(page).getByRole('status').filter({ hasText: t.search.nothing }).waitFor({ state: 'attached' });
    await field(page).fill('lang '.repeat(2_000));
    await panel(page).getByText(t.search.cut, { exact: true }).waitFor();
    await field(page).fill('schlüssel');
    await panel(page)
      .getByRole('status')
      .filter({ hasText: t.search.count(2) })
      .waitFor({ state: 'attached' });
    await panel(page).getByRole('button', { name: t.search.clear }).click();
    await panel(page).getByText(t.search.hint, { exact: true }).waitFor();
    await desk.close();
  },
);

test('[S3 A4] by keyboard: Ctrl+F searches the chat, arrows walk what is found, Enter opens, Escape leaves', async () => {
  const desk = await inChat();
  const { page } = desk;
  await composer(page).focus();
  await page.keyboard.press('Control+f');
  await untilFocused(field(page));
  expect(await field(page).getAttribute('aria-label')).toBe('In „Intern“ suchen');
  // Once more is the browser's own.
  const isLeft = await page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        addEventListener('keydown', (event) => resolve(!event.defaultPrevented), { once: true });
        const key = new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true, cancelable: true });
        document.activeElement?.dispatchEvent(key);
      }),
  );
  expect(isLeft).toBe(true);
  await page.keyboard.type('schlüssel');
  await expect.poll(() => found(page).count()).toBe(1);
  await expect.poll(() => inside(page).count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await untilFocused(found(page));
  await page.keyboard.press('ArrowDown');
  await untilFocused(inside(page));
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await untilFocused(field(page));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await untilFocused(message(page, FRONT_DOOR));
  await page.keyboard.press('Control+f');
  await untilFocused(field(page));
  expect(await field(page).inputValue()).toBe('schlüssel');
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'detached' });
  await chatRow(page, 'Intern').waitFor();
  await desk.close();
});

test('[S3 P3] Ctrl+K finds people, chats and messages as one list, and leads to all results', async () => {
  const desk = await inChat();
  const { page } = desk;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('bericht');
  const messages = page.getByRole('listbox').getByRole('group', { name: 'Nachrichten' }).getByRole('option');
  await expect.poll(() => messages.count()).toBe(6);
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => messages.nth(1).getAttribute('aria-selected')).toBe('true');
  const second = (await textsOf(messages.nth(1)))[0] ?? '';
  await page.keyboard.press('Enter');
  await message(page, second).waitFor();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('jonas');
  await page.getByRole('option', { name: /^Jonas Weber/ }).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('dachboden');
  await expect.poll(() => messages.count()).toBe(2);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => messages.last().getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Enter');
  await untilFocused(field(page));
  expect(await field(page).inputValue()).toBe('dachboden');
  expect(await field(page).getAttribute('aria-label')).toBe('In allen Chats suchen');
  await expect.poll(() => textsOf(found(page))).toEqual([HOSTILE]);
  // From here the lists are one key away.
  await page.keyboard.press('Control+k');
  await untilFocused(page.getByRole('combobox', { name: 'Personen, Chats und Nachrichten suchen' }));
  await panel(page).waitFor({ state: 'detached' });
  await desk.close();
});

test.each([
  ['wide and light', { colorScheme: 'light' }],
  ['wide and dark', { colorScheme: 'dark' }],
  ['narrow and light', { ...PHONE, colorScheme: 'light' }],
  ['narrow and dark', { ...PHONE, colorScheme: 'dark' }],
] as const)(
  '[A4 A8 S3] what is found breaks no rule of accessibility, hostile texts included: %s',
  async (_, options) => {
    const desk = await inChat(options);
    const { page } = desk;
    await openSearch(page);
    expect(await axeViolations(page)).toEqual([]);
    await untilFound(page, 'onerror=alert', [HOSTILE]);
    await field(page).fill('schlüssel');
    await expect.poll(() => inside(page).count()).toBe(1);
    expect(await axeViolations(page)).toEqual([]);
    await desk.close();
  },
);

const LATEST = 'Das war der letzte Bericht.';
let turned: Promise<void> | undefined;

/** The chat goes on for two more pages; Anna reads all of it, somewhere else. */
async function turnPages(): Promise<void> {
  await peer.writes(Array.from({ length: PAGE_ENTRIES }, (_, index) => `Nachtrag ${index}`));
  for (const days of [20, 18]) {
    await peer.turnPage();
    const texts = Array.from({ length: PAGE_ENTRIES - 1 }, (_, index) => `Stockwerk ${index}`);
    await peer.writes([...texts, LATEST], Date.now() - days * DAY_MS);
  }
  const socket = new SyncSocket({ url: office.url, publicUrl: office.url }, anna);
  const mine = socket.open(meDocument(anna.account));
  await mine.synced();
  const clock = mine.append(encodeSet(stampAt(Date.now()), readKey(internalChatId(anna.company)), 10 * PAGE_ENTRIES));
  await mine.arrival(mine.writer, clock);
  socket.close();
}

test.each(BOTH_LANGUAGES)(
  '[S4 M6] in %s: what is not loaded yet is told, can be paused, and is found once it is here',
  async (_, { locale, t }) => {
    await (turned ??= turnPages());
    const desk = await office.desk(anna, { locale });
    const { page } = desk;
    // A device that has no room at first.
    await desk.context.addInitScript(() => {
      const storage = { usage: 100, quota: 100 };
      navigator.storage.estimate = () => Promise.resolve(storage);
      addEventListener('room', () => (storage.usage = 0));
    });
    await page.goto(desk.url);
    await chatRow(page, t.lists.internal).filter({ hasText: LATEST }).waitFor();
    await openChat(page, t.lists.internal);
    await openSearch(page);
    await untilFound(page, FRONT_DOOR, []);
    const history = t.search.history;
    const said = (kind: keyof typeof history): Promise<void> =>
      scopeLine(page, new RegExp(`^${history[kind](2, 0).split('0')[0] ?? ''}`, 'u'));
    await said('no-room');
    await panel(page).getByRole('button', { name: t.search.pauseHistory }).click();
    await said('paused');
    expect(await axeViolations(page)).toEqual([]);
    await panel(page).getByRole('button', { name: t.search.continueHistory }).click();
    await said('no-room');
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    await openSettings(page, t.settings.thisDevice);
    const loading = page.getByRole('switch', { name: t.settings.loadHistory });
    await loading.click();
    expect(await loading.isChecked()).toBe(false);
    expect(await axeViolations(page)).toEqual([]);
    await page.evaluate(() => dispatchEvent(new Event('room')));
    await loading.click();
    await page.getByText(t.settings.historyWhole).waitFor();
    await page.goBack();
    await openChat(page, t.lists.internal);
    await openSearch(page);
    await untilFound(page, FRONT_DOOR, [FRONT_DOOR]);
    await expect.poll(() => panel(page).locator('.search-lacks').count()).toBe(0);
    await desk.close();
  },
);
