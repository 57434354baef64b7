import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOffice, type Desk, type Office } from './office.ts';
import {
  chatRow,
  composer,
  message,
  openChat,
  openContact,
  signIn,
  untilState,
  untilTexts,
  untilTyped,
  write,
} from './screen.ts';
import { openSettings } from './settings-screen.ts';

let office: Office;
let anna: Desk;
let link: string;

async function fillNewAccount({ page }: Desk, first: string, last: string, email: string): Promise<void> {
  await page.getByLabel('Vorname').fill(first);
  await page.getByLabel('Nachname').fill(last);
  await page.getByLabel('E-Mail-Adresse').fill(email);
  await page.getByLabel('Passwort', { exact: true }).fill('lang und geheim');
}

const alertOf = async ({ page }: Desk): Promise<string> => {
  const alert = page.getByRole('alert');
  await alert.waitFor();
  return alert.innerText();
};

beforeAll(async () => {
  office = await openOffice();
  anna = await office.desk();
});

afterAll(() => office.close());

test('[A1] an empty installation asks for the one-time code; a wrong one keeps what was typed, the right one sets up', async () => {
  await anna.page.goto(anna.url);
  await anna.page.getByRole('heading', { name: 'Hausfunk einrichten' }).waitFor();
  await anna.page.getByLabel('Name der Firma').fill('Berger Immobilien');
  await fillNewAccount(anna, 'Anna', 'Berger', 'anna@berger.example');
  await anna.page.getByLabel('Einmal-Code').fill('AAAA-AAAA-AAAA');
  await anna.page.getByRole('button', { name: 'Einrichten' }).click();
  expect(await alertOf(anna)).toContain('Dieser Code stimmt nicht');

  await anna.page.getByLabel('Einmal-Code').fill(office.setupCode());
  await anna.page.getByRole('button', { name: 'Einrichten' }).click();
  await chatRow(anna.page, 'Intern').waitFor();
  const lists = anna.page.getByRole('navigation', { name: 'Chats und Kontakte' });
  await lists.getByRole('paragraph').filter({ hasText: 'Berger Immobilien' }).waitFor();
});

test('[P2] who is alone is offered to invite, where the contacts will be', async () => {
  const { page } = anna;
  await page.getByRole('tab', { name: 'Alle Kontakte' }).click();
  await page.getByText('Hier ist noch niemand').waitFor();
  await page.getByRole('link', { name: 'Einladen', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Personen und Einladungen' }).waitFor();
});

test('[P1] a colleague joins by an invitation link, and both see each other at once', async () => {
  await openSettings(anna.page, 'Personen und Einladungen');
  await anna.page.getByRole('button', { name: 'Einladungslink erstellen' }).click();
  const made = new URL(await anna.page.getByLabel('Einladungslink').inputValue());

  const jonas = await office.desk();
  link = jonas.url + made.pathname;
  await jonas.page.goto(link);
  await jonas.page.getByText('„Berger Immobilien“').waitFor();
  await fillNewAccount(jonas, 'Jonas', 'Weber', 'jonas@berger.example');
  await jonas.page.getByRole('button', { name: 'Beitreten' }).click();
  await openContact(jonas.page, 'Anna Berger');
  await write(jonas.page, 'Guten Morgen!');
  await untilState(jonas.page, 'Guten Morgen!', 'gesendet');

  await openContact(anna.page, 'Jonas Weber');
  await message(anna.page, 'Guten Morgen!').waitFor();
});

test('[C2] the internal chat is there for everybody of the company', async () => {
  await openChat(anna.page, 'Intern');
  await write(anna.page, 'Heute schließen wir um vier.');
  const jonas = await office.desk();
  await signIn(jonas.page, jonas.url, { email: 'jonas@berger.example', password: 'lang und geheim' });
  await chatRow(jonas.page, 'Intern').getByText('1 ungelesene Nachricht').waitFor({ state: 'attached' });
  await openChat(jonas.page, 'Intern');
  await message(jonas.page, 'Heute schließen wir um vier.').waitFor();
  await chatRow(jonas.page, 'Intern').getByText('1 ungelesene Nachricht').waitFor({ state: 'detached' });
});

test('[P13] a used invitation lets nobody in', async () => {
  const late = await office.desk();
  await late.page.goto(link);
  await late.page.getByText('Diese Einladung gilt nicht mehr').waitFor();
  expect(await late.page.getByRole('button', { name: 'Beitreten' }).count()).toBe(0);
  // Trying again would lead nowhere; who has joined by it signs in.
  expect(await late.page.getByRole('button', { name: 'Noch einmal versuchen' }).count()).toBe(0);
  await late.page.getByRole('link', { name: 'Anmelden' }).click();
  await late.page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
});

test('[P13] an unknown person and a wrong password get the same answer', async () => {
  const stranger = await office.desk();
  await stranger.page.goto(stranger.url);
  const tryWith = async (email: string): Promise<string> => {
    await stranger.page.getByLabel('E-Mail-Adresse').fill(email);
    await stranger.page.getByLabel('Passwort', { exact: true }).fill('geraten und falsch');
    const answered = stranger.page.waitForResponse((response) => response.url().endsWith('/api/auth/sign-in/email'));
    await stranger.page.getByRole('button', { name: 'Anmelden' }).click();
    const answer = await answered;
    return `${answer.status()} ${await answer.text()} ${await alertOf(stranger)}`;
  };
  const unknown = await tryWith('niemand@berger.example');
  expect(unknown).toContain('E-Mail-Adresse oder Passwort stimmt nicht.');
  expect(await tryWith('jonas@berger.example')).toBe(unknown);
});

test('[A8] a session that has ended asks to sign in again, and nothing is lost', async () => {
  const desk = await office.desk();
  await signIn(desk.page, desk.url, { email: 'jonas@berger.example', password: 'lang und geheim' });
  await openContact(desk.page, 'Anna Berger');
  await composer(desk.page).fill('noch nicht fertig');
  await desk.goOffline();
  await desk.context.clearCookies();
  await write(desk.page, 'im Funkloch geschrieben');
  await untilState(desk.page, 'im Funkloch geschrieben', 'wartet auf Netz');
  await composer(desk.page).fill('noch nicht fertig');
  await desk.goOnline();

  await desk.page.getByText('Nichts ist verloren').waitFor();
  await desk.page.getByLabel('E-Mail-Adresse').fill('jonas@berger.example');
  await desk.page.getByLabel('Passwort', { exact: true }).fill('lang und geheim');
  await desk.page.getByRole('button', { name: 'Anmelden' }).click();
  await untilState(desk.page, 'im Funkloch geschrieben', 'gesendet');
  await untilTyped(desk.page, 'noch nicht fertig');
});

test('[A8] another installation at the same address gets nothing of what this device holds for the first', async () => {
  const desk = await office.desk();
  const { page } = desk;
  await signIn(page, desk.url, { email: 'anna@berger.example', password: 'lang und geheim' });
  await openChat(page, 'Intern');
  await message(page, 'Heute schließen wir um vier.').waitFor();
  await desk.goOffline();
  await write(page, 'Nur für Berger Immobilien.');
  await untilState(page, 'Nur für Berger Immobilien.', 'wartet auf Netz');
  await office.kill();
  await office.startAnother();
  const stranger = await office.setUp({ first: 'Greta', last: 'Kaiser' });
  await desk.goOnline();

  await page.getByText('Nichts ist verloren').waitFor();
  await page.getByLabel('E-Mail-Adresse').fill(stranger.email);
  await page.getByLabel('Passwort', { exact: true }).fill(stranger.password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await openChat(page, 'Intern');
  await page.getByText('Hier ist noch nichts geschrieben.').waitFor();
  await write(page, 'Die erste Nachricht hier.');
  await untilState(page, 'Die erste Nachricht hier.', 'gesendet');
  await untilTexts(page, ['Die erste Nachricht hier.']);
});
