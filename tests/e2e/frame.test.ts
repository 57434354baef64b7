import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { axeViolations } from './axe.ts';
import { colleague } from './colleague.ts';
import { openOffice, type Office } from './office.ts';
import { composer, message, untilInstalled, untilState, write } from './screen.ts';

const NARROW = { width: 390, height: 844 };
const LOCALES = { de: 'de-DE', en: 'en-GB' } as const;

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;
let chat: string;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  // More chats than a narrow screen shows.
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      office.addPerson(anna, { first: 'Person', last: `Nr. ${String(index + 1).padStart(2, '0')}` }),
    ),
  );
  chat = `/chats/p-${anna.account}-${jonas.account}`;
});

afterAll(() => office.close());

const pathOf = (page: Page): string => new URL(page.url()).pathname;
const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('heading', { level: 1, name }).waitFor();

test.each([
  ['de', 'Diese Seite gibt es nicht', 'Diesen Chat gibt es nicht', 'Zu den Chats'],
  ['en', 'This page does not exist', 'This chat does not exist', 'To the chats'],
] as const)(
  '[A2 A3] an address that leads nowhere, or to a chat of others, is one calm page with a way out: %s',
  async (language, noPage, noChat, out) => {
    const desk = await office.desk(anna, { locale: LOCALES[language] });
    const { page } = desk;
    for (const [path, words] of [
      ['/nirgendwo/hin', noPage],
      [`/chats/p-${jonas.account}-${jonas.account + 1}`, noChat],
      ['/chats/unsinn', noChat],
    ] as const) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(desk.url + path);
      await heading(page, words);
      expect(await page.title()).toBe(`${words} · Hausfunk`);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await axeViolations(page)).toEqual([]);
      }
      await page.setViewportSize(NARROW);
      await page.getByRole('link', { name: out }).click();
      await page.waitForURL(`${desk.url}/`);
    }
    await desk.close();
  },
);

test('[A2] narrow: list and chat are one step apart, by the button as by the browser, and one stands where one was', async () => {
  const desk = await office.desk(anna, { viewport: NARROW });
  const { page } = desk;
  await page.goto(`${desk.url}/?list=contacts`);
  const row = page.getByRole('link', { name: /^Person Nr\. 19/ });
  const list = page.locator('.frame-rows');
  await list.waitFor();
  await page.mouse.move(200, 600);
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 200);
      return row.count();
    })
    .toBe(1);
  // Rows take no click until the list has come to rest, and Playwright scrolls when a click does not arrive.
  await row.click({ trial: true });
  const where = await row.boundingBox();
  await row.click();
  await heading(page, 'Person Nr. 19');
  await page.goBack();
  await list.waitFor();
  await expect.poll(() => row.boundingBox()).toEqual(where);
  await expect.poll(() => row.evaluate((link) => link === document.activeElement)).toBe(true);

  // The button: the same, and the chat is not one step behind the list.
  await page.keyboard.press('Enter');
  await heading(page, 'Person Nr. 19');
  await page.getByRole('link', { name: 'Zurück zur Liste' }).click();
  await expect.poll(() => row.boundingBox()).toEqual(where);
  await page.goForward();
  await heading(page, 'Person Nr. 19');
  await page.goBack();
  await page.goBack();
  expect(page.url()).toBe('about:blank');
  await desk.close();
});

test('[A2] narrow: who comes to a chat by its address gets back to the list, and not into the chat again', async () => {
  const desk = await office.desk(anna, { viewport: NARROW });
  const { page } = desk;
  await page.goto(desk.url + chat);
  // The list is in the page, and in nobody's sight or reach.
  const row = page.locator('.chat-list .list-row').first();
  await row.waitFor({ state: 'attached' });
  expect(await row.isVisible()).toBe(false);
  await page.getByRole('link', { name: 'Zurück zur Liste' }).click();
  await page.waitForURL(`${desk.url}/`);
  await page.goBack();
  expect(page.url()).toBe('about:blank');
  await desk.close();
});

test('[A1 A2 A4] every address opens by itself, after a reload and without network, and has a title of its own', async () => {
  const desk = await office.desk(anna);
  const { page } = desk;
  const titles = new Map([
    [chat, 'Jonas Weber · Hausfunk'],
    ['/chats/i-1', 'Intern · Hausfunk'],
    ['/settings', 'Mein Profil · Hausfunk'],
    ['/settings/messenger', 'Messenger · Hausfunk'],
    ['/settings/devices', 'Geräte · Hausfunk'],
    ['/settings/appearance', 'Aussehen und Sprache · Hausfunk'],
    ['/settings/people', 'Personen und Einladungen · Hausfunk'],
    ['/settings/device', 'Dieses Gerät · Hausfunk'],
    ['/nirgendwo', 'Diese Seite gibt es nicht · Hausfunk'],
    ['/', 'Hausfunk'],
  ]);
  const untilTitled = (title: string): Promise<void> =>
    expect.poll(() => page.title(), { timeout: 20_000 }).toBe(title);
  await page.goto(desk.url + chat);
  await composer(page).waitFor();
  await untilInstalled(page);
  for (const network of [true, false]) {
    if (!network) await desk.goOffline();
    for (const [path, title] of titles) {
      await page.goto(desk.url + path);
      await untilTitled(title);
      await page.reload();
      await untilTitled(title);
      expect(pathOf(page)).toBe(path);
    }
  }
  expect(new Set(titles.values()).size).toBe(titles.size);
  await desk.close();
});

test.each([
  ['de', 'Offline · 1 wartet'],
  ['en', 'Offline · 1 waiting'],
] as const)(
  '[M4 A3] without network one line says so and what waits, on a narrow screen too, and goes by itself: %s',
  async (language, words) => {
    const desk = await office.desk(anna, { locale: LOCALES[language], viewport: NARROW });
    const { page } = desk;
    await page.goto(desk.url + chat);
    await page.locator('textarea').fill(`ohne Netz, ${language}`);
    await desk.goOffline();
    await page.locator('textarea').press('Enter');
    await page.getByRole('main').getByText(words).waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('navigation').getByText(words).waitFor();
    await desk.goOnline();
    await expect.poll(() => page.getByText(words).count(), { timeout: 20_000 }).toBe(0);
    await desk.close();
  },
);

test('[A7] a disk that gets full is told in time, once, wide and narrow, and writing goes on', async () => {
  const desk = await office.desk(anna);
  const { page } = desk;
  await page.goto(desk.url + chat);
  await composer(page).waitFor();
  const notice = page.getByRole('status').filter({ hasText: 'fast voll: noch etwa 12 MB' });
  expect(await notice.count()).toBe(0);
  // What a browser that tells the truth says of a disk with 12 MB left.
  await page.addInitScript(() => {
    navigator.storage.estimate = () => Promise.resolve({ usage: 88_000_000, quota: 100_500_000 });
  });
  await page.reload();
  await notice.first().waitFor();
  await page.setViewportSize(NARROW);
  await notice.first().waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await write(page, 'geht noch');
  await untilState(page, 'geht noch', 'gesendet');
  await notice.getByRole('button', { name: 'Hinweis schließen' }).click();
  await notice.waitFor({ state: 'detached' });
  await desk.close();
});

test('[A7] to keep its storage the browser is asked once, after the first message and never at a start', async () => {
  const desk = await office.desk(jonas);
  const { page, context } = desk;
  await context.addInitScript(() => {
    const ask = navigator.storage.persist.bind(navigator.storage);
    navigator.storage.persist = () => {
      sessionStorage.setItem('asked', `${sessionStorage.getItem('asked') ?? ''}x`);
      return ask();
    };
  });
  const asked = (): Promise<string | null> => page.evaluate(() => sessionStorage.getItem('asked'));
  await page.goto(desk.url + chat);
  await composer(page).fill('noch nicht gesendet');
  expect(await asked()).toBeNull();
  await composer(page).press('Enter');
  await untilState(page, 'noch nicht gesendet', 'gesendet');
  await expect.poll(asked).toBe('x');
  await page.reload();
  await write(page, 'und noch eine');
  await untilState(page, 'und noch eine', 'gesendet');
  expect(await asked()).toBe('x');
  await desk.close();
});

/** As if a version of the app that is yet to come had been here: this one can't open its database. */
const closeStorage = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.endsWith('/meta') ? [name] : []));
    for (const name of names) {
      await new Promise((resolve, reject) => {
        const request = indexedDB.open(name, 1_000);
        request.addEventListener('error', reject);
        request.addEventListener('success', () => {
          request.result.close();
          resolve(undefined);
        });
      });
    }
    return names.length;
  });

test('[A7] a copy that can not be opened is not thrown away unasked; who agrees gets everything from the server again', async () => {
  const desk = await office.desk(anna);
  const { page } = desk;
  await page.goto(desk.url + chat);
  await write(page, 'liegt auf dem Server');
  await untilState(page, 'liegt auf dem Server', 'gesendet');
  const aside = await desk.context.newPage();
  await aside.goto(`${desk.url}/health`);
  await page.goto('about:blank');
  expect(await closeStorage(aside)).toBe(1);

  await page.goto(desk.url + chat);
  await page.getByText('Auf diesem Gerät lässt sich gerade nichts speichern').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Neu vom Server holen' }).click();
  const question = page.getByRole('alertdialog', { name: 'Kopie auf diesem Gerät verwerfen?' });
  await question.getByRole('button', { name: 'Behalten' }).click();
  await question.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Neu vom Server holen' }).click();
  await question.getByRole('button', { name: 'Neu vom Server holen' }).click();
  await message(page, 'liegt auf dem Server').waitFor();
  await desk.close();
});

test('[C12 A4] of more than 99 unread messages the sign of the menu stays to be seen; its name has the whole number', async () => {
  const peer = await colleague(office, jonas);
  await peer.writes(Array.from({ length: 120 }, (_, index) => `Nummer ${index + 1}`));
  peer.leave();
  const desk = await office.desk(anna);
  const { page } = desk;
  await page.goto(desk.url);
  const menu = page.getByRole('button', { name: /^Menü, 12\d ungelesene Nachrichten$/ });
  await menu.waitFor();
  expect(await page.locator('.main-menu-count').innerText()).toBe('99+');
  await desk.close();
});
