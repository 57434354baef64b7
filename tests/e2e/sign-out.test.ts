import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NEW_INVITATION } from '../../crdt/model/protocol/http.ts';
import { request, type SignedInPerson } from '../support/installation.ts';
import { leftBehind, NOTHING, plainPage } from './left-behind.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import {
  chatRow,
  composer,
  message,
  openContact,
  signIn,
  untilInstalled,
  untilState,
  untilTyped,
  write,
} from './screen.ts';
import { door, openSettings } from './settings-screen.ts';

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
});

afterAll(() => office.close());

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** A device of Anna's with a conversation on it. */
async function annasDesk(): Promise<Desk> {
  const desk = await office.desk();
  await signIn(desk.page, desk.url, anna);
  await openContact(desk.page, 'Jonas Weber');
  return desk;
}

async function askToLeave(page: Page): Promise<void> {
  await openSettings(page, 'Dieses Gerät');
  await button(page, 'Abmelden').click();
}

async function leaveWithoutNetwork(desk: Desk): Promise<void> {
  const { page } = desk;
  await desk.goOffline();
  await askToLeave(page);
  await page
    .getByRole('alertdialog', { name: 'Ohne Netz abmelden?' })
    .getByRole('button', { name: 'Abmelden' })
    .click();
  await door(page).waitFor();
}

test('[A8] with everything sent, signing out empties the device in all tabs, and the next person finds nothing', async () => {
  const desk = await annasDesk();
  const { page } = desk;
  await write(page, 'Nur für Jonas.');
  await untilState(page, 'Nur für Jonas.', 'gesendet');
  await composer(page).fill('angefangen');
  const other = await desk.context.newPage();
  await other.goto(page.url());
  await message(other, 'Nur für Jonas.').waitFor();
  expect((await leftBehind(desk.context, desk.url)).databases.length).toBeGreaterThan(0);

  await page.bringToFront();
  await askToLeave(page);
  await page.getByText('Auf diesem Gerät liegt nichts mehr von Ihnen.').waitFor();
  await door(other).waitFor();
  await expect.poll(() => leftBehind(desk.context, desk.url)).toEqual(NOTHING);

  await signIn(page, desk.url, jonas);
  await openContact(page, 'Anna Berger');
  await message(page, 'Nur für Jonas.').waitFor();
  expect(await composer(page).inputValue()).toBe('');
  await desk.close();
});

test('[A8] a draft is with the person again after the next sign-in', async () => {
  const desk = await annasDesk();
  await composer(desk.page).fill('morgen fertig schreiben');
  await askToLeave(desk.page);
  await door(desk.page).waitFor();
  await signIn(desk.page, desk.url, anna);
  await openContact(desk.page, 'Jonas Weber');
  await untilTyped(desk.page, 'morgen fertig schreiben');
  await composer(desk.page).fill('');
  await desk.close();
});

test('[A8] what waits is named; one may stay, or send it first and be signed out then', async () => {
  const desk = await annasDesk();
  const { page } = desk;
  await desk.goOffline();
  for (const text of ['Erstens.', 'Zweitens.', 'Drittens.']) {
    await write(page, text);
    await untilState(page, text, 'wartet auf Netz');
  }
  await askToLeave(page);
  const dialog = page.getByRole('dialog', { name: 'Noch nicht alles ist gesendet' });
  await dialog.getByText('3 Nachrichten warten noch (für Jonas Weber).').waitFor();
  await dialog.getByRole('button', { name: 'Angemeldet bleiben' }).click();
  await dialog.waitFor({ state: 'detached' });
  await chatRow(page, 'Jonas Weber').waitFor();

  await button(page, 'Abmelden').click();
  await dialog.getByRole('button', { name: 'Senden, dann abmelden' }).click();
  const progress = page.getByRole('dialog', { name: 'Wird gesendet, dann abgemeldet' });
  await progress.getByText('Noch 3 von 3').waitFor();
  await progress.getByText('Gerade ist kein Netz da').waitFor();
  await desk.goOnline();
  await page.getByText('Auf diesem Gerät liegt nichts mehr von Ihnen.').waitFor();
  await expect.poll(() => leftBehind(desk.context, desk.url)).toEqual(NOTHING);

  const reader = await office.desk(jonas);
  await reader.page.goto(`${reader.url}/chats/p-${anna.account}-${jonas.account}`);
  for (const text of ['Erstens.', 'Zweitens.', 'Drittens.']) await message(reader.page, text).waitFor();
  await reader.close();
  await desk.close();
});

test('[A8] discarding is asked once more, naming how many in which chat, and then nothing of it ever arrives', async () => {
  const desk = await annasDesk();
  const { page } = desk;
  await desk.goOffline();
  await write(page, 'Das lieber doch nicht.');
  await untilState(page, 'Das lieber doch nicht.', 'wartet auf Netz');
  await askToLeave(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Verwerfen und abmelden' }).click();
  const question = page.getByRole('alertdialog', { name: 'Wirklich verwerfen?' });
  await question.getByText('Eine Nachricht wartet noch (für Jonas Weber).').waitFor();
  await question.getByRole('button', { name: 'Verwerfen und abmelden' }).click();
  await page.getByText('Der Server erfährt es, sobald Netz da ist.').waitFor();
  await expect.poll(() => leftBehind(desk.context, desk.url)).toEqual(NOTHING);

  await desk.goOnline();
  await page.getByText('Sie sind abgemeldet. Auf diesem Gerät liegt nichts mehr von Ihnen.').waitFor();
  await signIn(page, desk.url, anna);
  await openContact(page, 'Jonas Weber');
  await message(page, 'Drittens.').waitFor();
  expect(await page.getByText('Das lieber doch nicht.').count()).toBe(0);
  await desk.close();
});

test('[A8 M4] what was refused for good, or is only half changed, is named too and never lost in silence', async () => {
  const setActive = (active: boolean): Promise<void> => office.setActive(anna, jonas, active);
  const desk = await annasDesk();
  const { page } = desk;
  await desk.goOffline();
  await write(page, 'zu spät');
  await untilState(page, 'zu spät', 'wartet auf Netz');
  await message(page, 'Drittens.').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Bearbeiten' }).click();
  await page.getByRole('textbox', { name: 'Nachricht bearbeiten' }).fill('Drittens und viertens.');
  await setActive(false);
  await desk.goOnline();
  await message(page, 'zu spät').filter({ hasText: 'nicht gesendet' }).waitFor();
  await askToLeave(page);
  const dialog = page.getByRole('dialog', { name: 'Noch nicht alles ist gesendet' });
  await dialog.getByText('Eine Nachricht konnte nicht gesendet werden (für Jonas Weber).').waitFor();
  await dialog.getByText('Ein Entwurf ist nur auf diesem Gerät (für Jonas Weber).').waitFor();
  // Nothing that would go out by itself.
  expect(await dialog.getByRole('button', { name: 'Senden, dann abmelden' }).count()).toBe(0);
  await dialog.getByRole('button', { name: 'Angemeldet bleiben' }).click();
  await setActive(true);
  await desk.close();
});

test('[A8] without network one is signed out at once; the server hears of it first, before anybody else can be signed in', async () => {
  const desk = await annasDesk();
  const { page } = desk;
  await untilInstalled(page);
  await page.reload();
  await openContact(page, 'Jonas Weber');
  const sessionCookie = (await desk.context.cookies()).find(({ httpOnly }) => httpOnly);
  const cookie = `${sessionCookie?.name}=${sessionCookie?.value}`;
  const sessionStatus = async (): Promise<number> =>
    (await request({ url: office.url, publicUrl: office.url }, '/api/session', { cookie })).status;
  expect(await sessionStatus()).toBe(200);
  await leaveWithoutNetwork(desk);
  await expect.poll(() => leftBehind(desk.context, desk.url)).toEqual(NOTHING);
  await page.reload();
  await door(page).waitFor();
  expect(await sessionStatus()).toBe(200);

  // Even when the browser forgets everything but cookies: nobody is signed in by the session that was to end.
  const devtools = await desk.context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: desk.url, storageTypes: 'local_storage,indexeddb' });
  await desk.goOnline();
  await page.reload();
  await door(page).waitFor();
  await expect.poll(sessionStatus).toBe(401);
  expect(await page.getByRole('navigation', { name: 'Chats und Kontakte' }).count()).toBe(0);
  await desk.close();
});

test('[A8] what could not be deleted, or was interrupted, is deleted at the next start', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'hausfunk-profile-'));
  try {
    const desk = await office.deskWithProfile(profile);
    const { page } = desk;
    await signIn(page, desk.url, anna);
    await openContact(page, 'Jonas Weber');
    await message(page, 'Drittens.').waitFor();
    // Somebody who keeps a database open: a frozen window, a tool.
    const holder = await plainPage(desk.context, desk.url);
    await holder.evaluate(async () => {
      const name = (await indexedDB.databases()).find((one) => one.name?.includes('/doc/chat/') === true)?.name ?? '';
      await new Promise((resolve) => {
        indexedDB.open(name).addEventListener('success', resolve);
      });
    });
    await page.bringToFront();
    await askToLeave(page);
    await page.getByText('konnte noch nicht alles gelöscht werden').waitFor();
    await signInAnyway(page);
    await page.getByRole('alert').filter({ hasText: 'konnte noch nicht alles gelöscht werden' }).waitFor();
    await desk.close();

    const again = await office.deskWithProfile(profile);
    await again.page.goto(again.url);
    await again.page.getByText('Auf diesem Gerät liegt nichts mehr von Ihnen.').waitFor();
    expect(await leftBehind(again.context, again.url)).toEqual(NOTHING);
    await again.close();
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('[A8] a browser that is closed in the middle of it has nothing left at its next start', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'hausfunk-profile-'));
  try {
    const desk = await office.deskWithProfile(profile);
    await signIn(desk.page, desk.url, anna);
    await openContact(desk.page, 'Jonas Weber');
    await message(desk.page, 'Drittens.').waitFor();
    await askToLeave(desk.page);
    await desk.page.waitForFunction(() => localStorage.getItem('hausfunk.session') === null);
    await desk.close();

    const again = await office.deskWithProfile(profile);
    await again.page.goto(again.url);
    await door(again.page).waitFor();
    await expect.poll(() => leftBehind(again.context, again.url)).toEqual(NOTHING);
    await again.close();
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function signInAnyway(page: Page): Promise<void> {
  await page.getByLabel('E-Mail-Adresse').fill(jonas.email);
  await page.getByLabel('Passwort', { exact: true }).fill(jonas.password);
  await button(page, 'Anmelden').click();
}

test('[A8] after a session has ended by itself, the device can be emptied without the password', async () => {
  const desk = await annasDesk();
  const { page } = desk;
  await message(page, 'Drittens.').waitFor();
  await desk.context.clearCookies();
  await page.reload();
  await page.getByText('Die Anmeldung von Anna Berger ist abgelaufen. Nichts ist verloren').waitFor();
  expect(await page.getByLabel('E-Mail-Adresse').inputValue()).toBe(anna.email);
  await button(page, 'Nicht Anna Berger? Dieses Gerät leeren').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Gerät leeren' }).click();
  await page.getByText('Auf diesem Gerät liegt nichts mehr von Ihnen.').waitFor();
  await expect.poll(() => leftBehind(desk.context, desk.url)).toEqual(NOTHING);
  await desk.close();
});

test.each([
  ['everything', 'local_storage,indexeddb'],
  ['the databases alone', 'indexeddb'],
])(
  '[A7] when the browser has deleted %s, the copy comes back by itself, and the person is told',
  async (_, storageTypes) => {
    const desk = await annasDesk();
    const { page } = desk;
    await message(page, 'Drittens.').waitFor();
    const address = page.url();
    await page.goto('about:blank');
    const devtools = await desk.context.newCDPSession(page);
    await devtools.send('Storage.clearDataForOrigin', { origin: desk.url, storageTypes });
    await page.goto(address);
    await message(page, 'Drittens.').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: 'Der Browser hatte die Kopie auf diesem Gerät gelöscht' })
      .waitFor();
    expect(await door(page).count()).toBe(0);
    await page.reload();
    await message(page, 'Drittens.').waitFor();
    expect(await page.getByText('Der Browser hatte die Kopie').count()).toBe(0);
    await desk.close();
  },
);

test('[A7] without network a deleted copy is said at the door, and comes back as soon as there is network', async () => {
  const desk = await annasDesk();
  const { page } = desk;
  await message(page, 'Drittens.').waitFor();
  await untilInstalled(page);
  await page.reload();
  await message(page, 'Drittens.').waitFor();
  const address = page.url();
  await page.goto('about:blank');
  await desk.goOffline();
  const devtools = await desk.context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', {
    origin: desk.url,
    storageTypes: 'local_storage,indexeddb',
  });
  await page.goto(address);
  await page.getByText('Sobald Netz da ist, wird sie neu geholt').waitFor();
  await desk.goOnline();
  await message(page, 'Drittens.').waitFor();
  await page.getByRole('status').filter({ hasText: 'Der Browser hatte die Kopie auf diesem Gerät gelöscht' }).waitFor();
  await desk.close();
});

test('[A8 P13] who joins on a device that somebody has left without network stays signed in', async () => {
  const desk = await annasDesk();
  const { page } = desk;
  await untilInstalled(page);
  await page.reload();
  await message(page, 'Drittens.').waitFor();
  await leaveWithoutNetwork(desk);
  const at = { url: office.url, publicUrl: office.url };
  const invited = await request(at, '/api/invitations', { method: 'POST', cookie: anna.cookie });
  const { token } = v.parse(NEW_INVITATION, invited.body);
  await desk.goOnline();
  await page.goto(`${desk.url}/invitation/${token}`);
  await page.getByLabel('Vorname').fill('Greta');
  await page.getByLabel('Nachname').fill('Kaiser');
  await page.getByLabel('E-Mail-Adresse').fill('greta@berger.example');
  await page.getByLabel('Passwort', { exact: true }).fill('lang und geheim');
  await button(page, 'Beitreten').click();
  await openContact(page, 'Anna Berger');
  await page.reload();
  await openContact(page, 'Anna Berger');
  await write(page, 'Guten Morgen!');
  await untilState(page, 'Guten Morgen!', 'gesendet');
  await desk.close();
});
