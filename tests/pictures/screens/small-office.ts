/** What the demo can't show: an installation before its first and with its only person, and one that brings a new version. */
import { BUILT_APP, openOffice, type Desk } from '../../e2e/office.ts';
import { copyApp } from '../../support/release.ts';

type Show = (name: string, desk: Desk) => Promise<void>;

/** Brings its screens before the camera in one language. */
export async function showSmallOffice(locale: string, wanted: (name: string) => boolean, show: Show): Promise<void> {
  if (!['set-up', 'empty-chats', 'empty-contacts', 'empty-chat', 'update'].some(wanted)) return;
  const app = await copyApp(BUILT_APP);
  const office = await openOffice({ appDir: app.folder });
  try {
    const stranger = await office.desk(undefined, { locale });
    await stranger.page.goto(stranger.url);
    await stranger.page.locator('form').waitFor();
    await show('set-up', stranger);
    await stranger.close();

    const anna = await office.setUp({ first: 'Anna', last: 'Berger' });
    const desk = await office.desk(anna, { locale, reducedMotion: 'reduce' });
    await desk.page.goto(desk.url);
    await desk.page.locator('.list-row').first().waitFor();
    await show('empty-chats', desk);
    await desk.page.goto(`${desk.url}/?list=contacts`);
    await desk.page.locator('.empty-state').first().waitFor();
    await show('empty-contacts', desk);
    await desk.page.goto(`${desk.url}/chats/i-${anna.company}`);
    await desk.page.getByRole('textbox').last().waitFor();
    await show('empty-chat', desk);

    if (!wanted('update')) return;
    await desk.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await desk.page.reload();
    await office.kill();
    await app.release('2');
    await office.start();
    await desk.page.goto(desk.url);
    await desk.page.locator('.notice').first().waitFor();
    await show('update', desk);
  } finally {
    await office.close();
    await app.remove();
  }
}
