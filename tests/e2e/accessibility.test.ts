/** What must hold on every screen, wherever it is listed in tests/pictures/screens/entries.ts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright';
import { walkScreens } from '../pictures/screens/walk.ts';
import { launchChromium } from '../support/chromium.ts';
import { axeViolations } from './axe.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test('[A2 A4] axe finds nothing and nothing runs out of the window, on every screen, in both themes, narrow and wide', async () => {
  const found = new Map<string, string[]>();
  const looked = new Set<string>();
  await walkScreens({
    browser,
    languages: ['de'],
    async look({ name, size, theme, desk }) {
      looked.add(name);
      // The other theme differs in its colours alone.
      const problems = [...(await axeViolations(desk.page, theme === 'light' ? 'everything' : 'colours'))];
      const overflow = await desk.page.evaluate(() => {
        const page = document.scrollingElement ?? document.documentElement;
        return page.scrollWidth - page.clientWidth;
      });
      if (overflow > 0) problems.push(`${overflow} px wider than the window`);
      for (const problem of problems) found.set(problem, [...(found.get(problem) ?? []), `${name}/${size}/${theme}`]);
    },
    onMissed(name, _language, cause) {
      found.set(String(cause).slice(0, 300), [name]);
    },
  });
  expect([...found].map(([problem, where]) => `${problem}\n  on ${where.join(', ')}`)).toEqual([]);
  expect(looked.size).toBeGreaterThan(40);
}, 600_000);
