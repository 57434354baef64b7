import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { openOffice, type Office } from './office.ts';
import {
  chatRow,
  composer,
  message,
  openChat,
  openContact,
  untilInstalled,
  untilSaidOffline,
  untilState,
  untilTexts,
  write,
} from './screen.ts';

let office: Office;
let anna: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
});

afterAll(() => office.close());

test('[A6] two tabs without network show the same, each what the other writes', async () => {
  const desk = await office.desk(anna);
  const one = desk.page;
  await one.goto(desk.url);
  await openContact(one, 'Jonas Weber');
  await write(one, 'mit Netz');
  await untilState(one, 'mit Netz', 'gesendet');
  await untilInstalled(one);
  await desk.goOffline();

  const other = await desk.context.newPage();
  await other.goto(one.url());
  await message(other, 'mit Netz').waitFor();
  await one.bringToFront();
  await write(one, 'aus dem ersten Fenster');
  await untilState(other, 'aus dem ersten Fenster', 'wartet auf Netz');
  await other.bringToFront();
  await write(other, 'aus dem zweiten Fenster');
  await untilState(one, 'aus dem zweiten Fenster', 'wartet auf Netz');
  await untilSaidOffline(one, 'Offline · 2 warten');
  await untilSaidOffline(other, 'Offline · 2 warten');
  const all = ['mit Netz', 'aus dem ersten Fenster', 'aus dem zweiten Fenster'];
  for (const page of [one, other]) await untilTexts(page, all);

  await desk.goOnline();
  for (const page of [one, other]) {
    await untilState(page, 'aus dem ersten Fenster', 'gesendet');
    await untilState(page, 'aus dem zweiten Fenster', 'gesendet');
    await untilTexts(page, all);
  }
  await desk.close();
});

test('[A1 P2] with the server gone, any address starts from a cold start: chats, contacts, conversation, settings', async () => {
  const desk = await office.desk(anna);
  await desk.page.goto(desk.url);
  await openContact(desk.page, 'Jonas Weber');
  await message(desk.page, 'mit Netz').waitFor();
  await untilInstalled(desk.page);
  const address = new URL(desk.page.url());
  await desk.page.close();
  await office.kill();
  try {
    const page = await desk.context.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(String(error)));
    await page.goto(address.href);
    await page.getByRole('heading', { level: 1, name: 'Jonas Weber' }).waitFor();
    await message(page, 'aus dem zweiten Fenster').waitFor();
    await write(page, 'niemand da');
    await untilState(page, 'niemand da', 'wartet auf Netz');

    await page.goto(`${address.origin}/`);
    await chatRow(page, 'Jonas Weber').waitFor();
    await page.goto(`${address.origin}/?list=contacts`);
    await chatRow(page, 'Jonas Weber').waitFor();
    await page.goto(`${address.origin}/settings`);
    await page.getByRole('heading', { level: 1, name: 'Mein Profil' }).waitFor();
    await page.goto(`${address.origin}/settings/device`);
    await page.getByRole('button', { name: 'Abmelden' }).waitFor();
    await page.goto(`${address.origin}/settings/people`);
    await page.getByRole('button', { name: 'Einladungslink erstellen' }).waitFor();
    expect(failures).toEqual([]);
  } finally {
    await office.start();
  }
  await desk.close();
});

test('[C1 M4] a chat begun without network stands in the list after a restart, and only its messages count as waiting', async () => {
  const clara = await office.addPerson(anna, { first: 'Clara', last: 'Öztürk' });
  const desk = await office.desk(anna);
  await desk.page.goto(desk.url);
  await chatRow(desk.page, 'Intern').waitFor();
  await desk.page.getByRole('tab', { name: 'Alle Kontakte' }).click();
  await chatRow(desk.page, 'Clara Öztürk').waitFor();
  await untilInstalled(desk.page);
  await desk.goOffline();
  await openContact(desk.page, 'Clara Öztürk');
  await write(desk.page, 'Willkommen!');
  await untilState(desk.page, 'Willkommen!', 'wartet auf Netz');
  await composer(desk.page).fill('Ein Entwurf');
  await desk.page.goto(`${desk.url}/`);
  await chatRow(desk.page, 'Clara Öztürk').getByText('Entwurf: Ein Entwurf').waitFor();
  await untilSaidOffline(desk.page, 'Offline · 1 wartet');

  await desk.goOnline();
  const reader = await office.desk(clara);
  await reader.page.goto(reader.url);
  await openChat(reader.page, 'Anna Berger');
  await message(reader.page, 'Willkommen!').waitFor();
  await reader.close();
  await desk.close();
});

test('[A2] on a narrow screen list and conversation come one after the other, and back leads back', async () => {
  const desk = await office.desk(anna);
  await desk.page.setViewportSize({ width: 390, height: 844 });
  await desk.page.goto(desk.url);
  await chatRow(desk.page, 'Jonas Weber').click();
  await message(desk.page, 'mit Netz').waitFor();
  expect(await chatRow(desk.page, 'Jonas Weber').isVisible()).toBe(false);
  await desk.page.getByRole('link', { name: 'Zurück zur Liste' }).click();
  await chatRow(desk.page, 'Jonas Weber').waitFor();
  await desk.page.goForward();
  await message(desk.page, 'mit Netz').waitFor();
  await desk.page.goBack();
  await chatRow(desk.page, 'Jonas Weber').waitFor();
  await desk.close();
});
