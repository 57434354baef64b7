/** The design system by itself, in Chromium: keys, focus, and texts that try to break the layout. */
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openGallery, type ServedGallery } from '../pictures/gallery.ts';
import { HOSTILE_TEXTS } from '../pictures/hostile-texts.ts';
import { launchChromium } from '../support/chromium.ts';
import { axeViolations } from './axe.ts';

let gallery: ServedGallery;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  gallery = await openGallery();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await gallery.close();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 900, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(gallery.url);
  await page.getByRole('heading', { name: 'Hostile texts' }).waitFor();
});
afterEach(() => page.close());

const focused = (name: string, role: 'button' | 'menuitem' | 'menuitemcheckbox' | 'tab') =>
  page.getByRole(role, { name, exact: true }).and(page.locator(':focus'));

describe('menus', () => {
  test('[A4] a menu opens by Enter on its first item, arrows walk it past what is disabled, Escape brings the focus back', async () => {
    await page.getByRole('button', { name: 'More' }).press('Enter');
    await focused('Edit E', 'menuitem').waitFor();
    await page.keyboard.press('ArrowDown');
    await focused('Mute', 'menuitemcheckbox').waitFor();
    await page.keyboard.press('ArrowDown');
    await focused('Delete for everybody', 'menuitem').waitFor();
    await page.keyboard.press('Escape');
    await focused('More', 'button').waitFor();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  });

  test('[A4] what a menu item opens gives the focus back to where the menu was opened', async () => {
    await page.getByRole('button', { name: 'More' }).press('Enter');
    await focused('Edit E', 'menuitem').waitFor();
    await page.keyboard.press('End');
    await focused('Delete for everybody', 'menuitem').waitFor();
    await page.keyboard.press('Enter');
    // The answer that changes nothing has the focus.
    await focused('Keep', 'button').waitFor();
    await page.keyboard.press('Escape');
    await focused('More', 'button').waitFor();
    await page.getByText('Chosen: kept').waitFor();
  });

  test('a menu closes by its button and by a click elsewhere, and is of the rules when it is open', async () => {
    const button = page.getByRole('button', { name: 'More' });
    const menu = page.getByRole('menu', { name: 'More' });
    await button.click();
    await menu.waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await button.click();
    await menu.waitFor({ state: 'detached' });
    await button.click();
    await menu.waitFor();
    await page.getByText('Chosen: nothing').click();
    await menu.waitFor({ state: 'detached' });
  });

  test('a menu opens at the mouse and chooses by click', async () => {
    await page.getByText('Right click here').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Choose here' }).click();
    await page.getByText('Chosen: here').waitFor();
  });
});

describe('what lies over the page', () => {
  test('[A4] a dialog keeps the focus and hides the rest from screen readers until Escape closes it', async () => {
    await page.getByRole('button', { name: 'Open dialog' }).click();
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await focused('Close', 'button').waitFor();
    expect(await page.getByRole('button', { name: 'Ask' }).count()).toBe(0);
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press('Tab');
      expect(await page.locator('[role=dialog] :focus').count()).toBe(1);
    }
    await page.keyboard.press('Escape');
    await focused('Open dialog', 'button').waitFor();
  });

  test('[A2] what could not be fetched when it was asked for comes as soon as it can be', async () => {
    let asked = 0;
    await page.route(/QuestionPanel/, (route) => {
      asked += 1;
      return asked === 1 ? route.abort() : route.continue();
    });
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByRole('alertdialog').waitFor();
    expect(asked).toBeGreaterThan(1);
  });

  test('[A4] a toast is a status, offers the way back, and a newer one of its kind takes its place', async () => {
    const pin = page.getByRole('button', { name: 'Pin', exact: true });
    await pin.click();
    await page.getByRole('status').filter({ hasText: 'Chat pinned' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await pin.click();
    await expect.poll(() => page.getByText('Chat pinned').count()).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Chosen: undone').waitFor();
  });

  test('[A4] a tooltip comes with the focus of the keyboard, stays under the mouse and goes with Escape', async () => {
    const tooltip = page.locator('.tooltip');
    await page.getByRole('button', { name: 'Pinned' }).focus();
    await page.keyboard.press('Tab');
    await page.getByText('Search · Ctrl+F').waitFor();
    await page.keyboard.press('Escape');
    await tooltip.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Send' }).hover();
    await page.locator('.tooltip', { hasText: 'Send' }).hover();
    await page.locator('.tooltip', { hasText: 'Send' }).waitFor();
  });

  test('[A4] tabs are one stop of the Tab key and change by arrow', async () => {
    await page.getByRole('tab', { name: /^Chats/ }).focus();
    await page.keyboard.press('ArrowRight');
    await focused('All contacts', 'tab').waitFor();
    await page.getByRole('tab', { name: 'All contacts', selected: true }).waitFor();
  });
});

describe('hostile texts', () => {
  test.each([390, 1280])('[A2] any text stays within its bubble, its row and its column, %i px wide', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(() => {
      const column = document.querySelector('.sheet-column')?.getBoundingClientRect();
      const wider = [...document.querySelectorAll('.bubble, .list-row')].filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return column === undefined || left < column.left || right > column.right + 0.5;
      });
      const tall = [...document.querySelectorAll('.list-row')].filter(
        (row) => row.getBoundingClientRect().height !== 64,
      );
      const sheet = document.querySelector('.sheet');
      return {
        wider: wider.map((element) => element.textContent.slice(0, 20)),
        tall: tall.length,
        scrolls: sheet === null || sheet.scrollWidth > sheet.clientWidth,
        rows: document.querySelectorAll('.list-row').length,
        bubbles: document.querySelectorAll('[data-hostile] .bubble').length,
      };
    });
    const kinds = Object.keys(HOSTILE_TEXTS).length;
    expect(over).toEqual({ wider: [], tall: 0, scrolls: false, rows: kinds + 2, bubbles: kinds });
  });

  test('marks that are piled on a letter leave no trace outside their bubble', async () => {
    const marks = page.locator('[data-hostile=marks]');
    await marks.scrollIntoViewIfNeeded();
    const box = await marks.boundingBox();
    const bubble = await marks.locator('.bubble').boundingBox();
    if (box === null || bubble === null) throw new Error('the bubble is not drawn');
    // To the right of the bubble there is nothing of it: the ground alone, in one colour.
    const clip = { x: bubble.x + bubble.width + 2, y: box.y, width: 24, height: box.height };
    const withMarks = await page.screenshot({ clip });
    await marks.locator('.bubble').evaluate((element) => {
      element.style.visibility = 'hidden';
    });
    expect(withMarks.equals(await page.screenshot({ clip }))).toBe(true);
    // And above it: half of the gap to its neighbour.
    const above = { x: bubble.x, y: bubble.y - 5, width: bubble.width, height: 4 };
    const ground = await page.screenshot({ clip: above });
    await marks.locator('.bubble').evaluate((element) => {
      element.style.visibility = 'visible';
    });
    expect(ground.equals(await page.screenshot({ clip: above }))).toBe(true);
  });

  test('markup is text, and direction ends where the text ends', async () => {
    expect(await page.evaluate(() => 'broken' in globalThis)).toBe(false);
    await page.getByText(HOSTILE_TEXTS.markup, { exact: true }).first().waitFor();
    const row = page.locator('.list-row', { hasText: 'drehe um' });
    const title = await row.locator('.list-row-title').boundingBox();
    const time = await row.locator('.list-row-time').boundingBox();
    // Overrides that are never closed don't turn the row around: the time stays at its end.
    expect((time?.x ?? 0) > (title?.x ?? Infinity)).toBe(true);
    expect(await row.locator('.list-row-time').innerText()).toBe('09:12');
  });
});

test.each(['light', 'dark'] as const)('[A4] axe finds nothing in the %s theme', async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  expect(await axeViolations(page)).toEqual([]);
});
