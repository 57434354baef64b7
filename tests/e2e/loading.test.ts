/** What comes after the first drawing, and what a person sees when it doesn't come. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { openOffice, type Office } from './office.ts';
import { openChat, untilInstalled, untilState, write } from './screen.ts';
import { field, openSearch, panel, untilFound } from './search-screen.ts';

let office: Office;
let anna: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
});

afterAll(() => office.close());

test('[A1 M4] without the code of the network the list is drawn and writing works; that it is missing is said until it has come', async () => {
  const desk = await office.desk(anna, { serviceWorkers: 'block' });
  const { page } = desk;
  const code = '**/assets/sync-*.js';
  await page.route(code, (route) => route.abort());
  await page.goto(desk.url);
  await openChat(page, 'Intern');
  const notice = page.getByText('Hausfunk ist nicht vollständig geladen');
  await notice.waitFor();
  await page.getByRole('button', { name: 'Neu laden' }).waitFor();
  await write(page, 'ohne den Rest');
  await untilState(page, 'ohne den Rest', 'wartet auf Netz');

  await page.unroute(code);
  await untilState(page, 'ohne den Rest', 'gesendet');
  await notice.waitFor({ state: 'detached' });
  await desk.close();
});

test('[A3 A6] the language is changed without network, and stays so at the next start', async () => {
  const desk = await office.desk(anna);
  const { page } = desk;
  await page.goto(`${desk.url}/settings/appearance`);
  await page.getByRole('radio', { name: 'English' }).waitFor();
  await untilInstalled(page);
  await page.reload();
  await page.getByRole('radio', { name: 'English' }).waitFor();
  await desk.goOffline();
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('tab', { name: 'All contacts' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.goto(desk.url);
  await page.getByRole('tab', { name: 'All contacts' }).waitFor();
  await page.getByRole('link', { name: /^Internal/ }).waitFor();
  await desk.close();
});

test('[A3] a language that can not be fetched leaves everything as it was, and says so', async () => {
  const desk = await office.desk(anna, { serviceWorkers: 'block' });
  const { page } = desk;
  await page.route('**/assets/en-*.js', (route) => route.abort());
  await page.goto(`${desk.url}/settings/appearance`);
  await page.getByText('English', { exact: true }).click();
  await page.getByText('Dieser Teil konnte nicht geladen werden').first().waitFor();
  expect(await page.getByRole('radio', { name: 'Deutsch' }).isChecked()).toBe(true);
  expect(await page.getByRole('radio', { name: 'English' }).isChecked()).toBe(false);
  await page.getByRole('tab', { name: 'Alle Kontakte' }).waitFor();
  await desk.close();
});

test('[S3 S4] while the code of the search can not be had, that is said, and not that nothing is found; what is asked for comes with it', async () => {
  const desk = await office.desk(anna, { serviceWorkers: 'block' });
  const { page } = desk;
  const code = '**/assets/search-worker-*.js';
  let asked = 0;
  await page.route(code, async (route) => {
    asked += 1;
    await route.abort();
  });
  await page.goto(desk.url);
  await openChat(page, 'Intern');
  await write(page, 'Lindenstraße 12');
  await openSearch(page);
  await field(page).fill('lindenstraße');
  const delayed = panel(page).getByText('Die Suche lässt sich gerade nicht starten');
  await delayed.waitFor();
  expect(asked).toBeGreaterThan(0);
  expect(await panel(page).getByText('Nichts gefunden').count()).toBe(0);

  await page.unroute(code);
  await untilFound(page, 'lindenstraße', ['Lindenstraße 12']);
  expect(await delayed.count()).toBe(0);
  await desk.close();
});
