import type { Locator } from 'playwright';
import { HOSTILE_TEXTS } from '../hostile-texts.ts';
import { chatPath, composer, FRIEND, HOSTILE, LEFT, MANY_STATES, write } from './in-chat.ts';
import type { Entry, Scene } from './scene.ts';

const ownMessages = ({ page }: Scene): Locator => page.locator('.bubble[data-own]');

async function openMessageMenu(scene: Scene): Promise<void> {
  await ownMessages(scene).last().click({ button: 'right' });
  await scene.page.getByRole('menu').waitFor();
}

const bubbles = ({ page }: Scene): Promise<void> => page.locator('.bubble').last().waitFor();

/** One chat, what can happen in it, and writing. */
export const CONVERSATION: readonly Entry[] = [
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
      await page.getByRole('menuitem', { name: t.conversation.pin }).click();
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
];
