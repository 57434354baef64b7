/** The address of a message leads to its place, from wherever one comes, and says calmly when there is nothing to be led to. */
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messageAddress } from '../../app/shell/message-address.ts';
import { entryId, type EntryId } from '../../crdt/model/log/entry-id.ts';
import { makeWriter } from '../../crdt/model/log/writer.ts';
import { internalChatId, privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { SignedInPerson } from '../support/installation.ts';
import { axeViolations } from './axe.ts';
import { colleague, type Colleague } from './colleague.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import {
  chatRow,
  composer,
  goToLatest,
  hasFocus,
  message,
  openChat,
  openContact,
  untilFocused,
  untilInstalled,
  untilState,
  write,
} from './screen.ts';
import { BOTH_LANGUAGES, wordsOf } from './words.ts';

const DAY_MS = 86_400_000;
const PAGES = 8;
const PAGE_ENTRIES = 100;
const UNREAD = 30;
/** The fourth of the second page: many screens up, and just below what is not loaded yet. */
const FAR = 'Blatt 2, Satz 4';

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;
let chat: ChatId;
let peer: Colleague;
let desk: Desk;
const ids = new Map<string, EntryId>();

const idOf = (text: string): EntryId => {
  const id = ids.get(text);
  if (id === undefined) throw new Error(`nobody has written ${text}`);
  return id;
};

async function peerWrites(texts: readonly string[], untilMs?: number): Promise<void> {
  const written = await peer.writes(texts, untilMs);
  for (const [index, id] of written.entries()) ids.set(texts[index] ?? '', id);
}

beforeAll(async () => {
  office = await openOffice({ pageEntries: PAGE_ENTRIES });
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  chat = internalChatId(anna.company);
  peer = await colleague(office, jonas);
  for (let page = 1; page <= PAGES; page += 1) {
    await peerWrites(
      Array.from({ length: PAGE_ENTRIES }, (_, index) => `Blatt ${page}, Satz ${index + 1}`),
      Date.now() - (100 - 10 * page) * DAY_MS,
    );
    await peer.turnPage();
  }
  desk = await office.desk(anna);
});

afterAll(async () => {
  peer.leave();
  await office.close();
});

const address = (text: string): string => messageAddress(chat, idOf(text), undefined, '');

/** This device holds all of the chat, and all of it has been read. */
async function haveAll({ page, url }: Desk): Promise<void> {
  const t = wordsOf(page);
  await page.goto(`${url}/chats/${chat}`);
  await goToLatest(page, `Blatt ${PAGES}, Satz ${PAGE_ENTRIES}`);
  const earlier = page.getByRole('button', { name: t.conversation.earlier });
  await expect
    .poll(async () => {
      await earlier.evaluateAll((buttons) => {
        for (const one of buttons) if (one instanceof HTMLElement) one.click();
      });
      return earlier.count();
    })
    .toBe(0);
  await page.getByText(t.conversation.incomplete).waitFor({ state: 'detached' });
  // From the first to the latest: what lies in between has been passed over.
  await page.getByRole('list', { name: t.conversation.messages }).press('Home');
  await untilFocused(message(page, 'Blatt 1, Satz 1'));
  await goToLatest(page, `Blatt ${PAGES}, Satz ${PAGE_ENTRIES}`);
  await chatRow(page, t.lists.internal).waitFor();
  await unread(page).waitFor({ state: 'detached' });
  await page.goto(url);
  await chatRow(page, t.lists.internal).waitFor();
}

/** What the list says of the chat. */
function unread(page: Page, count?: number): Locator {
  const { lists } = wordsOf(page);
  const row = chatRow(page, lists.internal);
  return count === undefined ? row.getByText('ungelesen') : row.getByText(lists.unread(count), { exact: true });
}

const toLatest = (page: Page, count?: number): Locator =>
  page.getByRole('button', {
    name: count === undefined ? wordsOf(page).conversation.latest : wordsOf(page).conversation.latestWith(count),
    exact: true,
  });

/** How far the middle of a message is from the middle of the view, px; undefined while it is not in view. */
const fromMiddle = (page: Page, text: string): Promise<number | undefined> =>
  message(page, text).evaluateAll((rows) => {
    const view = document.querySelector('.timeline-scroll')?.getBoundingClientRect();
    const row = rows.find((one) => !one.hasAttribute('data-kept'))?.getBoundingClientRect();
    if (view === undefined || row === undefined || row.bottom < view.top || row.top > view.bottom) return undefined;
    return Math.round(Math.abs(row.top + row.height / 2 - view.top - view.height / 2));
  });

const untilInTheMiddle = (page: Page, text: string): Promise<void> =>
  expect.poll(async () => ((await fromMiddle(page, text)) ?? Infinity) < 4).toBe(true);

const topOf = (page: Page, text: string): Promise<number> =>
  message(page, text).evaluate((row) => Math.round(row.getBoundingClientRect().top));

/** As a link anywhere in the app does it. */
const follow = (page: Page, href: string): Promise<void> =>
  page.evaluate((to) => {
    const link = document.createElement('a');
    link.href = to;
    document.querySelector('#app')?.append(link);
    link.click();
    link.remove();
  }, href);

const marks = (page: Page): Promise<string[]> => page.locator('[data-marked] .bubble-text').allInnerTexts();

test('[S3] without network, a cold start at the address of a message many screens up shows it in its place, and nothing counts as read that was not seen', async () => {
  await haveAll(desk);
  await untilInstalled(desk.page);
  await peerWrites(Array.from({ length: UNREAD }, (_, index) => `Neu ${index + 1}`));
  await unread(desk.page, UNREAD).waitFor({ state: 'attached' });
  await desk.goOffline();
  await desk.page.close();
  const page = await desk.context.newPage();
  try {
    await page.goto(desk.url + address(FAR));
    await untilInTheMiddle(page, FAR);
    await untilFocused(message(page, FAR));
    expect(await marks(page)).toEqual([FAR]);
    // What a screen reader reads of it, since it has the focus.
    expect(await message(page, FAR).innerText()).toContain('Gesuchte Nachricht');
    for (const around of ['Blatt 2, Satz 1', 'Blatt 2, Satz 2', 'Blatt 2, Satz 6'])
      expect(await fromMiddle(page, around)).toBeDefined();

    // What is earlier comes in by itself, and moves nothing.
    const top = await topOf(page, FAR);
    await page.getByRole('button', { name: /^Frühere Nachrichten/ }).waitFor({ state: 'detached' });
    expect(await topOf(page, FAR)).toBe(top);
    await page.locator('[data-marked]').waitFor({ state: 'detached' });
    expect(await topOf(page, FAR)).toBe(top);

    await page.keyboard.press('ArrowDown');
    await untilFocused(message(page, 'Blatt 2, Satz 5'));
    await toLatest(page, UNREAD).waitFor();
    await unread(page, UNREAD).waitFor({ state: 'attached' });

    await page.reload();
    await untilInTheMiddle(page, FAR);
    await toLatest(page, UNREAD).click();
    await message(page, `Neu ${UNREAD}`).waitFor();
    await toLatest(page).waitFor({ state: 'detached' });
    await unread(page).waitFor({ state: 'detached' });
  } finally {
    await desk.goOnline();
  }
});

const present = (): Page => {
  const [page] = desk.context.pages();
  if (page === undefined) throw new Error('no page');
  return page;
};

test('[S3] in an open chat it leads there from elsewhere, each time anew; back leads back', async () => {
  const page = present();
  await openContact(page, 'Jonas Weber');
  await page.getByRole('tab', { name: /^Chats/ }).click();
  await openChat(page, 'Intern');
  await goToLatest(page, `Neu ${UNREAD}`);
  const before = page.url();
  await follow(page, address('Blatt 5, Satz 50'));
  await untilInTheMiddle(page, 'Blatt 5, Satz 50');
  expect(await marks(page)).toEqual(['Blatt 5, Satz 50']);
  expect(page.url()).toContain('?message=');

  await follow(page, address(FAR));
  await untilInTheMiddle(page, FAR);
  await untilFocused(message(page, FAR));
  await toLatest(page).click();
  await message(page, `Neu ${UNREAD}`).waitFor();
  expect(await fromMiddle(page, FAR)).toBeUndefined();
  // The same address once more.
  await follow(page, address(FAR));
  await untilInTheMiddle(page, FAR);
  expect(await marks(page)).toEqual([FAR]);

  await page.goBack();
  await page.goBack();
  await untilInTheMiddle(page, 'Blatt 5, Satz 50');
  await page.goBack();
  expect(page.url()).toBe(before);
  expect(await fromMiddle(page, 'Blatt 5, Satz 50')).toBeDefined();
});

test('[S3] who scrolls on while the message is on its way stays where they are', async () => {
  const page = present();
  await page.goto(`${desk.url}/chats/${chat}`);
  await goToLatest(page, `Neu ${UNREAD}`);
  // As soon as it is on its way, which takes reading from the storage; the router gets there within the same turn.
  const wasOnItsWay = await page.evaluate(async (to) => {
    const link = document.createElement('a');
    link.href = to;
    document.querySelector('#app')?.append(link);
    link.click();
    link.remove();
    for (let turn = 0; turn < 1_000 && location.search === ''; turn += 1) await Promise.resolve();
    document.querySelector('.timeline-scroll')?.dispatchEvent(new WheelEvent('wheel', { bubbles: true }));
    return location.search !== '';
  }, address('Blatt 1, Satz 50'));
  expect(wasOnItsWay).toBe(true);
  // All pages have come in, as for whoever had let it go there.
  await page.getByRole('button', { name: /^Frühere Nachrichten/ }).waitFor({ state: 'detached' });
  await message(page, `Neu ${UNREAD}`).waitFor();
  expect(await toLatest(page).count()).toBe(0);
  await write(page, 'Ich bleibe am Ende');
  await untilState(page, 'Ich bleibe am Ende', 'gesendet');
  expect(await marks(page)).toEqual([]);
  expect(await toLatest(page).count()).toBe(0);
  // Asked for again it is shown.
  await follow(page, address('Blatt 1, Satz 50'));
  await untilInTheMiddle(page, 'Blatt 1, Satz 50');
});

test.each(BOTH_LANGUAGES)(
  '[S3] of a message that is not there one sentence tells, and the chat opens as usual: %s',
  async (_name, { locale, t }) => {
    const reader = await office.desk(anna, { locale });
    const { page } = reader;
    await page.goto(`${reader.url}/chats/${chat}`);
    await goToLatest(page, 'Ich bleibe am Ende');
    await write(page, `Gleich gelöscht (${locale})`);
    const row = message(page, `Gleich gelöscht (${locale})`);
    await row.waitFor();
    const deleted = (await row.getAttribute('data-message')) ?? '';
    await row.click({ button: 'right' });
    await page.getByRole('menuitem', { name: t.conversation.delete }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: t.conversation.delete }).click();
    await row.waitFor({ state: 'detached' });
    const unknown = entryId(makeWriter(jonas.account, 12_345), 3);
    const said = page.getByRole('status').filter({ hasText: t.conversation.messageGone });
    for (const id of [deleted, unknown, 'nothing', '', '9'.repeat(5_000)]) {
      await page.goto(`${reader.url}/chats/${chat}?message=${id}`);
      await said.first().waitFor();
      await message(page, 'Ich bleibe am Ende').waitFor();
      await toLatest(page).waitFor({ state: 'detached' });
      expect(await marks(page)).toEqual([]);
    }
    // Another chat's: there is none of it here.
    await page.goto(`${reader.url}/chats/${privateChatId(anna.account, jonas.account)}?message=${idOf(FAR)}`);
    await said.first().waitFor();
    await page.getByRole('heading', { level: 1, name: 'Jonas Weber' }).waitFor();
    await composer(page).waitFor();
    await reader.close();
  },
);

test('[S3 A2] on a narrow screen it is shown as well, the way back leads to the list that was open, and other chats open as they are', async () => {
  const page = present();
  await page.setViewportSize({ width: 390, height: 844 });
  try {
    await page.goto(desk.url + messageAddress(chat, idOf(FAR), 2, '?list=contacts'));
    await untilInTheMiddle(page, FAR);
    await untilFocused(message(page, FAR));
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Zurück zur Liste' }).click();
    await chatRow(page, 'Jonas Weber').waitFor();
    expect(new URL(page.url()).search).toBe('?list=contacts');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(desk.url + messageAddress(chat, idOf(FAR), 2, '?list=contacts'));
    await untilInTheMiddle(page, FAR);
    await chatRow(page, 'Jonas Weber').click();
    await page.getByRole('heading', { level: 1, name: 'Jonas Weber' }).waitFor();
    expect(new URL(page.url()).search).toBe('?list=contacts');
    expect(await hasFocus(composer(page))).toBe(true);
  } finally {
    await page.setViewportSize({ width: 1280, height: 800 });
  }
});
