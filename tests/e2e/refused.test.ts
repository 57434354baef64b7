import { afterAll, beforeAll, expect, test } from 'vitest';
import { request, type SignedInPerson } from '../support/installation.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import { composer, message, openContact, textsOf, untilState, write } from './screen.ts';

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;
let desk: Desk;

const setActive = (active: boolean): Promise<unknown> =>
  request({ url: office.url, publicUrl: office.url }, `/api/people/${jonas.account}/rights`, {
    method: 'PUT',
    cookie: anna.cookie,
    json: { admin: false, active },
  });

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  desk = await office.desk(anna);
  await desk.page.goto(desk.url);
});

afterAll(() => office.close());

test('[M4] what the server refuses for good is shown as failed with its reason, survives a reload, and is sent anew by who may write again', async () => {
  const { page } = desk;
  await openContact(page, 'Jonas Weber');
  await write(page, 'angenommen');
  await untilState(page, 'angenommen', 'gesendet');

  await desk.goOffline();
  await write(page, 'zu spät geschrieben');
  await untilState(page, 'zu spät geschrieben', 'wartet auf Netz');
  await setActive(false);
  await desk.goOnline();
  const failed = message(page, 'zu spät geschrieben').filter({ hasText: 'nicht gesendet' });
  await failed.getByText('Sie dürfen hier nicht mehr schreiben.').waitFor();

  await page.reload();
  await failed.waitFor();
  await failed.getByRole('button', { name: 'Verwerfen' }).click();
  const question = page.getByRole('alertdialog', { name: 'Diese Nachricht verwerfen?' });
  await question.getByRole('button', { name: 'Behalten' }).click();
  await question.waitFor({ state: 'detached' });
  await failed.waitFor();

  // The same would only be refused again.
  expect(await failed.getByRole('button', { name: 'Noch einmal senden' }).count()).toBe(0);
  await setActive(true);
  await failed.getByRole('button', { name: 'Bearbeiten' }).click();
  await expect.poll(() => composer(page).inputValue()).toBe('zu spät geschrieben');
  await composer(page).press('Enter');
  await untilState(page, 'zu spät geschrieben', 'gesendet');
  expect(await textsOf(page)).toEqual(['angenommen', 'zu spät geschrieben']);
});
