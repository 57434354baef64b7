import { chatPath, composer, FRIEND, write } from './in-chat.ts';
import type { Entry } from './scene.ts';

const settings = (section: string): Entry => ({
  name: `settings-${section}`,
  path: `/settings/${section}`,
  show: ({ page }) => page.locator('.section').first().waitFor(),
});

export const SETTINGS: readonly Entry[] = [
  {
    name: 'settings',
    path: '/settings',
    show: ({ page, t }) => page.getByRole('link', { name: t.devices.title }).waitFor(),
  },
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
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png });
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
      await scene.page.getByRole('dialog', { name: scene.t.signOut.title }).waitFor();
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
];
