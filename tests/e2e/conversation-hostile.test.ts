import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../crdt/model/log/limits.ts';
import { HOSTILE_TEXTS } from '../pictures/hostile-texts.ts';
import type { SignedInPerson } from '../support/installation.ts';
import { colleague } from './colleague.ts';
import { openOffice, type Office } from './office.ts';
import { openChat } from './screen.ts';

let office: Office;
let anna: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  const jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  const peer = await colleague(office, jonas);
  for (const text of Object.values(HOSTILE_TEXTS)) {
    await peer.writes(['davor', text.slice(0, LIMITS.textLength), 'danach']);
  }
  peer.leave();
});

afterAll(() => office.close());

test.each([
  [1280, 800],
  [390, 844],
])('[M1] no text, whatever it is made of, leaves its place or moves another: %d px wide', async (width, height) => {
  const desk = await office.desk(anna, { viewport: { width, height } });
  const { page } = desk;
  await page.goto(desk.url);
  await openChat(page, 'Intern');
  await page.getByRole('list', { name: 'Nachrichten' }).focus();
  await page.keyboard.press('Home');
  const seen = new Set<string>();
  const count = Object.keys(HOSTILE_TEXTS).length * 3;
  for (let steps = 0; steps < 4 * count && seen.size < count; steps += 1) {
    const rows = await page.evaluate(() => {
      const box = document.querySelector('.timeline-scroll')?.getBoundingClientRect();
      return [...document.querySelectorAll<HTMLElement>('li[data-message]')].map((row) => {
        const bubble = row.querySelector('.bubble')?.getBoundingClientRect();
        const { top, bottom } = row.getBoundingClientRect();
        return {
          id: row.dataset['message'] ?? '',
          top,
          bottom,
          inside:
            bubble !== undefined &&
            box !== undefined &&
            bubble.left >= box.left &&
            bubble.right <= box.right &&
            bubble.top >= top - 1 &&
            bubble.bottom <= bottom + 1,
        };
      });
    });
    for (const [index, row] of rows.entries()) {
      seen.add(row.id);
      expect(row.inside).toBe(true);
      const next = rows[index + 1];
      if (next !== undefined) expect(next.top).toBeGreaterThanOrEqual(row.bottom - 1);
    }
    await page.keyboard.press('ArrowDown');
  }
  expect(seen.size).toBe(count);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await page.evaluate(() => 'broken' in globalThis)).toBe(false);
  await desk.close();
});
