/**
 * Pictures of every screen, to be looked at: both themes, both languages, narrow and wide, into screens/. `npm run screens`, after
 * `npm run build`.
 */
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Page } from 'playwright';
import { NEW_INVITATION } from '../../crdt/model/protocol/http.ts';
import { openOffice, type Desk } from '../e2e/office.ts';
import { request, type SignedInPerson } from '../support/installation.ts';

const FOLDER = fileURLToPath(new URL('../../screens/', import.meta.url));
const SIZES = { narrow: { width: 390, height: 844 }, wide: { width: 1280, height: 800 } } as const;
const LOCALES = { de: 'de-DE', en: 'en-GB' } as const;
const THEMES = ['light', 'dark'] as const;

const TALK = [
  ['anna', 'Moin Jonas, liegt der Schlüssel für die Lindenstraße 12 noch beim Hausmeister?'],
  ['jonas', 'Bis sechs hat er ihn.'],
  ['jonas', 'Der Plan steht hier: https://example.org/lindenstrasse-12/grundriss-erdgeschoss.pdf'],
  ['anna', 'Danke!\nIch hole ihn um fünf, die Besichtigung mit Familie Öztürk ist um halb sechs.'],
] as const;

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const office = await openOffice();

/** Every combination of one screen; `show` brings a signed-in or fresh browser to it. */
async function picture(
  name: string,
  person: SignedInPerson | undefined,
  path: string,
  prepare?: (desk: Desk) => Promise<void>,
): Promise<void> {
  for (const [language, locale] of Object.entries(LOCALES)) {
    const desk = await office.desk(person, { locale });
    await desk.page.goto(desk.url + path);
    await prepare?.(desk);
    for (const [size, viewport] of Object.entries(SIZES)) {
      await desk.page.setViewportSize(viewport);
      for (const colorScheme of THEMES) {
        await desk.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await desk.page.screenshot({ path: `${FOLDER}${name}-${size}-${language}-${colorScheme}.png` });
      }
    }
    await desk.close();
  }
}

const shown =
  (selector: string) =>
  ({ page }: Desk): Promise<void> =>
    page.locator(selector).first().waitFor();

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
  await page.locator('[data-state=sent], [data-state=waiting]').last().waitFor();
}

try {
  await picture('set-up', undefined, '/', shown('form'));
  const anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  const jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  for (const [first, last] of [
    ['Aylin', 'Özdemir'],
    ['Uwe', 'Äcker'],
    ['Maximiliane-Charlotte', 'von Hohenstein-Wittgenbach'],
  ] as const) {
    await office.addPerson(anna, { first, last });
  }
  const invited = await request({ url: office.url, publicUrl: office.url }, '/api/invitations', {
    method: 'POST',
    cookie: anna.cookie,
  });
  const { token } = v.parse(NEW_INVITATION, invited.body);
  const chat = `/chats/p-${anna.account}-${jonas.account}`;
  const desks = { anna: await office.desk(anna), jonas: await office.desk(jonas) };
  for (const desk of Object.values(desks)) await desk.page.goto(desk.url + chat);
  for (const [who, text] of TALK) await write(desks[who].page, text);

  await picture('sign-in', undefined, '/', shown('form'));
  await picture('invitation', undefined, `/invitation/${token}`, shown('form'));
  await picture('chats', anna, '/', shown('.chat-list li:nth-child(1) .list-row-detail'));
  await picture('contacts', anna, '/?list=contacts', shown('.contact-letter'));
  await picture('conversation', anna, chat, shown('.bubble'));
  await picture('conversation-offline', anna, chat, async (desk) => {
    await desk.page
      .locator('.bubble')
      .nth(TALK.length - 1)
      .waitFor();
    await desk.goOffline();
    await write(desk.page, 'Hier unten ist kein Netz.');
    await desk.page.locator('.connection-line, .screen-notice').first().waitFor({ state: 'attached' });
  });
  await picture('settings', anna, '/settings', shown('.profile-form'));
  await picture('people', anna, '/settings/people', async ({ page }) => {
    await page.locator('.person').first().waitFor();
    await page.locator('.invite .button').first().click();
    await page.locator('.invite input').waitFor();
  });
  console.log(`The pictures are in ${FOLDER}`);
} finally {
  await office.close();
}
