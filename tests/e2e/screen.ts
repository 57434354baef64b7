/** What a person sees and does, by role and name, in the language of their desk. */
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { wordsOf } from './words.ts';

export async function signIn(
  page: Page,
  url: string,
  person: Pick<SignedInPerson, 'email' | 'password'>,
): Promise<void> {
  const t = wordsOf(page);
  await page.goto(url);
  await page.getByLabel(t.signIn.email).fill(person.email);
  await page.getByLabel(t.signIn.password, { exact: true }).fill(person.password);
  await page.getByRole('button', { name: t.signIn.submit }).click();
  await chatRow(page, t.lists.internal).waitFor();
}

const lists = (page: Page): Locator => page.getByRole('navigation', { name: wordsOf(page).lists.label });

/** A row of the list that is open: chats or contacts. */
export const chatRow = (page: Page, name: string): Locator =>
  lists(page)
    .getByRole('listitem')
    .getByRole('link', { name: new RegExp(`^${name}`) });

export async function openContact(page: Page, name: string): Promise<void> {
  await lists(page)
    .getByRole('tab', { name: wordsOf(page).lists.contacts })
    .click();
  await chatRow(page, name).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

export async function openChat(page: Page, name: string): Promise<void> {
  await lists(page)
    .getByRole('tab', { name: new RegExp(`^${wordsOf(page).lists.chats}`) })
    .click();
  await chatRow(page, name).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Where one writes anew; while one edits it has another name. */
export const composer = (page: Page): Locator =>
  page.getByRole('textbox', { name: wordsOf(page).composer.label, exact: true });

export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

const timeline = (page: Page): Locator => page.getByRole('list', { name: wordsOf(page).conversation.messages });

export const message = (page: Page, text: string): Locator =>
  timeline(page)
    .getByRole('listitem')
    .filter({ has: page.getByText(text, { exact: true }) });

type State = 'wartet auf Netz' | 'gesendet' | 'waiting for network' | 'sent';

/** What is sent may already be more than that: delivered, or read. */
const SENT: Partial<Record<State, RegExp>> = {
  gesendet: /^(?:gesendet|zugestellt|gelesen)(?: (?:an|von) .*)?$/,
  sent: /^(?:sent|delivered|read)(?: (?:to|by) .*)?$/,
};

/** Resolves when the message says so. */
export const untilState = (page: Page, text: string, state: State): Promise<void> =>
  message(page, text)
    .getByText(SENT[state] ?? state, { exact: true })
    .waitFor({ state: 'attached' });

/** Goes to the end, where one may be already; resolves when the latest message of all is there. */
export async function goToLatest(page: Page, text: string): Promise<void> {
  const button = page.getByRole('button', { name: new RegExp(`^${wordsOf(page).conversation.latest}`) });
  const latest = message(page, text).last();
  await expect
    .poll(async () => {
      // Only what is in view and around it is drawn. The button comes and goes with what is not.
      await button.evaluateAll((buttons) => {
        for (const one of buttons) if (one instanceof HTMLElement) one.click();
      });
      return [await button.count(), await latest.isVisible()];
    })
    .toEqual([0, true]);
}

/** The texts of the conversation that are drawn, top to bottom. */
export const textsOf = (page: Page): Promise<string[]> => timeline(page).locator('.bubble-text').allInnerTexts();

/** Resolves when these are the texts that are drawn, each once and in this order. */
export const untilTexts = (page: Page, texts: readonly string[]): Promise<void> =>
  expect.poll(() => textsOf(page)).toEqual(texts);

/** Resolves when this is what one would go on writing. */
export const untilTyped = (page: Page, text: string): Promise<void> =>
  expect.poll(() => composer(page).inputValue()).toBe(text);

export const hasFocus = (part: Locator): Promise<boolean> =>
  part.evaluateAll((elements) => elements.some((element) => element === document.activeElement));

/** Resolves when this has the focus by itself. */
export const untilFocused = (part: Locator): Promise<void> => expect.poll(() => hasFocus(part)).toBe(true);

/** Resolves when this is offline for the person to see. */
export const untilSaidOffline = (page: Page, words: string): Promise<void> =>
  page.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' });

/** The tab of one of the two lists. */
export const listTab = (page: Page, name: RegExp): Locator => page.getByRole('tab', { name });

/** Resolves when the next visit can start without network, and what this one sees is kept. */
export const untilInstalled = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const { serviceWorker } = navigator;
    if (serviceWorker.controller !== null) return;
    const taken = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    await Promise.all([serviceWorker.ready, serviceWorker.controller ?? taken]);
  });
