import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { leftBehind, NOTHING } from './left-behind.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import { composer, message, openContact, signIn, untilInstalled, untilState, write } from './screen.ts';
import { door } from './settings-screen.ts';

const FIREFOX = 'Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0';

let office: Office;
let anna: SignedInPerson;
let desk: Desk;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  desk = await office.desk();
  await signIn(desk.page, desk.url, anna);
});

afterAll(() => office.close());

const devices = (page: Page): Locator => page.getByRole('list', { name: 'Ihre Geräte' }).getByRole('listitem');
const phoneRow = (): Locator => devices(desk.page).filter({ hasText: 'Firefox auf Android' });

async function signInOnPhone(): Promise<Desk> {
  const phone = await office.desk(undefined, { userAgent: FIREFOX });
  await signIn(phone.page, phone.url, anna);
  await openContact(phone.page, 'Jonas Weber');
  return phone;
}

async function act(on: Locator, action: 'Abmelden' | 'Abmelden und leeren'): Promise<void> {
  const { page } = desk;
  await on.getByRole('button', { name: /^Aktionen für/ }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: action, exact: true }).click();
  await question.waitFor({ state: 'detached' });
}

async function openList(): Promise<void> {
  await desk.page.goto(`${desk.url}/settings/devices`);
  await devices(desk.page).first().waitFor();
}

test('[P13 A4] one sees where one is signed in, and a device that is signed out keeps what it has and asks to sign in again', async () => {
  const phone = await signInOnPhone();
  await write(phone.page, 'Vom Telefon.');
  await untilState(phone.page, 'Vom Telefon.', 'gesendet');
  await openList();
  await phoneRow().getByText('In der letzten Stunde aktiv').waitFor();
  expect(await devices(desk.page).filter({ hasText: 'Dieses Gerät' }).count()).toBe(1);
  await phone.goOffline();
  await write(phone.page, 'Noch nicht gesendet.');
  await untilState(phone.page, 'Noch nicht gesendet.', 'wartet auf Netz');
  await phone.goOnline();
  await untilState(phone.page, 'Noch nicht gesendet.', 'gesendet');

  await act(phoneRow(), 'Abmelden');
  await desk.page.getByRole('status').filter({ hasText: 'Firefox auf Android ist abgemeldet.' }).waitFor();
  await phoneRow().waitFor({ state: 'detached' });
  // The focus is not lost with the row.
  await desk.page.getByRole('list', { name: 'Ihre Geräte' }).and(desk.page.locator(':focus')).waitFor();
  await phone.page.getByText('Die Anmeldung von Anna Berger ist abgelaufen. Nichts ist verloren').waitFor();
  expect((await leftBehind(phone.context, phone.url)).databases.length).toBeGreaterThan(0);
  await phone.close();
});

test('[P13] a device that is wiped from elsewhere empties itself at once when it is in contact, and says so', async () => {
  const phone = await signInOnPhone();
  await message(phone.page, 'Vom Telefon.').waitFor();
  await composer(phone.page).fill('nur hier');
  await openList();
  await act(phoneRow(), 'Abmelden und leeren');
  await desk.page.getByRole('status').filter({ hasText: 'Es wird geleert, sobald es sich wieder meldet.' }).waitFor();
  await phone.page.getByText('von einem Ihrer anderen Geräte aus abgemeldet und geleert').waitFor();
  await expect.poll(() => leftBehind(phone.context, phone.url)).toEqual(NOTHING);
  await signIn(phone.page, phone.url, anna);
  await openContact(phone.page, 'Jonas Weber');
  await message(phone.page, 'Vom Telefon.').waitFor();
  await phone.close();
});

test('[P13] a device without network is wiped when it next gets in contact', async () => {
  const phone = await signInOnPhone();
  await untilInstalled(phone.page);
  await phone.page.reload();
  await message(phone.page, 'Vom Telefon.').waitFor();
  await openList();
  await phone.goOffline();
  // The phone of the test before is signed in, too.
  for (let left = await phoneRow().count(); left > 0; left -= 1) {
    await act(phoneRow().last(), 'Abmelden und leeren');
    await expect.poll(() => phoneRow().count()).toBe(left - 1);
  }
  await phone.page.reload();
  await message(phone.page, 'Vom Telefon.').waitFor();

  await phone.goOnline();
  await phone.page.getByText('von einem Ihrer anderen Geräte aus abgemeldet und geleert').waitFor();
  await expect.poll(() => leftBehind(phone.context, phone.url)).toEqual(NOTHING);
  await phone.close();
});

test('[P13] the menu of a device stays open while the list comes anew without another one', async () => {
  const phones = [await signInOnPhone(), await signInOnPhone()];
  await openList();
  await expect.poll(() => phoneRow().count()).toBe(2);
  // The next list comes when the menu is open.
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await desk.context.route('**/api/devices', async (route) => {
    await held;
    await route.continue();
  });
  await act(phoneRow().first(), 'Abmelden');
  await phoneRow()
    .last()
    .getByRole('button', { name: /^Aktionen für/ })
    .click();
  const menu = desk.page.getByRole('menu');
  await menu.waitFor();
  answer();
  // Behind an open menu the rows have no role.
  await expect.poll(() => desk.page.locator('.device', { hasText: 'Firefox auf Android' }).count()).toBe(1);
  expect(await menu.isVisible()).toBe(true);
  await desk.page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await desk.context.unroute('**/api/devices');
  for (const phone of phones) await phone.close();
  await act(phoneRow(), 'Abmelden');
  await expect.poll(() => phoneRow().count()).toBe(0);
});

test('[P13] all other devices are signed out with one question; this one stays', async () => {
  const phones = [await signInOnPhone(), await signInOnPhone()];
  await openList();
  await desk.page.getByRole('button', { name: 'Alle anderen abmelden' }).click();
  const question = desk.page.getByRole('alertdialog', { name: 'Alle anderen Geräte abmelden?' });
  await question.getByText('Dieses hier bleibt angemeldet.').waitFor();
  await question.getByRole('button', { name: 'Abmelden' }).click();
  for (const phone of phones) {
    await door(phone.page).waitFor();
    await phone.close();
  }
  await desk.page.getByRole('status').filter({ hasText: 'Alle anderen Geräte sind abgemeldet.' }).waitFor();
  await expect.poll(() => devices(desk.page).count()).toBe(1);
});

test('[P13] without network the list says that it comes from the server, and comes when there is network again', async () => {
  await untilInstalled(desk.page);
  await desk.page.reload();
  await devices(desk.page).first().waitFor();
  await desk.goOffline();
  await desk.page.reload();
  await desk.page.getByText('Die Liste Ihrer Geräte kommt vom Server').waitFor();
  await desk.goOnline();
  await devices(desk.page).first().waitFor();
  await desk.page.getByRole('button', { name: 'Hier abmelden' }).click();
  await desk.page.getByRole('heading', { level: 1, name: 'Dieses Gerät' }).waitFor();
});
