/** Every row of the product that a person sees in lists and conversations, in German and in English. */
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { colleague, type Colleague } from './colleague.ts';
import { heard } from './heard.ts';
import { holdStorage } from './held-storage.ts';
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
  untilTyped,
  write,
} from './screen.ts';
import { openSettings } from './settings-screen.ts';
import { BOTH_LANGUAGES } from './words.ts';

const DAY_MS = 86_400_000;
/** More than a chat opens with at least. */
const PAGE_ENTRIES = 40;
const WIDE = { width: 1280, height: 800 };
/** A page of messages of one line, and what stands around them. */
const TALL = { width: 1280, height: 2_400 };
/** What a chat opens with, and then something. */
const TOWER = { width: 1280, height: 4_000 };

describe.each(BOTH_LANGUAGES)('in %s', (_name, { locale, t }, sent, waiting) => {
  let office: Office;
  let anna: SignedInPerson;
  let jonas: SignedInPerson;
  let peer: Colleague;
  let hers: Desk;
  /** When the first message of all was written. */
  let firstMs: number;

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
      ['third', 40],
    ] as const) {
      const writtenMs = Date.now() - days * DAY_MS;
      if (page === 'first') firstMs = writtenMs - (PAGE_ENTRIES - 1) * 1_000;
      await peer.writes(
        Array.from({ length: PAGE_ENTRIES }, (_, index) => `${page} page ${index + 1}`),
        writtenMs,
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
  const clock = (timeMs: number, timeZone: string): string =>
    new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }).format(timeMs);
  const day = (timeMs: number): string => {
    const words = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'Europe/Berlin' } as const;
    const yearOf = (ms: number): string =>
      new Intl.DateTimeFormat(locale, { ...words, year: 'numeric' }).format(ms).slice(-4);
    const year = yearOf(timeMs) === yearOf(Date.now()) ? undefined : 'numeric';
    return new Intl.DateTimeFormat(locale, { ...words, year }).format(timeMs);
  };
  /** Somewhere else than in the internal chat, with the chats in the list. */
  const lookAway = async (page: Page): Promise<void> => {
    await openContact(page, 'Jonas Weber');
    await page.getByRole('tab', { name: t.lists.chats }).click();
  };

  test('[P1 P2 P3 P13 C12 A3] who is invited joins with nothing unread, stands among the contacts under their letter, and is found in spite of a typing error', async () => {
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
    // What came before one joined is read.
    await chatRow(newcomer.page, t.lists.internal).getByText('third page 40').waitFor();
    await button(newcomer.page, t.lists.menu).waitFor();
    await openContact(newcomer.page, 'Anna Berger');
    await newcomer.close();

    await page.getByRole('tab', { name: t.lists.contacts }).click();
    await chatRow(page, 'Jürgen Müller').waitFor();
    expect(await heard(page.getByRole('navigation', { name: t.lists.label }))).toMatchSnapshot();
    await page.keyboard.press('Control+K');
    const search = page.getByRole('combobox', { name: t.lists.search });
    await search.fill(t.lists.internal);
    await page.getByRole('option', { name: new RegExp(`^${t.lists.internal}`) }).waitFor();
    const found = page.getByRole('option', { name: /^Jürgen Müller/ });
    for (const query of ['mueller', 'muller', 'mülelr']) {
      await search.fill('');
      await found.waitFor({ state: 'detached' });
      await search.fill(query);
      await found.waitFor();
    }
    await page
      .getByRole('status')
      .filter({ hasText: t.lists.foundCount(1) })
      .waitFor({ state: 'attached' });
    await found.click();
    await page.getByRole('heading', { level: 1, name: 'Jürgen Müller' }).waitFor();
  });

  test('[C8 C12 C14 M6] numbers say what is unread, the chat opens at its first; what came late is unread and shows both times; a fast clock disturbs no order', async () => {
    const { page } = hers;
    await openChat(page, t.lists.internal);
    await page.getByText(t.conversation.newMessages(3 * PAGE_ENTRIES), { exact: true }).waitFor();
    // Who has been at the first of them and then goes to the latest has done with all.
    await button(page, t.lists.menuUnread(3 * PAGE_ENTRIES)).waitFor({ state: 'detached' });
    await goToLatest(page, 'third page 40');
    await button(page, t.lists.menu).waitFor();
    await lookAway(page);
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

    // It arrives late and sorts before what has been read, and is unread all the same.
    await lookAway(page);
    const writtenMs = Date.now() - DAY_MS;
    await peer.writes(['written without network'], writtenMs);
    await chatRow(page, t.lists.internal).getByText(t.lists.unread(1)).waitFor({ state: 'attached' });
    await button(page, t.lists.menuUnread(1)).waitFor();
    await openChat(page, t.lists.internal);
    const late = message(page, 'written without network');
    const arrived = new RegExp(t.conversation.arrived('.*'));
    await late.getByText(arrived).waitFor();
    await late.getByText(clock(writtenMs, 'Europe/Berlin'), { exact: true }).waitFor();
    await timeline.getByText(t.conversation.yesterday, { exact: true }).waitFor();
    await timeline.getByText(t.conversation.today, { exact: true }).waitFor();
    await button(page, t.lists.menu).waitFor();

    await peer.writes(['by a clock that is a day fast'], Date.now() + DAY_MS);
    await peer.writes(['in time']);
    await message(page, 'in time').waitFor();
    expect(await message(page, 'in time').getByText(arrived).count()).toBe(0);
    await expect
      .poll(async () => (await textsOf(page)).slice(-3))
      .toEqual(['today 32', 'by a clock that is a day fast', 'in time']);
    await page.setViewportSize(WIDE);
  });

  test('[C8 M6 A3] the double arrow brings two more weeks without network, too, and nothing moves; scrolling brings the rest, under its date; the latest is counted', async () => {
    const { page } = hers;
    const earlier = button(page, t.conversation.earlier);
    await page.setViewportSize(TOWER);
    await page.reload();
    await message(page, 'third page 1').waitFor();
    await message(page, 'in time').waitFor();
    await expect.poll(async () => (await textsOf(page)).length).toBeGreaterThanOrEqual(PAGE_ENTRIES + 32);
    await page.getByText(t.conversation.incomplete).waitFor({ state: 'detached' });
    await hers.goOffline();
    const topOf = async (text: string): Promise<number> => (await message(page, text).boundingBox())?.y ?? Infinity;
    const before = await topOf('third page 1');
    await earlier.click();
    await message(page, 'second page 40').waitFor();
    // A browser scrolls by whole pixels.
    expect(Math.abs((await topOf('third page 1')) - before)).toBeLessThan(1);
    // Not more than was asked for.
    await earlier.waitFor({ state: 'attached' });

    await page.setViewportSize(WIDE);
    await goToLatest(page, 'in time');
    await page.getByRole('list', { name: t.conversation.messages }).hover();
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, -1_500);
        return message(page, 'first page 1').isVisible();
      })
      .toBe(true);
    await earlier.waitFor({ state: 'detached' });
    await page.getByText(day(firstMs), { exact: true }).waitFor();
    await hers.goOnline();

    await peer.writes(['while one reads what was']);
    await button(page, t.conversation.latestWith(1)).click();
    await goToLatest(page, 'while one reads what was');
    await button(page, t.lists.menu).waitFor();
  });

  test('[M1 M4 M5 M6] a message is sent, delivered, read; changed and deleted for both; a draft follows; links are links', async () => {
    const { page } = hers;
    await openContact(page, 'Jonas Weber');
    await composer(page).fill('The plan:');
    await composer(page).press('Shift+Enter');
    await composer(page).pressSequentially('https://example.org/plan');
    await composer(page).press('Enter');
    await untilState(page, 'The plan: https://example.org/plan', sent);
    expect((await textsOf(page)).at(-1)).toBe('The plan:\nhttps://example.org/plan');
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
    await page.reload();
    await untilTyped(page, 'half a thought');
    const second = await office.desk(anna, { locale, timezoneId: 'America/New_York' });
    await second.page.goto(second.url);
    await chatRow(second.page, 'Jonas Weber').getByText(`${t.lists.draft} half a thought`).waitFor();
    // A new device has read what its person has read, and shows the times of where it is.
    await openChat(second.page, t.lists.internal);
    await goToLatest(second.page, 'while one reads what was');
    await button(second.page, t.lists.menu).waitFor();
    const time = message(second.page, 'while one reads what was').locator('time');
    const writtenMs = Date.parse((await time.getAttribute('datetime')) ?? '');
    expect(await time.innerText()).toBe(clock(writtenMs, 'America/New_York'));
    await composer(page).fill('');
    await second.close();
    await his.close();
  });

  test('[M4] it is being saved, then waits without network and is counted; what is refused says why, and is sent again, edited or discarded', async () => {
    const { page } = hers;
    await openChat(page, 'Jonas Weber');
    await hers.goOffline();
    const release = await holdStorage(hers.context, hers.url);
    await page.bringToFront();
    await write(page, 'on its way to the disk');
    await message(page, 'on its way to the disk').getByText(t.delivery.saving, { exact: true }).waitFor();
    await release();
    await untilState(page, 'on its way to the disk', waiting);
    await hers.goOnline();
    await untilState(page, 'on its way to the disk', sent);

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
    const editing = page.getByRole('textbox', { name: t.composer.editing });
    await expect.poll(() => editing.inputValue()).toBe('too late');
    await editing.press('Enter');
    await untilState(page, 'too late', sent);
    await expect
      .poll(async () => (await textsOf(page)).slice(-3))
      .toEqual(['from the basement', 'once too often', 'too late']);
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

  test('[A2] wide, list and chat stand side by side; narrow, one after the other, and back leads back', async () => {
    const { page } = hers;
    const row = chatRow(page, 'Jonas Weber');
    const title = page.getByRole('heading', { level: 1, name: 'Jonas Weber' });
    await openChat(page, 'Jonas Weber');
    expect([await row.isVisible(), await title.isVisible()]).toEqual([true, true]);
    await page.setViewportSize({ width: 390, height: 844 });
    await row.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: t.conversation.back }).click();
    await row.waitFor();
    await title.waitFor({ state: 'hidden' });
    await row.click();
    await title.waitFor();
    await row.waitFor({ state: 'hidden' });
    await page.goBack();
    await row.waitFor();
    await title.waitFor({ state: 'hidden' });
  });
});
