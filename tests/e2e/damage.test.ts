import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import type { SignedInPerson } from '../support/installation.ts';
import { openOffice, type Office } from './office.ts';
import {
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
let jonas: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
});

afterAll(() => office.close());

/** Rows of the private chat's copy in this browser become garbage, but those that hold `spared`; returns how many. */
const damageChat = (page: Page, spared: string): Promise<number> =>
  page.evaluate(async (kept) => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('no database')));
      });
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.includes('/doc/chat/p-') ? [name] : []));
    let damaged = 0;
    for (const name of names) {
      const database = await asked(indexedDB.open(name));
      const transaction = database.transaction('updates', 'readwrite');
      const done = new Promise((resolve) => transaction.addEventListener('complete', resolve));
      const store = transaction.objectStore('updates');
      const [keys, rows] = await Promise.all([asked(store.getAllKeys()), asked<unknown[]>(store.getAll())]);
      for (const [index, key] of keys.entries()) {
        const row = rows[index];
        if (!(row instanceof Uint8Array) || new TextDecoder().decode(row).includes(kept)) continue;
        store.put(
          row.map((byte, at) => (byte * 31 + at * 7 + 3) % 256),
          key,
        );
        damaged += 1;
      }
      await done;
      database.close();
    }
    return damaged;
  }, spared);

/** Deletes the databases whose names hold `part`; from a page of the same origin without the app. */
const deleteDatabases = (page: Page, part: string): Promise<number> =>
  page.evaluate(async (wanted) => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.includes(wanted) ? [name] : []));
    for (const name of names) {
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.addEventListener('success', resolve);
        request.addEventListener('error', reject);
      });
    }
    return names.length;
  }, part);

/** Resolves when the document is noted as being here as a whole: of what never was, nothing can be missed. */
const untilHere = (page: Page, document: string): Promise<void> =>
  expect
    .poll(() =>
      page.evaluate(async (wanted) => {
        const asked = <T>(request: IDBRequest<T>): Promise<T> =>
          new Promise((resolve, reject) => {
            request.addEventListener('success', () => resolve(request.result));
            request.addEventListener('error', () => reject(request.error ?? new Error('request failed')));
          });
        const name = (await indexedDB.databases()).find((one) => one.name?.endsWith('/meta') === true)?.name ?? '';
        const database = await asked(indexedDB.open(name));
        const store = database.transaction('documents').objectStore('documents');
        const [keys, records] = await Promise.all([asked(store.getAllKeys()), asked<unknown[]>(store.getAll())]);
        database.close();
        return records[keys.findIndex((key) => String(key).startsWith(wanted))];
      }, document),
    )
    .toMatchObject({ complete: true });

test('[A7] a damaged copy is said, what is unsent is kept and sent once, and everything comes back', async () => {
  const desk = await office.desk(anna);
  const { page } = desk;
  await page.goto(desk.url);
  await openContact(page, 'Jonas Weber');
  const sent = ['die erste', 'die zweite', 'die dritte'];
  for (const text of sent) {
    await write(page, text);
    await untilState(page, text, 'gesendet');
  }
  await untilInstalled(page);
  await desk.goOffline();
  await write(page, 'wartet noch');
  await untilState(page, 'wartet noch', 'wartet auf Netz');

  expect(await damageChat(page, 'wartet noch')).toBeGreaterThan(0);
  await page.reload();
  // It lay behind what is lost, so it goes out by itself.
  await message(page, 'wartet noch').getByText('wird noch einmal gesendet').waitFor({ state: 'attached' });
  await page.getByText('war beschädigt und wird neu vom Server geholt').first().waitFor();
  await page.getByText('Der Verlauf ist noch nicht vollständig auf diesem Gerät').waitFor();
  await untilSaidOffline(page, 'Offline · 1 wartet');
  await untilTexts(page, ['wartet noch']);

  await desk.goOnline();
  await untilState(page, 'wartet noch', 'gesendet');
  await untilTexts(page, [...sent, 'wartet noch']);
  await page.getByText('Alles, was der Server hat, ist wieder hier').first().waitFor();
  const his = await office.desk(jonas);
  await his.page.goto(his.url);
  await openChat(his.page, 'Anna Berger');
  await untilTexts(his.page, [...sent, 'wartet noch']);

  await page.getByRole('button', { name: 'Hinweis schließen' }).first().click();
  await page.getByText('war beschädigt').first().waitFor({ state: 'detached' });
  await page.reload();
  await untilTexts(page, [...sent, 'wartet noch']);
  expect(await page.getByText('war beschädigt').count()).toBe(0);
  await his.close();
  await desk.close();
});

test('[A7] databases that the browser has deleted are fetched again, and that is said in English, too', async () => {
  const desk = await office.desk(jonas, { locale: 'en-GB' });
  const { page } = desk;
  await page.goto(desk.url);
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Anna Berger/ })
    .click();
  await page.getByText('die dritte', { exact: true }).last().waitFor();
  const address = page.url();
  await untilHere(page, 'chat/p-');
  await page.goto(`${desk.url}/health`);
  expect(await deleteDatabases(page, '/doc/chat/p-')).toBe(1);
  await page.goto(address);
  await page.getByText('Everything that the server has is here again').first().waitFor();
  await page.getByText('die dritte', { exact: true }).last().waitFor();

  // And without its records, too.
  await page.getByRole('button', { name: 'Dismiss' }).first().click();
  await page.getByText('was damaged').first().waitFor({ state: 'detached' });
  await untilHere(page, 'chat/p-');
  await page.goto(`${desk.url}/health`);
  expect(await deleteDatabases(page, '/meta')).toBe(1);
  await page.goto(address);
  await page.getByText('die dritte', { exact: true }).last().waitFor();
  await page.getByText('Everything that the server has is here again').first().waitFor();
  await desk.close();
});
