import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import { composer, message, openContact, signIn, untilState, untilTexts, untilTyped, write } from './screen.ts';

/** Less than is stored already, so nothing more fits. */
const NO_ROOM_BYTES = 1_000;

let office: Office;
let profile: string;
let anna: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  profile = await mkdtemp(join(tmpdir(), 'hausfunk-profile-'));
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
});

afterAll(async () => {
  await office.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** Chromium's own quota for the origin, for as long as its blank page is open; returns how to make room again. */
async function fillDisk({ context, url }: Desk): Promise<() => Promise<void>> {
  const devtools = await context.newCDPSession(await context.newPage());
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: url, quotaSize: NO_ROOM_BYTES });
  return async () => {
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: url });
  };
}

test('[A7 M4] a full disk is said, the text is kept and nothing is shown as written; with room again it is sent', async () => {
  const before = await office.deskWithProfile(profile);
  await signIn(before.page, before.url, anna);
  await openContact(before.page, 'Jonas Weber');
  await write(before.page, 'passt noch');
  await untilState(before.page, 'passt noch', 'gesendet');
  const address = before.page.url();
  await before.close();

  // A browser that has just started: one that runs believes for half a minute in the room that it once had.
  const desk = await office.deskWithProfile(profile);
  const makeRoom = await fillDisk(desk);
  const { page } = desk;
  await page.goto(address);
  await message(page, 'passt noch').waitFor();
  const text = `passt nicht mehr ${'x'.repeat(5_000)}`;
  await write(page, text);
  await page.getByRole('alert').filter({ hasText: 'Speicher dieses Geräts ist voll' }).waitFor();
  await page.getByRole('status').filter({ hasText: 'Speicher dieses Geräts ist voll' }).waitFor();
  await untilTyped(page, text);
  await untilTexts(page, ['passt noch']);

  await makeRoom();
  await composer(page).press('Enter');
  await untilState(page, text, 'gesendet');
  await untilTyped(page, '');
  await page.getByText('Speicher dieses Geräts ist voll').waitFor({ state: 'detached' });
  await page.reload();
  await untilTexts(page, ['passt noch', text]);
});
