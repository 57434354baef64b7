/** Every screen of the app, in the order of a first day with it. */
import type { Locator } from 'playwright';
import { HOSTILE_TEXTS } from '../hostile-texts.ts';
import { CONVERSATION } from './conversation-entries.ts';
import { FRIEND, HOSTILE } from './in-chat.ts';
import type { Entry, Scene } from './scene.ts';
import { SEARCH } from './search-entries.ts';
import { SETTINGS } from './settings-entries.ts';

const search = ({ page, t }: Scene): Locator => page.getByRole('combobox', { name: t.lists.search });

export const ENTRIES: readonly Entry[] = [
  { name: 'sign-in', who: 'nobody', path: '/', show: ({ page }) => page.locator('form').waitFor() },
  {
    name: 'sign-in-wrong',
    who: 'nobody',
    path: '/',
    async show({ page, t }) {
      await page.getByLabel(t.signIn.email).fill('nobody@example.org');
      await page.getByLabel(t.signIn.password, { exact: true }).fill('not the password');
      await page.getByRole('button', { name: t.signIn.submit, exact: true }).click();
      await page.getByRole('alert').first().waitFor();
    },
  },
  {
    name: 'invitation',
    who: 'nobody',
    path: async ({ demo }) => `/invitation/${await demo.invite()}`,
    show: ({ page }) => page.locator('form').waitFor(),
  },
  {
    name: 'chats',
    path: '/',
    async show(scene) {
      const { page } = scene;
      await scene.say(FRIEND, 'Passt Ihnen Donnerstag, 16 Uhr?');
      await scene.say(FRIEND, 'Die Eigentümerin kommt auch.');
      await scene.say(HOSTILE, HOSTILE_TEXTS.word);
      await page.locator('.badge').nth(2).waitFor();
    },
  },
  {
    name: 'chats-menu',
    path: '/',
    async show({ page }) {
      await page.locator('.list-row').nth(1).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'main-menu',
    path: '/',
    async show({ page }) {
      await page.locator('.main-menu button').click();
      await page.getByRole('menu').waitFor();
    },
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  { name: 'contacts', path: '/?list=contacts', show: ({ page }) => page.locator('.list-row').nth(2).waitFor() },
  {
    name: 'search',
    path: '/',
    async show(scene) {
      await search(scene).fill((scene.demo.people[FRIEND]?.name ?? '').slice(0, 3));
      await scene.page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'search-nothing',
    path: '/',
    async show(scene) {
      await search(scene).fill('Xylophonorchester');
      await scene.page.getByText(scene.t.lists.foundNothing, { exact: true }).last().waitFor();
    },
  },
  ...CONVERSATION,
  ...SEARCH,
  {
    name: 'chat-unknown',
    path: '/chats/p-999998-999999',
    show: ({ page, t }) => page.getByRole('heading', { name: t.notFound.chatTitle }).waitFor(),
  },
  {
    name: 'not-found',
    path: '/nowhere/at/all',
    show: ({ page, t }) => page.getByRole('heading', { name: t.notFound.title }).waitFor(),
  },
  ...SETTINGS,
  {
    name: 'keys',
    path: '/',
    async show({ page, t }) {
      await page.locator('.list-row').first().waitFor();
      await page.locator('.main-menu button').click();
      await page.getByRole('menuitem', { name: t.lists.shortcuts }).click();
      await page.getByRole('dialog').waitFor();
    },
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'offline',
    path: '/',
    async show({ desk, page }) {
      await page.locator('.list-row').first().waitFor();
      await desk.goOffline();
      await page.locator('.connection-line').waitFor({ state: 'attached' });
    },
    after: ({ desk }) => desk.goOnline(),
  },
  {
    name: 'storage-short',
    path: '/',
    async show({ page }) {
      await page.addInitScript(() => {
        navigator.storage.estimate = () => Promise.resolve({ quota: 1_000_000_000, usage: 988_000_000 });
      });
      await page.reload();
      await page.locator('.notice').first().waitFor();
    },
  },
];
