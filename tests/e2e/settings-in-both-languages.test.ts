/** Every row of the product that a person sees in the settings and at the door, in German and in English. */
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { halvesPng } from '../support/pictures.ts';
import { copyApp, type ReleasedApp } from '../support/release.ts';
import { leftBehind, NOTHING } from './left-behind.ts';
import { BUILT_APP, openOffice, type Desk, type Office } from './office.ts';
import {
  chatRow,
  composer,
  message,
  openContact,
  signIn,
  untilInstalled,
  untilState,
  untilTyped,
  write,
} from './screen.ts';
import { choosePicture, door, openSettings } from './settings-screen.ts';
import { BOTH_LANGUAGES } from './words.ts';

const FIREFOX = 'Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0';

describe.each(BOTH_LANGUAGES)('in %s', (_name, { locale, t }, sent, waiting) => {
  let app: ReleasedApp;
  let office: Office;
  let anna: SignedInPerson;
  let jonas: SignedInPerson;
  let hers: Desk;

  beforeAll(async () => {
    app = await copyApp(BUILT_APP);
    office = await openOffice({ appDir: app.folder });
    anna = await office.setUp({ first: 'Anna', last: 'Berger' });
    jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
    hers = await office.desk(undefined, { locale });
    await signIn(hers.page, hers.url, anna);
    await openContact(hers.page, 'Jonas Weber');
  });

  afterAll(async () => {
    await office.close();
    await app.remove();
  });

  const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
  const said = (page: Page, words: string): Promise<void> =>
    page.getByRole('status').filter({ hasText: words }).first().waitFor();

  test('[P1] what one says of oneself is saved, and colleagues see it at once, initials or a picture', async () => {
    const { page } = hers;
    const his = await office.desk(jonas, { locale });
    await his.page.goto(`${his.url}/?list=contacts`);
    await chatRow(his.page, 'Anna Berger').waitFor();
    await openSettings(page, t.settings.profile);
    const own = page.locator('.picture-field .avatar');
    await own.getByText('AB', { exact: true }).waitFor();
    await page.getByLabel(t.person.salutation).fill('Dr.');
    await page.getByLabel(t.person.first).fill('Anna Maria');
    await page.getByLabel(t.person.city).fill('Köln');
    await page.getByLabel(t.person.link).fill('meet.example/anna');
    await page.getByText(t.settings.linkWrong).waitFor();
    expect(await button(page, t.settings.profileSave).isDisabled()).toBe(true);
    await page.getByLabel(t.person.link).fill('https://meet.example/anna');
    await button(page, t.settings.profileSave).click();
    await said(page, t.settings.profileSaved);
    await chatRow(his.page, 'Anna Maria Berger').getByText('Köln').waitFor();
    await page.getByLabel(t.person.first).fill('Anna');
    await button(page, t.settings.profileSave).click();
    await chatRow(his.page, 'Anna Berger').waitFor();
    const visible = page.getByRole('switch', { name: t.settings.visible });
    expect(await visible.isChecked()).toBe(true);
    await visible.click();
    await expect.poll(() => visible.isChecked()).toBe(false);

    await choosePicture(page, { name: 'anna.png', mimeType: 'image/png', buffer: halvesPng(300, 300) });
    await page.getByRole('dialog', { name: t.picture.cropTitle }).getByRole('button', { name: t.picture.use }).click();
    await said(page, t.picture.saved);
    await own.locator('img').waitFor();
    await chatRow(his.page, 'Anna Berger').locator('img').waitFor();
    await page.reload();
    await own.locator('img').waitFor();
    expect(await page.getByLabel(t.person.salutation).inputValue()).toBe('Dr.');
    expect(await visible.isChecked()).toBe(false);
    await his.close();
  });

  test('[A2] light and dark as the device has it, or by choice, and the choice stays', async () => {
    const { page } = hers;
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await openSettings(page, t.settings.appearance);
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(ground).not.toBe(light);
    const dark = await ground();
    await page.getByRole('radio', { name: t.settings.themeLight }).click();
    await expect.poll(ground).toBe(light);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('radio', { name: t.settings.themeDark }).click();
    await expect.poll(ground).toBe(dark);
    await page.reload();
    await expect.poll(() => page.getByRole('radio', { name: t.settings.themeDark }).isChecked()).toBe(true);
    expect(await ground()).toBe(dark);
    await page.getByRole('radio', { name: t.settings.themeSystem }).click();
    await expect.poll(ground).toBe(light);
  });

  test('[M5] who switches read receipts off is not said to have read, and is told nobody’s reading', async () => {
    const { page } = hers;
    const his = await office.desk(jonas, { locale });
    await his.page.goto(his.url);
    await openContact(his.page, 'Anna Berger');
    await openSettings(page, t.settings.messenger);
    await page.getByRole('switch', { name: t.settings.readReceipts }).click();
    await expect.poll(() => page.getByRole('switch', { name: t.settings.readReceipts }).isChecked()).toBe(false);
    await openContact(page, 'Jonas Weber');
    await write(his.page, 'Have you read this?');
    await message(page, 'Have you read this?').waitFor();
    await chatRow(page, 'Jonas Weber').getByText(t.lists.unread(1)).waitFor({ state: 'detached' });
    await write(page, 'And you this?');
    // What was said after it is read on both sides when this is.
    await message(his.page, 'And you this?').waitFor();
    await untilState(page, 'And you this?', sent);
    await message(page, 'And you this?')
      .getByText(t.delivery.delivered, { exact: true })
      .waitFor({ state: 'attached' });
    await message(his.page, 'Have you read this?')
      .getByText(t.delivery.delivered, { exact: true })
      .waitFor({ state: 'attached' });

    await openSettings(page, t.settings.messenger);
    await page.getByRole('switch', { name: t.settings.readReceipts }).click();
    await openContact(page, 'Jonas Weber');
    await message(his.page, 'Have you read this?').getByText(t.delivery.read, { exact: true }).waitFor();
    await message(page, 'And you this?').getByText(t.delivery.read, { exact: true }).waitFor();
    await his.close();
  });

  test('[P13] one sees one’s devices; one that is signed out asks to sign in, one that is wiped says so', async () => {
    const { page } = hers;
    const phone = await office.desk(undefined, { locale, userAgent: FIREFOX });
    await openSettings(page, t.devices.title);
    const name = t.devices.name('Firefox', 'Android');
    const act = async (action: string, title: string): Promise<void> => {
      await page.reload();
      await button(page, t.devices.actions(name)).click();
      await page.getByRole('menuitem', { name: action, exact: true }).click();
      const question = page.getByRole('alertdialog', { name: title });
      await question.getByRole('button', { name: action, exact: true }).click();
    };
    await signIn(phone.page, phone.url, anna);
    await act(t.devices.signOut, t.devices.signOutTitle(name));
    await said(page, t.devices.signedOut(name));
    await phone.page.getByText(t.signIn.ended('Anna Berger')).waitFor();

    await signIn(phone.page, phone.url, anna);
    await act(t.devices.wipe, t.devices.wipeTitle(name));
    await said(page, t.devices.wiped(name));
    await phone.page.getByText(t.door.ordered).waitFor();
    await expect.poll(() => leftBehind(phone.context, phone.url)).toEqual(NOTHING);
    await phone.close();
  });

  test('[A7] a disk that gets full is told in time, and a copy that the browser has deleted comes back and is told', async () => {
    const desk = await office.desk(undefined, { locale });
    const { page } = desk;
    await signIn(page, desk.url, anna);
    await openContact(page, 'Jonas Weber');
    await message(page, 'And you this?').waitFor();
    const address = page.url();
    await page.goto('about:blank');
    const devtools = await desk.context.newCDPSession(page);
    await devtools.send('Storage.clearDataForOrigin', { origin: desk.url, storageTypes: 'indexeddb' });
    await page.addInitScript(() => {
      navigator.storage.estimate = () => Promise.resolve({ usage: 88_000_000, quota: 100_500_000 });
    });
    await page.goto(address);
    await message(page, 'And you this?').waitFor();
    await said(page, t.door.evictedNotice);
    await said(page, t.connection.storageShort(12));
    await desk.close();
  });

  test('[A5] a new version is offered and taken when the person says so, and nothing typed is lost', async () => {
    const { page } = hers;
    await openContact(page, 'Jonas Weber');
    await untilInstalled(page);
    await page.reload();
    await composer(page).fill('begun in the old version');
    await office.kill();
    await app.release('2');
    await office.start();
    const other = await hers.context.newPage();
    await other.goto(hers.url);
    await other.getByText(t.update.ready).waitFor();
    expect(await page.locator('meta[name=version]').count()).toBe(0);
    await button(other, t.update.reload).click();
    await page.locator('meta[name=version]').waitFor({ state: 'attached' });
    await untilTyped(page, 'begun in the old version');
    await composer(page).fill('');
    await other.close();
  });

  test('[A8] what waits is named before one is signed out; sent first, it is with the other, and the device is empty', async () => {
    const { page } = hers;
    await hers.goOffline();
    await write(page, 'One more thing.');
    await untilState(page, 'One more thing.', waiting);
    await openSettings(page, t.settings.thisDevice);
    await button(page, t.signOut.submit).click();
    const dialog = page.getByRole('dialog', { name: t.signOut.title });
    await dialog.getByText(t.signOut.inChats(t.signOut.messages(1), 'Jonas Weber')).waitFor();
    await dialog.getByText(t.signOut.wouldBeLost).waitFor();
    await button(page, t.signOut.discard).click();
    const question = page.getByRole('alertdialog', { name: t.signOut.discardTitle });
    await question.getByRole('button', { name: t.signOut.back }).click();
    await button(page, t.signOut.whenSent).click();
    await page.getByText(t.signOut.waitingOffline).waitFor();
    await hers.goOnline();
    await page.getByText(t.door.left).waitFor();
    await door(page).waitFor();
    await expect.poll(() => leftBehind(hers.context, hers.url)).toEqual(NOTHING);
    const his = await office.desk(jonas, { locale });
    await his.page.goto(his.url);
    await openContact(his.page, 'Anna Berger');
    await message(his.page, 'One more thing.').waitFor();
    await his.close();
  });
});
