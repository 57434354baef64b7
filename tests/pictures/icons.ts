/** Draws the app's icons from one drawing: `node tests/pictures/icons.ts`. Run it when the drawing changes, and commit the pictures. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../support/chromium.ts';

const GREEN = '#0b6b5e';

/** Launchers cut maskable icons to a circle of 80 %, so their ground fills the square and the sign is smaller. */
const ICONS = [
  { file: 'icon-180.png', sizePx: 180, radius: 0, ground: GREEN, sign: '#fff', scale: 1 },
  { file: 'icon-192.png', sizePx: 192, radius: 10, ground: GREEN, sign: '#fff', scale: 1 },
  { file: 'icon-512.png', sizePx: 512, radius: 10, ground: GREEN, sign: '#fff', scale: 1 },
  { file: 'maskable-192.png', sizePx: 192, radius: 0, ground: GREEN, sign: '#fff', scale: 0.8 },
  { file: 'maskable-512.png', sizePx: 512, radius: 0, ground: GREEN, sign: '#fff', scale: 0.8 },
  { file: 'monochrome-192.png', sizePx: 192, radius: 0, ground: 'none', sign: '#000', scale: 1 },
] as const;

const drawing = ({ sizePx, radius, ground, sign, scale }: (typeof ICONS)[number]): string => `
<style>html, body { margin: 0; background: transparent }</style>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="${sizePx}" height="${sizePx}" style="display: block">
  <rect width="48" height="48" rx="${radius}" fill="${ground}" />
  <g transform="translate(24 24) scale(${scale}) translate(-24 -24)"
     fill="none" stroke="${sign}" stroke-width="3.6" stroke-linecap="round" stroke-linejoin="round">
    <path d="M12 25 24 14l12 11v11H12Z" />
    <path d="M20 30.5a6 6 0 0 1 8 0M24 36v-.2" />
  </g>
</svg>`;

const folder = fileURLToPath(new URL('../../public/icons/', import.meta.url));
await mkdir(folder, { recursive: true });
const browser = await launchChromium();
try {
  const page = await browser.newPage();
  for (const icon of ICONS) {
    await page.setViewportSize({ width: icon.sizePx, height: icon.sizePx });
    await page.setContent(drawing(icon));
    await page.screenshot({ path: `${folder}${icon.file}`, omitBackground: true });
  }
} finally {
  await browser.close();
}
