/** Every screen of the app, in the order of a first day with it. */
import type { Locator } from 'playwright';
import { HOSTILE_TEXTS } from '../hostile-texts.ts';
import type { Entry, Scene } from './scene.ts';

/** Places in the company: with whom there is a long story, one for states, one for hostile texts, one who has left. */
const FRIEND = 1;
const MANY_STATES = 2;
const HOSTILE = 3;
const LEFT = 4;

const chatPath =
  (place: number) =>
  ({ demo }: Scene): string =>
    `/chats/${demo.chatWith(place)}`;

const composer = ({ page, t }: Scene): Locator => page.getByRole('textbox', { name: t.composer.label });
const search = ({ page, t }: Scene): Locator => page.getByRole('combobox', { name: t.lists.search });
const ownMessages = ({ page }: Scene): Locator => page.locator('.bubble[data-own]');

async function write(scene: Scene, text: string): Promise<void> {
  await composer(scene).fill(text);
  await composer(scene).press('Enter');
  await scene.page.getByText(text, { exact: true }).last().waitFor();
}

async function openMessageMenu(scene: Scene): Promise<void> {
  await ownMessages(scene).last().click({ button: 'right' });
  await scene.page.getByRole('menu').waitFor();
}

const bubbles = ({ page }: Scene): Promise<void> => page.locator('.bubble').last().waitFor();

const settings = (section: string): Entry => ({
  name: `settings-${section}`,
  path: `/settings/${section}`,
  show: ({ page }) => page.locator('.section').first().waitFor(),
});

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
  { name: 'conversation', path: ({ demo }) => `/chats/${demo.internal}`, show: bubbles },
  {
    name: 'conversation-earlier',
    path: ({ demo }) => `/chats/${demo.internal}`,
    async show(scene) {
      await bubbles(scene);
      // The list takes the wheel as a person would turn it.
      await scene.page.locator('.bubble').last().hover();
      await scene.page.mouse.wheel(0, -600);
      await scene.page.getByRole('button', { name: scene.t.conversation.latest }).waitFor();
    },
  },
  {
    name: 'conversation-unread',
    path: chatPath(FRIEND),
    async show(scene) {
      await scene.page.goto(scene.desk.url);
      await scene.say(FRIEND, 'Guten Morgen! Liegt der Schlüssel für die Lindenstraße 12 noch beim Hausmeister?');
      await scene.say(FRIEND, 'Ich wäre um fünf dort.');
      await scene.say(FRIEND, 'Der Grundriss: https://example.org/lindenstrasse-12/grundriss.pdf');
      await scene.page.goto(`${scene.desk.url}${chatPath(FRIEND)(scene)}`);
      await scene.page.locator('.timeline-unread').waitFor();
    },
  },
  {
    name: 'conversation-states',
    path: chatPath(MANY_STATES),
    async show(scene) {
      await scene.say(MANY_STATES, 'Wann ist der Notartermin?');
      await write(scene, 'Der Notartermin steht: Dienstag, 10 Uhr.');
      await scene.page.locator('[data-state=sent], [data-state=delivered], [data-state=read]').last().waitFor();
      await openMessageMenu(scene);
      await scene.page.getByRole('menuitem', { name: scene.t.conversation.edit }).click();
      await scene.page.getByRole('textbox').last().fill('Der Notartermin steht: Dienstag, 11 Uhr.');
      await scene.page.keyboard.press('Enter');
      await scene.page.getByText(scene.t.conversation.edited).last().waitFor();
      await scene.desk.goOffline();
      await write(scene, 'Hier unten ist auch kein Netz.');
      await write(scene, 'Wird gesendet, sobald ich oben bin.');
      await scene.page.locator('.connection-line, .screen-notice').first().waitFor({ state: 'attached' });
    },
    after: ({ desk }) => desk.goOnline(),
  },
  {
    name: 'conversation-failed',
    path: chatPath(LEFT),
    async show(scene) {
      await composer(scene).waitFor();
      await scene.desk.goOffline();
      await write(scene, 'Sind Sie morgen im Büro?');
      await scene.demo.setActive(LEFT, false);
      await scene.desk.goOnline();
      await scene.page.locator('.bubble[data-failed]').waitFor();
    },
    after: async ({ demo }) => demo.setActive(LEFT, true),
  },
  {
    name: 'conversation-hostile',
    path: chatPath(HOSTILE),
    async show(scene) {
      const { word: _, lines: __, ...texts } = HOSTILE_TEXTS;
      for (const text of Object.values(texts)) await scene.say(HOSTILE, text);
      await scene.page.getByText(HOSTILE_TEXTS.wide, { exact: true }).last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'message-menu',
    path: chatPath(MANY_STATES),
    show: openMessageMenu,
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'message-edit',
    path: chatPath(MANY_STATES),
    async show(scene) {
      await openMessageMenu(scene);
      await scene.page.getByRole('menuitem', { name: scene.t.conversation.edit }).click();
      await scene.page.getByText(scene.t.composer.editing).first().waitFor();
    },
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'message-details',
    path: ({ demo }) => `/chats/${demo.internal}`,
    async show(scene) {
      await write(scene, 'Morgen ist das Büro bis 14 Uhr besetzt.');
      await openMessageMenu(scene);
      await scene.page.getByRole('menuitem', { name: scene.t.conversation.details }).click();
      await scene.page.getByRole('dialog').waitFor();
    },
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'message-delete',
    path: chatPath(MANY_STATES),
    async show(scene) {
      await openMessageMenu(scene);
      await scene.page.getByRole('menuitem', { name: scene.t.conversation.delete }).click();
      await scene.page.getByRole('alertdialog').waitFor();
    },
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'emoji',
    path: chatPath(FRIEND),
    async show({ page, t }) {
      await page.getByRole('button', { name: t.composer.emoji }).click();
      await page.getByRole('dialog').getByRole('option').first().or(page.locator('emoji-picker')).first().waitFor();
      await page.getByRole('dialog').getByRole('menuitem').nth(8).waitFor();
    },
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'chat-menu',
    path: chatPath(FRIEND),
    async show({ page, t }) {
      await page.getByRole('button', { name: t.conversation.menu }).click();
      await page.getByRole('menu').waitFor();
    },
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'toast',
    path: chatPath(FRIEND),
    async show({ page, t }) {
      await page.getByRole('button', { name: t.conversation.menu }).click();
      await page.getByRole('menuitem', { name: t.conversation.pin }).or(page.getByRole('menuitemcheckbox').first()).first().click();
      await page.locator('.toast').waitFor();
    },
  },
  {
    name: 'composer-long',
    path: chatPath(FRIEND),
    async show(scene) {
      await composer(scene).fill('Zum Protokoll der Eigentümerversammlung: '.repeat(196));
      await scene.page.getByRole('textbox').last().press('End');
    },
    after: (scene) => composer(scene).fill(''),
  },
  {
    name: 'chat-unknown',
    path: '/chats/p-999998-999999',
    show: ({ page }) => page.locator('.frame-screen').getByRole('link').or(page.locator('.empty-state')).first().waitFor(),
  },
  {
    name: 'not-found',
    path: '/nowhere/at/all',
    show: ({ page, t }) => page.getByRole('heading', { name: t.notFound.title }).waitFor(),
  },
  { name: 'settings', path: '/settings', show: ({ page }) => page.locator('.list-row, nav a').first().waitFor() },
  settings('profile'),
  settings('messenger'),
  {
    ...settings('devices'),
    show: ({ page, t }) => page.getByRole('button', { name: t.devices.others }).waitFor(),
  },
  {
    name: 'devices-sign-out',
    path: '/settings/devices',
    async show({ page, t }) {
      await page.getByRole('button', { name: t.devices.others }).click();
      await page.getByRole('alertdialog').waitFor();
    },
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  settings('appearance'),
  settings('device'),
  {
    name: 'picture',
    path: '/settings/profile',
    async show({ page }) {
      const png = await page.screenshot({ clip: { x: 0, y: 0, width: 380, height: 300 } });
      await page.locator('input[type=file]').first().setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png });
      await page.getByRole('dialog').waitFor();
    },
    after: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'sign-out',
    path: chatPath(FRIEND),
    async show(scene) {
      await composer(scene).waitFor();
      await scene.desk.goOffline();
      await write(scene, 'Das ist noch nicht gesendet.');
      await scene.page.goto(`${scene.desk.url}/settings/device`);
      await scene.page.getByRole('button', { name: scene.t.signOut.submit, exact: true }).click();
      await scene.page.getByRole('dialog').or(scene.page.getByRole('alertdialog')).first().waitFor();
    },
    async after({ desk, page }) {
      await page.keyboard.press('Escape');
      await desk.goOnline();
    },
  },
  {
    name: 'people',
    path: '/settings/people',
    async show({ page, t }) {
      await page.getByRole('button', { name: t.administration.makeLink }).click();
      await page.getByLabel(t.administration.link).waitFor();
    },
  },
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
