import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { BUILT_APP, openOffice, type Office } from './office.ts';
import { composer, openContact, untilInstalled } from './screen.ts';

let appDir: string;
let office: Office;
let anna: SignedInPerson;

beforeAll(async () => {
  appDir = await mkdtemp(join(tmpdir(), 'hausfunk-app-'));
  await cp(BUILT_APP, appDir, { recursive: true });
  office = await openOffice(appDir);
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
});

afterAll(async () => {
  await office.close();
  await rm(appDir, { recursive: true, force: true });
});

/** A new version of the app: another index.html, and a worker that lists it under another revision. */
async function release(version: string): Promise<void> {
  const page = join(appDir, 'index.html');
  await writeFile(
    page,
    (await readFile(page, 'utf8')).replace('</head>', `<meta name="version" content="${version}"></head>`),
  );
  const worker = join(appDir, 'service-worker.js');
  const source = await readFile(worker, 'utf8');
  const changed = source.replace(/(\/index\.html[`"'],revision:[`"'])[^`"']+/, `$1${version}`);
  expect(changed).not.toBe(source);
  await writeFile(worker, changed);
}

const versionOf = (page: Page): Promise<string | null> => page.locator('meta[name=version]').getAttribute('content');

test('[A5] a new version is offered and not forced; taking it reloads every tab, and nothing typed is lost', async () => {
  const desk = await office.desk(anna);
  await desk.page.goto(desk.url);
  await openContact(desk.page, 'Jonas Weber');
  await untilInstalled(desk.page);
  await desk.page.reload();
  await composer(desk.page).fill('angefangen');

  await office.kill();
  await release('2');
  await office.start();
  const other = await desk.context.newPage();
  await other.goto(desk.url);
  await other.getByText('Eine neue Fassung ist da.').waitFor();
  expect(await other.locator('meta[name=version]').count()).toBe(0);

  const reloaded = desk.page.waitForEvent('load');
  await other.getByRole('button', { name: 'Neu laden' }).click();
  await reloaded;
  await composer(desk.page).waitFor();
  expect(await versionOf(desk.page)).toBe('2');
  expect(await composer(desk.page).inputValue()).toBe('angefangen');
  await other.locator('meta[name=version]').waitFor({ state: 'attached' });
  expect(await versionOf(other)).toBe('2');
});
