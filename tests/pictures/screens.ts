/**
 * Pictures of every screen, to be looked at: both themes, both languages, narrow and wide, from the demo installation into screens/.
 * `npm run screens` after `npm run build`; `npm run screens -- chats emoji` takes only those whose names begin so.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { de } from '../../app/i18n/de.ts';
import { en } from '../../app/i18n/en.ts';
import type { Desk } from '../e2e/office.ts';
import { launchChromium } from '../support/chromium.ts';
import type { NodeDevice } from '../support/replica-client.ts';
import { openDemo, type Demo } from './screens/demo.ts';
import { ENTRIES } from './screens/entries.ts';
import { picturesPage } from './screens/pictures-page.ts';
import type { Scene } from './screens/scene.ts';
import { showSmallOffice } from './screens/small-office.ts';

const FOLDER = process.env['SCREENS_DIR'] ?? fileURLToPath(new URL('../../screens/', import.meta.url));
const SIZES = { narrow: { width: 390, height: 844 }, wide: { width: 1280, height: 800 } } as const;
const LANGUAGES = { de: { locale: 'de-DE', texts: de }, en: { locale: 'en-GB', texts: en } } as const;
const THEMES = ['light', 'dark'] as const;
/** For the server to have what was said; far more than it takes. */
const SENT_WITHIN_MS = 10_000;

const names = process.argv.slice(2);
const wanted = (name: string): boolean => names.length === 0 || names.some((begin) => name.startsWith(begin));
const missed: string[] = [];

/** A frame for the new size to be laid out in, and one for what follows from it. */
const settle = ({ page }: Desk): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );

async function takeAll(name: string, language: string, desk: Desk): Promise<void> {
  if (!wanted(name)) return;
  for (const [size, viewport] of Object.entries(SIZES)) {
    await desk.page.setViewportSize(viewport);
    for (const colorScheme of THEMES) {
      await desk.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settle(desk);
      await desk.page.screenshot({ path: `${FOLDER}/${name}-${size}-${language}-${colorScheme}.png` });
    }
  }
}

async function takeDemo(
  language: keyof typeof LANGUAGES,
  browser: Browser,
  demo: Demo,
  devices: Devices,
): Promise<void> {
  const { locale, texts } = LANGUAGES[language];
  const desks = {
    administrator: await demo.desk(browser, locale, demo.people[0]),
    nobody: await demo.desk(browser, locale),
  };
  for (const entry of ENTRIES.filter(({ name }) => wanted(name))) {
    const desk = desks[entry.who ?? 'administrator'];
    const scene: Scene = {
      desk,
      page: desk.page,
      t: texts,
      language,
      demo,
      async say(place, text, chat = demo.chatWith(place)) {
        const device = await devices(place);
        await device.append(chat, { kind: 'message', text });
        await device.allSent(SENT_WITHIN_MS);
      },
    };
    try {
      await desk.page.setViewportSize(SIZES.wide);
      await desk.page.goto(desk.url + (typeof entry.path === 'string' ? entry.path : await entry.path(scene)));
      await entry.show?.(scene);
      await takeAll(entry.name, language, desk);
    } catch (cause) {
      missed.push(`${entry.name} (${language}): ${String(cause).slice(0, 400)}`);
      await desk.page.screenshot({ path: `${FOLDER}/missed-${entry.name}-${language}.png` });
    }
    await entry
      .after?.(scene)
      .catch((cause: unknown) => missed.push(`after ${entry.name}: ${String(cause).slice(0, 200)}`));
  }
  for (const desk of Object.values(desks)) await desk.close();
}

type Devices = (place: number) => Promise<NodeDevice>;

/** One device for each person. */
function openDevices(demo: Demo): Devices {
  const open = new Map<number, Promise<NodeDevice>>();
  return (place) => {
    const device = open.get(place) ?? demo.device(place);
    open.set(place, device);
    return device;
  };
}

await mkdir(FOLDER, { recursive: true });
const startedMs = performance.now();
const browser = await launchChromium();
try {
  if (ENTRIES.some(({ name }) => wanted(name))) {
    const demo = await openDemo();
    const devices = openDevices(demo);
    try {
      for (const language of ['de', 'en'] as const) await takeDemo(language, browser, demo, devices);
    } finally {
      await demo.close();
    }
  }
  for (const language of ['de', 'en'] as const) {
    await showSmallOffice(LANGUAGES[language].locale, wanted, (name, desk) => takeAll(name, language, desk)).catch(
      (cause: unknown) => missed.push(`small office (${language}): ${String(cause).slice(0, 400)}`),
    );
  }
} finally {
  await browser.close();
}
await writeFile(`${FOLDER}/index.html`, await picturesPage(FOLDER));
console.log(
  `The pictures are in ${FOLDER}, all on index.html; it took ${Math.round((performance.now() - startedMs) / 1000)} s.`,
);
if (missed.length > 0) {
  console.error(`Missed:\n${missed.join('\n')}`);
  process.exitCode = 1;
}
