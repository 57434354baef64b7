import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOffice, type Desk, type Office } from './office.ts';
import { composer, message, openContact, textsOf, untilState, write } from './screen.ts';

/** Room for nothing more, whatever is stored already. */
const NO_ROOM_BYTES = 1;

let office: Office;
let desk: Desk;

beforeAll(async () => {
  office = await openOffice();
  const anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  desk = await office.desk(anna);
  await desk.page.goto(desk.url);
  await openContact(desk.page, 'Jonas Weber');
});

afterAll(() => office.close());

/** Chromium's own quota for the origin; undefined gives the real one back. */
async function setQuota({ page, context, url }: Desk, quotaSize: number | undefined): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', {
    origin: url,
    ...(quotaSize === undefined ? {} : { quotaSize }),
  });
}

test('[A7 M4] a full disk is said, the text is kept and nothing is shown as written; with room again it is sent', async () => {
  await write(desk.page, 'passt noch');
  await untilState(desk.page, 'passt noch', 'gesendet');

  await setQuota(desk, NO_ROOM_BYTES);
  const text = `passt nicht mehr ${'x'.repeat(5_000)}`;
  await write(desk.page, text);
  await desk.page.getByRole('alert').filter({ hasText: 'Speicher dieses Geräts ist voll' }).waitFor();
  expect(await composer(desk.page).inputValue()).toBe(text);
  expect(await textsOf(desk.page)).toEqual(['passt noch']);

  await setQuota(desk, undefined);
  await composer(desk.page).press('Enter');
  await untilState(desk.page, text, 'gesendet');
  expect(await composer(desk.page).inputValue()).toBe('');
  await desk.page.getByText('Speicher dieses Geräts ist voll').first().waitFor({ state: 'detached' });
  await desk.page.reload();
  await message(desk.page, text).waitFor();
  expect(await textsOf(desk.page)).toEqual(['passt noch', text]);
});
