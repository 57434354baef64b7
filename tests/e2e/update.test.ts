import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { copyApp, type ReleasedApp } from '../support/release.ts';
import { BUILT_APP, openOffice, type Office } from './office.ts';
import { chatRow, composer, openContact, untilInstalled, untilState, untilTyped, write } from './screen.ts';

let app: ReleasedApp;
let office: Office;
let anna: SignedInPerson;

beforeAll(async () => {
  app = await copyApp(BUILT_APP);
  office = await openOffice({ appDir: app.folder });
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
});

afterAll(async () => {
  await office.close();
  await app.remove();
});

const untilVersion = (page: Page, version: string): Promise<void> =>
  page.locator(`meta[name=version][content="${version}"]`).waitFor({ state: 'attached' });

test('[A5] a new version is offered and not forced; taking it reloads every tab, and nothing typed is lost', async () => {
  const desk = await office.desk(anna);
  await desk.page.goto(desk.url);
  await openContact(desk.page, 'Jonas Weber');
  await untilInstalled(desk.page);
  await desk.page.reload();
  await composer(desk.page).fill('angefangen');

  await office.kill();
  await app.release('2');
  await office.start();
  const other = await desk.context.newPage();
  await other.goto(desk.url);
  await other.getByText('Eine neue Version ist da.').waitFor();
  expect(await other.locator('meta[name=version]').count()).toBe(0);

  const reloaded = desk.page.waitForEvent('load');
  await other.getByRole('button', { name: 'Neu laden' }).click();
  await reloaded;
  for (const page of [desk.page, other]) await untilVersion(page, '2');
  await untilTyped(desk.page, 'angefangen');
});

test('[A5] an update taken in one tab loses nothing of what is half-typed in another: a form, an edit', async () => {
  const desk = await office.desk(anna);
  const { page: form } = desk;
  await form.goto(`${desk.url}/settings/profile`);
  await form.getByLabel('Ort').waitFor();
  await untilInstalled(form);
  await form.reload();
  await form.getByLabel('Ort').fill('Oldenburg in Hol');
  const edit = await desk.context.newPage();
  await edit.goto(`${desk.url}/chats/i-1`);
  await write(edit, 'Um drei im Bro.');
  await untilState(edit, 'Um drei im Bro.', 'gesendet');
  await composer(edit).press('ArrowUp');
  const editing = edit.getByRole('textbox', { name: 'Nachricht bearbeiten' });
  await editing.fill('Um drei im Bü');

  await office.kill();
  await app.release('3');
  await office.start();
  const other = await desk.context.newPage();
  await other.goto(desk.url);
  await other.getByRole('button', { name: 'Neu laden' }).click();
  for (const page of [form, edit, other]) await untilVersion(page, '3');
  await expect.poll(() => form.getByLabel('Ort').inputValue()).toBe('Oldenburg in Hol');
  await expect.poll(() => editing.inputValue()).toBe('Um drei im Bü');
  await desk.close();
});

test('[A5] it is taken while another tab loads what it needs, too', async () => {
  const desk = await office.desk(anna);
  const { page: busy } = desk;
  await busy.goto(desk.url);
  await untilInstalled(busy);
  await busy.reload();
  await chatRow(busy, 'Intern').waitFor();
  await office.kill();
  await app.release('4');
  await office.start();
  const other = await desk.context.newPage();
  await other.goto(desk.url);
  const take = other.getByRole('button', { name: 'Neu laden' });
  await take.waitFor();
  await busy.evaluate((address) => {
    // As a tab does that fetches its parts one after the other.
    const asking = setInterval(() => void fetch(address).then((answer) => answer.text()), 5);
    setTimeout(() => clearInterval(asking), 1_000);
  }, '/favicon.svg');
  await take.click();
  for (const page of [busy, other]) await untilVersion(page, '4');
  await desk.close();
});

test('[A5] an old page whose parts have gone with an update says so calmly, in place, and a reload keeps what was typed', async () => {
  // No worker keeps the old parts here.
  const desk = await office.desk(anna, { serviceWorkers: 'block' });
  const { page } = desk;
  await page.goto(`${desk.url}/chats/i-1`);
  await composer(page).fill('angefangen, dann kam die neue Version');

  const assets = join(app.folder, 'assets');
  const parts = (await readdir(assets)).filter((file) => file.startsWith('SettingsScreen') && file.endsWith('.js'));
  expect(parts).toHaveLength(1);
  const [part = ''] = parts;
  const source = await readFile(join(assets, part));
  await office.kill();
  await rm(join(assets, part));
  await office.start();
  await page.evaluate(() => {
    history.pushState(null, '', '/settings/appearance');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  const notice = page.getByRole('status').filter({ hasText: 'Dieser Teil konnte nicht geladen werden' });
  await notice.waitFor();

  await office.kill();
  await writeFile(join(assets, part), source);
  await office.start();
  await notice.getByRole('button', { name: 'Neu laden' }).click();
  await page.getByRole('heading', { level: 1, name: 'Aussehen und Sprache' }).waitFor();
  await page.goto(`${desk.url}/chats/i-1`);
  await untilTyped(page, 'angefangen, dann kam die neue Version');
  await desk.close();
});
