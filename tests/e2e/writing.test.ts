import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../crdt/model/log/limits.ts';
import type { SignedInPerson } from '../support/installation.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import {
  chatRow,
  composer,
  goToLatest,
  message,
  openChat,
  openContact,
  textsOf,
  untilState,
  untilTexts,
  untilTyped,
  write,
} from './screen.ts';

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;
let desk: Desk;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  desk = await office.desk(anna);
  await desk.page.goto(desk.url);
});

afterAll(() => office.close());

test('[M1] Enter sends, Shift and Enter break the line, and an input method keeps its Enter', async () => {
  await openContact(desk.page, 'Jonas Weber');
  await composer(desk.page).fill('erste Zeile');
  await composer(desk.page).press('Shift+Enter');
  await composer(desk.page).pressSequentially('zweite Zeile');
  await composer(desk.page).dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  expect(await composer(desk.page).inputValue()).toBe('erste Zeile\nzweite Zeile');
  await composer(desk.page).press('Enter');
  await untilState(desk.page, 'erste Zeile zweite Zeile', 'gesendet');
  await untilTexts(desk.page, ['erste Zeile\nzweite Zeile']);
  await untilTyped(desk.page, '');
});

test('[M1] a draft survives a reload and follows to the other device; sending ends it on both', async () => {
  await composer(desk.page).fill('Bitte denken Sie an den');
  const otherDevice = await office.desk(anna);
  await otherDevice.page.goto(otherDevice.url);
  await chatRow(otherDevice.page, 'Jonas Weber').getByText('Entwurf: Bitte denken Sie an den').waitFor();

  await desk.page.reload();
  await untilTyped(desk.page, 'Bitte denken Sie an den');

  await openChat(otherDevice.page, 'Jonas Weber');
  await untilTyped(otherDevice.page, 'Bitte denken Sie an den');
  await composer(otherDevice.page).pressSequentially(' Schlüssel.');
  await composer(otherDevice.page).press('Enter');
  await untilState(otherDevice.page, 'Bitte denken Sie an den Schlüssel.', 'gesendet');

  await message(desk.page, 'Bitte denken Sie an den Schlüssel.').waitFor();
  await untilTyped(desk.page, '');
  await otherDevice.close();
});

test('[M1] a text over the limit is refused on the device, with the limit, and stays in the input', async () => {
  const text = 'ü'.repeat(LIMITS.textLength + 1);
  await composer(desk.page).fill(text);
  await desk.page.getByText('8.001 / 8.000').waitFor();
  expect(await desk.page.getByRole('button', { name: 'Senden' }).isDisabled()).toBe(true);
  await composer(desk.page).press('Enter');
  expect(await composer(desk.page).inputValue()).toBe(text);

  await composer(desk.page).fill(text.slice(1));
  await composer(desk.page).press('Enter');
  await untilState(desk.page, text.slice(1), 'gesendet');
});

test('[M1 M4] whatever is written is shown as text, to both sides, and runs nowhere', async () => {
  const hostile = [
    '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>',
    'javascript:window.hacked=true//https://example.org',
    '\u202Edetrevni \u2066isolate',
    '{{7*7}} ${7*7} %s &lt;b&gt; \\u0041',
    '👩‍👩‍👧‍👦 שלום العربية 𝕳 e\u0301',
  ];
  const reader = await office.desk(jonas);
  await reader.page.goto(reader.url);
  await openContact(reader.page, 'Anna Berger');
  for (const text of hostile) {
    await write(desk.page, text);
    await untilState(desk.page, text, 'gesendet');
  }
  await goToLatest(reader.page, hostile.at(-1) ?? '');
  for (const { page } of [desk, reader]) {
    await expect.poll(async () => (await textsOf(page)).slice(-hostile.length)).toEqual(hostile);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    const addresses = await page
      .getByRole('listitem')
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(addresses.filter((address) => address?.startsWith('http'))).toEqual(['https://example.org']);
    expect(addresses.filter((address) => address?.startsWith('javascript'))).toEqual([]);
  }
  await reader.close();
});

/** Reads what is there, however much of it an earlier device of the same person has read already, and looks elsewhere. */
async function readAll(page: Page): Promise<void> {
  const text = `bis hierher ${crypto.randomUUID()}`;
  await write(desk.page, text);
  await openContact(page, 'Anna Berger');
  const unread = chatRow(page, 'Anna Berger').getByText('ungelesen');
  await expect
    .poll(
      async () => {
        await message(page, text).scrollIntoViewIfNeeded();
        return unread.count();
      },
      { timeout: 20_000 },
    )
    .toBe(0);
  await openChat(page, 'Intern');
}

test('[M6 C12] what came while one was away stands below the line of new messages, and reading it ends the number', async () => {
  const reader = await office.desk(jonas);
  await reader.page.goto(reader.url);
  await readAll(reader.page);
  await write(desk.page, 'eine neue');
  await write(desk.page, 'noch eine neue');
  await chatRow(reader.page, 'Anna Berger').getByText('2 ungelesene Nachrichten').waitFor({ state: 'attached' });
  await expect.poll(() => reader.page.title()).toMatch(/^\(2\) .*Hausfunk$/);

  await chatRow(reader.page, 'Anna Berger').click();
  await reader.page.getByText('2 neue', { exact: true }).waitFor();
  await message(reader.page, 'noch eine neue').waitFor();
  await chatRow(reader.page, 'Anna Berger').getByText('ungelesen').waitFor({ state: 'detached' });
  await expect.poll(() => reader.page.title()).toBe('Anna Berger · Hausfunk');
  await reader.close();
});

test('[C8 C12] a chat opens at the first unread message, and what is below the window stays unread until one is there', async () => {
  const reader = await office.desk(jonas);
  await reader.page.goto(reader.url);
  await readAll(reader.page);
  const texts = Array.from({ length: 40 }, (_, index) => `Nummer ${index + 1} von vielen`);
  for (const text of texts) await write(desk.page, text);
  await chatRow(reader.page, 'Anna Berger').getByText('40 ungelesene Nachrichten').waitFor({ state: 'attached' });
  await chatRow(reader.page, 'Anna Berger').click();

  const inView = (text: string): Promise<boolean> =>
    message(reader.page, text).evaluate((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
  const [first = '', last = ''] = [texts[0], texts.at(-1)];
  await reader.page.getByRole('button', { name: 'Zur neuesten Nachricht' }).waitFor();
  await reader.page.getByText('40 neue', { exact: true }).waitFor();
  await expect.poll(async () => [await inView(first), await message(reader.page, last).count()]).toEqual([true, 0]);
  // What is in view is read, the rest is not.
  const numberOfUnread = async (): Promise<number> =>
    Number(/(\d+) ungelesen/.exec(await chatRow(reader.page, 'Anna Berger').innerText())?.[1]);
  await expect.poll(numberOfUnread).toBeLessThan(40);
  expect(await numberOfUnread()).toBeGreaterThan(20);

  await reader.page.getByRole('button', { name: /^Zur neuesten Nachricht, \d+ neue$/ }).click();
  await chatRow(reader.page, 'Anna Berger').getByText('ungelesen').waitFor({ state: 'detached' });
  await expect.poll(() => inView(last)).toBe(true);
  await reader.close();
});
