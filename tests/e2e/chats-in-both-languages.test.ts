/** Every row of the product that a person sees in lists and conversations, in German and in English. */
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { colleague, type Colleague } from './colleague.ts';
import { heard } from './heard.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import {
  chatRow,
  composer,
  goToLatest,
  message,
  openChat,
  openContact,
  signIn,
  textsOf,
  untilSaidOffline,
  untilState,
  write,
} from './screen.ts';
import { openSettings } from './settings-screen.ts';
import { ENGLISH, GERMAN } from './words.ts';

const DAY_MS = 86_400_000;
/** More than a chat opens with at least. */
const PAGE_ENTRIES = 40;
/** So many messages of one line, and what stands around them. */
const TALL = { width: 1280, height: 2_400 };

describe.each([
  ['German', GERMAN, 'gesendet', 'wartet auf Netz'],
  ['English', ENGLISH, 'sent', 'waiting for network'],
] as const)('in %s', (_name, { locale, t }, sent, waiting) => {
  let office: Office;
  let anna: SignedInPerson;
  let jonas: SignedInPerson;
  let peer: Colleague;
  let hers: Desk;

  beforeAll(async () => {
    office = await openOffice({ pageEntries: PAGE_ENTRIES });
    anna = await office.setUp({ first: 'Anna', last: 'Berger' });
    jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
    await office.addPerson(anna, { first: 'Uwe', last: 'Äcker' });
    peer = await colleague(office, jonas);
    // A chat opens with the page that is being written on and the one before.
    for (const [page, days] of [
      ['first', 90],
      ['second', 60],
    ] as const) {
      await peer.writes(
        Array.from({ length: PAGE_ENTRIES }, (_, index) => `${page} page ${index + 1}`),
        Date.now() - days * DAY_MS,
      );
      await peer.turnPage();
    }
    hers = await office.desk(anna, { locale });
    await hers.page.addInitScript(() => {
      // Of an installed app.
      Object.assign(navigator, {
        setAppBadge: async (count: number) => Object.assign(globalThis, { badge: count }),
        clearAppBadge: async () => Object.assign(globalThis, { badge: 0 }),
      });
    });
    await hers.page.goto(hers.url);
  });

  afterAll(async () => {
    peer.leave();
    await office.close();
  });

  const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
  const ask = async (page: Page, text: string, action: string): Promise<void> => {
    await message(page, text).click({ button: 'right' });
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  };

  test('[P1 P2 P3 P13 A3] who is invited joins, stands among the contacts under their letter, and is found in spite of a typing error', async () => {
    const { page } = hers;
    await openSettings(page, t.settings.people);
    await button(page, t.administration.makeLink).click();
    const made = new URL(await page.getByLabel(t.administration.link).inputValue());
    const newcomer = await office.desk(undefined, { locale });
    await newcomer.page.goto(newcomer.url + made.pathname);
    await newcomer.page.getByText(t.invitation.intro('Berger Immobilien')).waitFor();
    await newcomer.page.getByLabel(t.person.first).fill('Jürgen');
    await newcomer.page.getByLabel(t.person.last).fill('Müller');
    await newcomer.page.getByLabel(t.signIn.email).fill('juergen@berger.example');
    await newcomer.page.getByLabel(t.person.newPassword, { exact: true }).fill('long and secret');
    await button(newcomer.page, t.invitation.submit).click();
    await openContact(newcomer.page, 'Anna Berger');
    await newcomer.close();

    await page.getByRole('tab', { name: t.lists.contacts }).click();
    await chatRow(page, 'Jürgen Müller').waitFor();
    expect(await heard(page.getByRole('navigation', { name: t.lists.label }))).toMatchSnapshot();
    await page.keyboard.press('Control+K');
    await page.getByRole('combobox', { name: t.lists.search }).fill('mülelr');
    await page
      .getByRole('status')
      .filter({ hasText: t.lists.foundCount(1) })
      .waitFor({ state: 'attached' });
    await page.getByRole('option', { name: /^Jürgen Müller/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Jürgen Müller' }).waitFor();
  });

  test('[C8 C12 C14 M6] numbers say what is unread, the chat opens at its first; both times of what came late; what is earlier comes as one scrolls', async () => {
    const { page } = hers;
    await openChat(page, t.lists.internal);
    await page.getByText(t.conversation.newMessages(2 * PAGE_ENTRIES), { exact: true }).waitFor();
    await goToLatest(page);
    await button(page, t.lists.menu).waitFor();
    await openContact(page, 'Jonas Weber');
    await page.getByRole('tab', { name: t.lists.chats }).click();
    const texts = Array.from({ length: 32 }, (_, index) => `today ${index + 1}`);
    await peer.writes(texts);
    await chatRow(page, t.lists.internal).getByText(t.lists.unread(32)).waitFor({ state: 'attached' });
    await button(page, t.lists.menuUnread(32)).waitFor();
    await page.getByRole('tab', { name: `${t.lists.chats} ${t.lists.unread(32)}` }).waitFor();
    const badge = (): Promise<number> => page.evaluate(() => Number(Reflect.get(globalThis, 'badge')));
    await expect.poll(() => page.title()).toBe('(32) Jonas Weber · Hausfunk');
    await expect.poll(badge).toBe(32);

    await page.setViewportSize(TALL);
    await openChat(page, t.lists.internal);
    await page.getByText(t.conversation.newMessages(32), { exact: true }).waitFor();
    await message(page, 'today 1').waitFor();
    await expect.poll(() => page.title()).toBe(`${t.lists.internal} · Hausfunk`);
    await expect.poll(badge).toBe(0);
    // One person in a row is named once, a day once.
    const timeline = page.getByRole('list', { name: t.conversation.messages });
    const told = await heard(timeline);
    expect(told.slice(told.indexOf(`- listitem: ${t.conversation.today}`), told.indexOf('today 3'))).toMatchSnapshot();

    await peer.writes(['written without network'], Date.now() - DAY_MS);
    const late = message(page, 'written without network');
    await late.getByText(new RegExp(t.conversation.arrived('.*'))).waitFor();
    await timeline.getByText(t.conversation.yesterday, { exact: true }).waitFor();
    await timeline.getByText(t.conversation.today, { exact: true }).waitFor();

    await button(page, t.lists.menu).waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.reload();
    await message(page, 'today 32').waitFor();
    const first = message(page, 'first page 1');
    expect(await first.count()).toBe(0);
    await timeline.hover();
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, -1_500);
        return first.count();
      })
      .toBe(1);
  });

  test('[M1 M4 M5 M6] a message is sent, delivered, read; changed and deleted for both; a draft follows; links are links', async () => {
    const { page } = hers;
    await openContact(page, 'Jonas Weber');
    await write(page, 'The plan: https://example.org/plan');
    await untilState(page, 'The plan: https://example.org/plan', sent);
    const his = await office.desk(jonas, { locale });
    await his.page.goto(his.url);
    const state = (text: string, words: string): Promise<void> =>
      message(page, text).getByText(words, { exact: true }).waitFor({ state: 'attached' });
    await state('The plan: https://example.org/plan', t.delivery.delivered);
    await openChat(his.page, 'Anna Berger');
    await state('The plan: https://example.org/plan', t.delivery.read);
    const link = message(his.page, 'The plan: https://example.org/plan').getByRole('link');
    expect(await link.getAttribute('href')).toBe('https://example.org/plan');

    await write(page, 'At nine.');
    await ask(page, 'At nine.', t.conversation.edit);
    const editing = page.getByRole('textbox', { name: t.composer.editing });
    await editing.fill('At ten.');
    await editing.press('Enter');
    for (const at of [page, his.page]) {
      await message(at, 'At ten.').getByText(t.conversation.edited, { exact: true }).waitFor();
    }
    await ask(page, 'At ten.', t.conversation.delete);
    const question = page.getByRole('alertdialog', { name: t.conversation.deleteTitle });
    await question.getByText(t.conversation.deleteForPerson('\u2068At ten.\u2069', 'Jonas Weber')).waitFor();
    await button(page, t.conversation.delete).click();
    await question.waitFor({ state: 'detached' });
    await page.getByRole('status').filter({ hasText: t.conversation.deleted }).first().waitFor();
    for (const at of [page, his.page]) await message(at, 'At ten.').waitFor({ state: 'detached' });

    await composer(page).fill('half a thought');
    const second = await office.desk(anna, { locale });
    await second.page.goto(second.url);
    await chatRow(second.page, 'Jonas Weber').getByText(`${t.lists.draft} half a thought`).waitFor();
    await composer(page).fill('');
    await second.close();
    await his.close();
  });

  test('[M4] without network it waits and is counted; what is refused says why, and is sent again, edited or discarded', async () => {
    const { page } = hers;
    await openChat(page, 'Jonas Weber');
    await hers.goOffline();
    await write(page, 'from the basement');
    await untilState(page, 'from the basement', waiting);
    await untilSaidOffline(page, t.connection.offlineWaiting(1));
    await chatRow(page, 'Jonas Weber').getByText(t.lists.waiting).waitFor({ state: 'attached' });
    await hers.goOnline();
    await untilState(page, 'from the basement', sent);

    await hers.goOffline();
    const late = ['once too often', 'too late', 'far too late'] as const;
    for (const text of late) {
      await write(page, text);
      await untilState(page, text, waiting);
    }
    await office.setActive(anna, jonas, false);
    await hers.goOnline();
    const refused = (text: (typeof late)[number]): Locator =>
      message(page, text).filter({ hasText: t.delivery.failed });
    for (const text of late) await refused(text).getByText(t.delivery.reason.forbidden).waitFor();
    await page.getByText(t.composer.personGone('Jonas Weber')).waitFor();
    await refused('far too late').getByRole('button', { name: t.delivery.discard }).click();
    const question = page.getByRole('alertdialog', { name: t.delivery.discardTitle });
    await question.getByText(t.delivery.discardText).waitFor();
    await question.getByRole('button', { name: t.delivery.discard }).click();
    await question.waitFor({ state: 'detached' });
    await message(page, 'far too late').waitFor({ state: 'detached' });

    await office.setActive(anna, jonas, true);
    await refused('once too often').getByRole('button', { name: t.delivery.retry }).click();
    await untilState(page, 'once too often', sent);
    await refused('too late').getByRole('button', { name: t.delivery.edit }).click();
    await expect.poll(() => composer(page).inputValue()).toBe('too late');
    await composer(page).press('Enter');
    await untilState(page, 'too late', sent);
    expect((await textsOf(page)).slice(-3)).toEqual(['from the basement', 'once too often', 'too late']);
  });

  test('[C9 C10 C12] by the chat’s menu it is pinned and muted, each taken back by the toast; mute all leaves the numbers', async () => {
    const { page } = hers;
    await openChat(page, 'Jonas Weber');
    const row = chatRow(page, 'Jonas Weber');
    const choose = async (action: string, said: string): Promise<void> => {
      await button(page, t.conversation.menu).click();
      await page.getByRole('menuitem', { name: action, exact: true }).click();
      await page.getByRole('status').filter({ hasText: said }).first().waitFor();
    };
    await choose(t.conversation.pin, t.conversation.pinned);
    await row.getByText(t.lists.pinned).waitFor({ state: 'attached' });
    await button(page, t.conversation.undo).click();
    await row.getByText(t.lists.pinned).waitFor({ state: 'detached' });
    await choose(t.conversation.pin, t.conversation.pinned);
    await choose(t.conversation.mute, t.conversation.muted);
    await row.getByText(t.lists.muted).waitFor({ state: 'attached' });
    await row.getByText(t.lists.pinned).waitFor({ state: 'attached' });

    await openSettings(page, t.settings.messenger);
    await page.getByRole('switch', { name: t.settings.muteAll }).click();
    await expect.poll(() => page.getByRole('switch', { name: t.settings.muteAll }).isChecked()).toBe(true);
    // Who was not active has been signed out.
    const his = await office.desk(undefined, { locale });
    await signIn(his.page, his.url, jonas);
    await openChat(his.page, t.lists.internal);
    await write(his.page, 'does anybody hear me?');
    await chatRow(page, t.lists.internal).getByText(t.lists.unread(1)).waitFor({ state: 'attached' });
    await button(page, t.lists.menuUnread(1)).waitFor();
    // A muted chat keeps its number and stays out of the total.
    await openChat(his.page, 'Anna Berger');
    await write(his.page, 'psst');
    await row.getByText(t.lists.unread(1)).waitFor({ state: 'attached' });
    await button(page, t.lists.menuUnread(1)).waitFor();
    await page.getByRole('switch', { name: t.settings.muteAll }).click();
    await his.close();
  });
});
