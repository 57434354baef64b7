/**
 * Pictures of every screen, to be looked at: both themes, both languages, narrow and wide, from the demo installation into screens/.
 * `npm run screens` after `npm run build`; `npm run screens -- chats emoji` takes only those whose names begin so.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../support/chromium.ts';
import { picturesPage } from './screens/pictures-page.ts';
import { walkScreens } from './screens/walk.ts';

const FOLDER = process.env['SCREENS_DIR'] ?? fileURLToPath(new URL('../../screens/', import.meta.url));

const names = process.argv.slice(2);
const missed: string[] = [];

await mkdir(FOLDER, { recursive: true });
const startedMs = performance.now();
const browser = await launchChromium();
try {
  await walkScreens({
    browser,
    languages: ['de', 'en'],
    wanted: (name) => names.length === 0 || names.some((begin) => name.startsWith(begin)),
    async look({ name, language, size, theme, desk }) {
      await desk.page.screenshot({ path: `${FOLDER}/${name}-${size}-${language}-${theme}.png` });
    },
    async onMissed(name, language, cause, desk) {
      missed.push(`${name} (${language}): ${String(cause).slice(0, 400)}`);
      await desk?.page.screenshot({ path: `${FOLDER}/missed-${name}-${language}.png` });
    },
  });
} finally {
  await browser.close();
}
await writeFile(`${FOLDER}/index.html`, await picturesPage(FOLDER));
const tookS = Math.round((performance.now() - startedMs) / 1000);
console.log(`The pictures are in ${FOLDER}, all on index.html; it took ${tookS} s.`);
if (missed.length > 0) {
  console.error(`Missed:\n${missed.join('\n')}`);
  process.exitCode = 1;
}
