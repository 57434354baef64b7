import type { Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import { composer, message, openContact, signIn, untilState, untilTexts, write } from './screen.ts';

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;
let desk: Desk;

const setActive = (active: boolean): Promise<void> => office.setActive(anna, jonas, active);

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  desk = await office.desk(anna);
  await desk.page.goto(desk.url);
});

afterAll(() => office.close());

test('[M4] what the server refuses for good is shown as failed with its reason, survives a reload, and is offered again when there is a point in it', async () => {
  const { page } = desk;
  await openContact(page, 'Jonas Weber');
  await write(page, 'angenommen');
  await untilState(page, 'angenommen', 'gesendet');

  await desk.goOffline();
  for (const text of ['zu spät geschrieben', 'mit Felher', 'für nichts']) {
    await write(page, text);
    await untilState(page, text, 'wartet auf Netz');
  }
  await setActive(false);
  await desk.goOnline();
  const failed = (text: string): Locator => message(page, text).filter({ hasText: 'nicht gesendet' });
  const offers = (text: string): Promise<string[]> => failed(text).getByRole('button').allInnerTexts();
  await failed('zu spät geschrieben').getByText('Sie dürfen hier nicht mehr schreiben.').waitFor();

  await page.reload();
  await failed('zu spät geschrieben').waitFor();
  // The same would only be refused again, and there is no input to change it in.
  await page.getByText('Jonas Weber ist nicht mehr dabei.').waitFor();
  await expect.poll(() => offers('zu spät geschrieben')).toEqual(['Verwerfen']);
  await failed('für nichts').getByRole('button', { name: 'Verwerfen' }).click();
  const question = page.getByRole('alertdialog', { name: 'Diese Nachricht verwerfen?' });
  await question.getByRole('button', { name: 'Behalten' }).click();
  await question.waitFor({ state: 'detached' });
  await failed('für nichts').getByRole('button', { name: 'Verwerfen' }).click();
  await question.getByRole('button', { name: 'Verwerfen' }).click();
  await failed('für nichts').waitFor({ state: 'detached' });

  await setActive(true);
  await composer(page).waitFor();
  await expect.poll(() => offers('mit Felher')).toEqual(['Noch einmal senden', 'Bearbeiten', 'Verwerfen']);
  await failed('zu spät geschrieben').getByRole('button', { name: 'Noch einmal senden' }).click();
  await untilState(page, 'zu spät geschrieben', 'gesendet');
  await failed('mit Felher').getByRole('button', { name: 'Bearbeiten' }).click();
  const editing = page.getByRole('textbox', { name: 'Nachricht bearbeiten' });
  await expect.poll(() => editing.inputValue()).toBe('mit Felher');
  await editing.fill('mit Fehler');
  await editing.press('Enter');
  await untilState(page, 'mit Fehler', 'gesendet');
  await untilTexts(page, ['angenommen', 'zu spät geschrieben', 'mit Fehler']);

  const reader = await office.desk();
  await signIn(reader.page, reader.url, jonas);
  await openContact(reader.page, 'Anna Berger');
  await untilTexts(reader.page, ['angenommen', 'zu spät geschrieben', 'mit Fehler']);
});
