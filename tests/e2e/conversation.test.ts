import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { colleague, type Colleague } from './colleague.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import {
  chatRow,
  composer,
  goToLatest,
  message,
  openChat,
  openContact,
  textsOf,
  untilFocused,
  untilState,
  write,
} from './screen.ts';

const DAY_MS = 86_400_000;

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;
let peer: Colleague;
let desk: Desk;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  peer = await colleague(office, jonas);
  // More than a page of the chat, so that what is earlier has to be loaded.
  await peer.writes(
    Array.from({ length: 2_000 }, (_, index) => `Lange her ${index + 1}`),
    Date.now() - 60 * DAY_MS,
  );
  await peer.turnPage();
  await peer.writes(
    Array.from({ length: 60 }, (_, index) => `Neulich ${index + 1}`),
    Date.now() - 2 * DAY_MS,
  );
  desk = await office.desk(anna);
  await desk.page.goto(desk.url);
});

afterAll(async () => {
  peer.leave();
  await office.close();
});

const list = (page: Page): Locator => page.getByRole('list', { name: 'Nachrichten' });
const toLatest = (page: Page): Locator => page.getByRole('button', { name: /^Zur neuesten Nachricht/ });

/** Where a message stands in the window. */
const topOf = (page: Page, text: string): Promise<number> =>
  message(page, text).evaluate((row) => Math.round(row.getBoundingClientRect().top));

/** A press in its middle would be for it. */
const isOnTop = (part: Locator): Promise<boolean> =>
  part.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  });

async function wheel(page: Page, px: number): Promise<void> {
  const box = await page.locator('.timeline-scroll').boundingBox();
  if (box === null) throw new Error('no timeline');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, px);
}

async function wheelUntil(page: Page, px: number, there: () => Promise<boolean>): Promise<void> {
  await expect
    .poll(
      async () => {
        await wheel(page, px);
        return there();
      },
      { timeout: 60_000, interval: 20 },
    )
    .toBe(true);
}

/** Resolves when the timeline has been laid out in the new window. */
async function resized(page: Page, height: number, width = 1280): Promise<void> {
  const size = (): Promise<string> =>
    page.evaluate(() => {
      const { width: wide = 0, height: high = 0 } =
        document.querySelector('.timeline-scroll')?.getBoundingClientRect() ?? {};
      return `${wide} x ${high}`;
    });
  const before = await size();
  await page.setViewportSize({ width, height });
  await expect.poll(size).not.toBe(before);
}

/** Which of all messages is the first that is drawn. */
const firstDrawn = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const row = document.querySelector('li[data-message]:not([data-kept]) .bubble-text');
    const [, which = '', number = ''] = /^(Lange her|Neulich|Heute) (\d+)$/.exec(row?.textContent ?? '') ?? [];
    const before = new Map([
      ['Lange her', 0],
      ['Neulich', 2_000],
      ['Heute', 2_060],
    ]);
    return (before.get(which) ?? Infinity) + Number(number);
  });

interface InView {
  readonly text: string;
  readonly top: number;
}

/** The message in the middle of the view, once there is one and nothing moves any more. */
async function inTheMiddle(page: Page): Promise<InView> {
  const look = (): Promise<InView> =>
    page.evaluate(() => {
      const box = document.querySelector('.timeline-scroll')?.getBoundingClientRect() ?? new DOMRect();
      const rows = [...document.querySelectorAll('li[data-message]')];
      const row = rows.find((one) => one.getBoundingClientRect().bottom > box.top + box.height / 2);
      const top = row?.getBoundingClientRect().top ?? 0;
      // Still to be drawn, where one has scrolled to.
      const text = top < box.bottom ? (row?.querySelector('.bubble-text')?.textContent ?? '') : '';
      return { text, top: Math.round(top) };
    });
  let before = await look();
  let same = 0;
  await expect
    .poll(
      async () => {
        const now = await look();
        same = now.text !== '' && now.text === before.text && now.top === before.top ? same + 1 : 0;
        before = now;
        return same;
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBeGreaterThan(2);
  return before;
}

test('[C8 M6] a chat opens at the first unread message with the line above it; the latest is a press away, with their number', async () => {
  const { page } = desk;
  await openChat(page, 'Intern');
  const line = page.getByText(/^[\d.]+ neue$/);
  await line.waitFor();
  await toLatest(page).click();
  await message(page, 'Neulich 60').waitFor();
  await chatRow(page, 'Intern').getByText('ungelesen').waitFor({ state: 'detached' });

  await openContact(page, 'Jonas Weber');
  await page.getByRole('tab', { name: /^Chats/ }).click();
  await peer.writes(Array.from({ length: 30 }, (_, index) => `Heute ${index + 1}`));
  await chatRow(page, 'Intern').getByText('30 ungelesene Nachrichten').waitFor({ state: 'attached' });
  await openChat(page, 'Intern');
  await page.getByText('30 neue', { exact: true }).waitFor();
  const timeline = await page.locator('.timeline-scroll').boundingBox();
  await expect
    .poll(async () => {
      const top = (await topOf(page, 'Heute 1')) - (timeline?.y ?? 0);
      return [top > 0, top < 200];
    })
    .toEqual([true, true]);
  await page.getByRole('button', { name: /^Zur neuesten Nachricht, \d+ neue$/ }).click();
  await message(page, 'Heute 30').waitFor();
  await toLatest(page).waitFor({ state: 'detached' });
});

test('[C8] scrolling back loads what is earlier without a jump, without network too, to the very first message', async () => {
  const { page } = desk;
  await goToLatest(page, 'Heute 30');
  await desk.goOffline();
  try {
    await toTheBeginning(page);
  } finally {
    await desk.goOnline();
  }
  await goToLatest(page, 'Heute 30');
});

async function toTheBeginning(page: Page): Promise<void> {
  // The wheel is quicker than the drawing; it leads nowhere but up all the same.
  const first: number[] = [];
  await wheelUntil(page, -1_500, async () => {
    const now = await firstDrawn(page);
    first.push(now);
    return now < 1_800;
  });
  expect(first).toEqual(first.toSorted((one, other) => other - one));
  await inTheMiddle(page);
  await page.getByRole('button', { name: 'Frühere Nachrichten' }).waitFor({ state: 'detached' });
  await wheelUntil(page, -20_000, async () => (await message(page, 'Lange her 1').count()) > 0);
}

test('[M6] what comes in while one reads further up moves nothing and is counted on the way to the latest', async () => {
  const { page } = desk;
  await wheel(page, -1_200);
  await toLatest(page).waitFor();
  const { text, top } = await inTheMiddle(page);
  await peer.writes(['eins dazu', 'zwei dazu', 'drei dazu']);
  await page.getByRole('button', { name: 'Zur neuesten Nachricht, 3 neue' }).waitFor();
  expect(await topOf(page, text)).toBe(top);
  await resized(page, 520);
  await inTheMiddle(page);
  expect(await topOf(page, text)).toBe(top);
  await resized(page, 800);
  expect(await inTheMiddle(page)).toEqual({ text, top });

  await toLatest(page).click();
  await toLatest(page).waitFor({ state: 'detached' });
  // A window that gets narrower makes everything higher; who was at the end is there still.
  await resized(page, 800, 390);
  await inTheMiddle(page);
  expect(await toLatest(page).count()).toBe(0);
  await resized(page, 800);
  await peer.writes(['und man bleibt am Ende']);
  await message(page, 'und man bleibt am Ende').waitFor();
  await toLatest(page).waitFor({ state: 'detached' });
});

test('[C12 C14] what was written offline and arrives late is unread until one has been there, and shows both times', async () => {
  const { page } = desk;
  const writtenMs = Date.now() - DAY_MS;
  await peer.writes(['ohne Netz geschrieben'], writtenMs);
  const above = page.getByRole('button', { name: '1 neue weiter oben' });
  await above.waitFor();
  await peer.writes(['pünktlich']);
  await message(page, 'pünktlich').waitFor();
  await chatRow(page, 'Intern').getByText('ungelesen').waitFor({ state: 'attached' });
  await above.click();
  await message(page, 'ohne Netz geschrieben')
    .getByText(/angekommen/)
    .waitFor();
  await chatRow(page, 'Intern').getByText('ungelesen').waitFor({ state: 'detached' });
  await above.waitFor({ state: 'detached' });
  await goToLatest(page, 'pünktlich');
});

test('[M4] a message is sent, delivered when the other has it, read when the other has seen it', async () => {
  const { page } = desk;
  await openContact(page, 'Jonas Weber');
  await write(page, 'Sind Sie da?');
  await untilState(page, 'Sind Sie da?', 'gesendet');
  const reader = await office.desk(jonas);
  await reader.page.goto(reader.url);
  await message(page, 'Sind Sie da?').getByText('zugestellt', { exact: true }).waitFor({ state: 'attached' });
  await openContact(reader.page, 'Anna Berger');
  await message(reader.page, 'Sind Sie da?').waitFor();
  await message(page, 'Sind Sie da?').getByText('gelesen', { exact: true }).waitFor();
  await reader.close();
});

test('[M5] an own message is edited in the composer and marked so for both; without network the change waits', async () => {
  const { page } = desk;
  const reader = await office.desk(jonas);
  await reader.page.goto(reader.url);
  await openContact(reader.page, 'Anna Berger');
  await write(page, 'Der Termin ist um neun');
  await untilState(page, 'Der Termin ist um neun', 'gesendet');
  await message(page, 'Der Termin ist um neun').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Bearbeiten' }).click();
  const editing = page.getByRole('textbox', { name: 'Nachricht bearbeiten' });
  await editing.fill('Der Termin ist um zehn');
  await editing.press('Enter');
  for (const at of [page, reader.page]) {
    await message(at, 'Der Termin ist um zehn').getByText('bearbeitet', { exact: true }).waitFor();
  }
  await desk.goOffline();
  await composer(page).press('ArrowUp');
  await editing.fill('Der Termin ist um elf');
  await editing.press('Enter');
  await message(page, 'Der Termin ist um elf').getByText('Änderung wartet auf Netz').waitFor();
  await desk.goOnline();
  await message(reader.page, 'Der Termin ist um elf').waitFor();
  await untilState(page, 'Der Termin ist um elf', 'gesendet');
  await reader.close();
});

test('[M5] an own message is deleted for everyone after one question that says what goes and for whom', async () => {
  const { page } = desk;
  const reader = await office.desk(jonas);
  await reader.page.goto(reader.url);
  await openContact(reader.page, 'Anna Berger');
  await write(page, 'Das war nicht für Sie');
  await message(reader.page, 'Das war nicht für Sie').waitFor();
  const remove = async (answer: string): Promise<void> => {
    await message(page, 'Das war nicht für Sie').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Für alle löschen' }).click();
    const question = page.getByRole('alertdialog', { name: 'Nachricht für alle löschen?' });
    await question.getByText(/„.*Das war nicht für Sie.*“ verschwindet bei Ihnen und bei Jonas Weber/).waitFor();
    await question.getByRole('button', { name: answer }).click();
    await question.waitFor({ state: 'detached' });
  };
  await remove('Behalten');
  await message(reader.page, 'Das war nicht für Sie').waitFor();
  await remove('Für alle löschen');
  for (const at of [page, reader.page]) await message(at, 'Das war nicht für Sie').waitFor({ state: 'detached' });

  // What others have already is not said to be gone while they still have it; what only waits is.
  await write(page, 'Das hat er schon');
  await message(reader.page, 'Das hat er schon').waitFor();
  await desk.goOffline();
  await write(page, 'Das wartet noch');
  for (const [text, said] of [
    ['Das wartet noch', 'Nachricht gelöscht'],
    ['Das hat er schon', 'sobald Sie wieder Netz haben'],
  ] as const) {
    await message(page, text).click({ button: 'right' });
    const item = page.getByRole('menuitem', { name: 'Für alle löschen' });
    // What is still said of the one before covers nothing of a menu that has been opened since.
    if (text === 'Das hat er schon') {
      const before = page.getByRole('status').filter({ hasText: 'Nachricht gelöscht' }).first();
      await expect.poll(async () => [await isOnTop(item), await before.isVisible()]).toEqual([true, true]);
    }
    await item.click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Für alle löschen' }).click();
    await page.getByRole('status').filter({ hasText: said }).first().waitFor();
    await message(page, text).waitFor({ state: 'detached' });
  }
  await desk.goOnline();
  await message(reader.page, 'Das hat er schon').waitFor({ state: 'detached' });
  await write(page, 'Danach');
  await message(reader.page, 'Danach').waitFor();
  expect(await message(reader.page, 'Das wartet noch').count()).toBe(0);
  await reader.close();
});

test('[M5 A2] a thumb that rests on a message opens its actions, and they stay when it is lifted, above a tall composer too', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const { page, context, url, close } = await office.desk(jonas, phone);
  await page.goto(url);
  await openContact(page, 'Anna Berger');
  await write(page, 'Mit dem Daumen');
  await untilState(page, 'Mit dem Daumen', 'gesendet');
  await composer(page).fill('Zeile\n'.repeat(20));
  const bubble = message(page, 'Mit dem Daumen').locator('.bubble');
  const form = page.locator('form.composer');
  const footOf = async (part: Locator): Promise<number> => {
    const { y = Infinity, height = 0 } = (await part.boundingBox()) ?? {};
    return y + height;
  };
  const topOfForm = async (): Promise<number> => (await form.boundingBox())?.y ?? 0;
  await expect.poll(async () => (await footOf(bubble)) <= (await topOfForm())).toBe(true);
  const { x, y } = (await bubble.boundingBox()) ?? { x: 0, y: 0 };
  const touch = await context.newCDPSession(page);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 20, y: y + 10 }] });
  await page.getByRole('menuitem', { name: 'Text kopieren' }).waitFor();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.getByRole('menuitem', { name: 'Text kopieren' }).tap();
  // What that says covers no button of the composer.
  const toast = page.getByRole('status').filter({ hasText: /kopier/i });
  await expect.poll(async () => (await footOf(toast)) <= (await topOfForm())).toBe(true);
  await close();
});

test('[A4] arrow keys walk the messages, Enter opens their actions, Escape leads back to the composer, and the focus outlives scrolling', async () => {
  const { page } = desk;
  await openChat(page, 'Intern');
  await goToLatest(page, 'pünktlich');
  const focused = (): Promise<string> => page.evaluate(() => document.querySelector('li:focus')?.textContent ?? '');
  await list(page).focus();
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toContain('pünktlich');
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toContain('und man bleibt am Ende');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Text kopieren' }).waitFor();
  expect(await page.getByRole('menuitem', { name: 'Bearbeiten' }).count()).toBe(0);
  await page.locator('[role=menu] :focus, [role=menu]:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await expect.poll(focused).toContain('und man bleibt am Ende');

  // Far away, and on from where the focus is.
  await wheelUntil(page, -1_500, async () => (await page.locator('li[data-kept]').count()) > 0);
  expect(await focused()).toContain('und man bleibt am Ende');
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toContain('drei dazu');
  await expect.poll(() => message(page, 'drei dazu').isVisible()).toBe(true);
  await page.keyboard.press('Home');
  await untilFocused(message(page, 'Lange her 1'));
  await page.keyboard.press('Escape');
  await untilFocused(composer(page));
});

test('[A4] Escape leads back to the message too when its actions have only just been asked for', async () => {
  const { page } = desk;
  await goToLatest(page, 'pünktlich');
  for (const moment of ['at once', 'in the next turn', 'in the next frame'] as const) {
    await list(page).focus();
    await page.keyboard.press('ArrowUp');
    const focused = await page.evaluate(async (when) => {
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      const press = (key: string): unknown =>
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      press('Enter');
      if (when === 'in the next turn') await new Promise((resolve) => setTimeout(resolve));
      if (when === 'in the next frame') await frame();
      press('Escape');
      // Whatever is still to happen has happened.
      for (let frames = 0; frames < 3; frames += 1) await frame();
      return document.activeElement?.closest('li')?.textContent ?? document.activeElement?.tagName;
    }, moment);
    expect([moment, focused]).toEqual([moment, expect.stringContaining('pünktlich')]);
    expect(await page.getByRole('menu').count()).toBe(0);
  }
});

test('[M6 C12] when forty come in at once at the end, the newest is in view, all are read, and who scrolls back finds each in its place', async () => {
  const { page } = desk;
  await openChat(page, 'Intern');
  await goToLatest(page, 'pünktlich');
  const texts = Array.from({ length: 40 }, (_, index) => `Schwall ${index + 1}`);
  for (const text of texts) await peer.writes([text]);
  await message(page, 'Schwall 40').waitFor();
  await chatRow(page, 'Intern').getByText('ungelesen').waitFor({ state: 'detached' });
  await toLatest(page).waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: /neue weiter oben$/ }).count()).toBe(0);
  const found: string[] = [];
  await wheelUntil(page, -100, async () => {
    const shown = (await textsOf(page)).filter((text) => text.startsWith('Schwall'));
    found.unshift(...shown.filter((text) => !found.includes(text)));
    return shown.includes('Schwall 1');
  });
  expect(found).toEqual(texts);
});

/** How far the view is from the end when nothing moves any more, px. */
async function fromEnd(page: Page): Promise<number> {
  await inTheMiddle(page);
  return page
    .locator('.timeline-scroll')
    .evaluate((box) => Math.round(box.scrollHeight - box.clientHeight - box.scrollTop));
}

test('[M6] who writes is at the end of the chat with each message in view, from further up too', async () => {
  const { page } = desk;
  for (const text of ['von mir', 'noch eins von mir']) {
    await write(page, text);
    expect(await fromEnd(page)).toBe(0);
  }
  await wheel(page, -1_200);
  await toLatest(page).waitFor();
  await write(page, 'von oben aus');
  expect(await fromEnd(page)).toBe(0);
  expect(await toLatest(page).count()).toBe(0);
});
