import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { HUES } from './hue.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const HUE_NAMES = Array.from({ length: HUES }, (_, at) => `hue-${at + 1}`);

/** What stands on what. */
const TEXT: Readonly<Record<string, readonly string[]>> = {
  text: [
    'ground',
    'surface',
    'raised',
    'sunken',
    'hover',
    'chosen',
    'bubble',
    'own',
    'warning-ground',
    'danger-ground',
  ],
  'text-quiet': ['ground', 'surface', 'raised', 'sunken', 'hover', 'chosen', 'bubble', 'own', 'danger-ground'],
  accent: ['ground', 'surface', 'raised', 'hover', 'bubble'],
  'accent-strong': ['surface', 'chosen', 'bubble'],
  'on-accent': ['accent', 'accent-strong'],
  link: ['ground', 'surface', 'raised', 'bubble', 'own', 'danger-ground'],
  'on-alert': ['alert'],
  'on-badge-quiet': ['badge-quiet'],
  danger: ['ground', 'surface', 'raised', 'hover', 'own', 'danger-ground'],
  warning: ['ground', 'surface', 'warning-ground', 'own'],
  'on-tooltip': ['tooltip'],
  ...Object.fromEntries(HUE_NAMES.map((hue) => [`on-${hue}`, [hue, 'bubble']])),
};
/** Borders of what one can press, shapes of states. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  'line-strong': ['ground', 'surface', 'raised', 'line'],
  accent: ['ground', 'surface', 'raised', 'sunken', 'chosen', 'own', 'bubble'],
  presence: ['surface', 'chosen', 'hover'],
  warning: ['surface', 'chosen', 'hover'],
};

test.each(['light', 'dark'] as const)(
  '[A4] in the %s theme text has a contrast of 4.5 to 1, signs and borders of 3 to 1',
  (theme) => {
    const colour = (name: string): string => tokens.get(name)?.[theme] ?? '';
    const tooWeak = (pairs: typeof TEXT, least: number): string[] =>
      Object.entries(pairs)
        .flatMap(([front, grounds]) =>
          grounds.map((ground) => ({ front, ground, ratio: contrast(colour(front), colour(ground)) })),
        )
        // Not a number: one of the two is no token.
        .filter(({ ratio }) => !(ratio >= least))
        .map(({ front, ground, ratio }) => `${front} on ${ground}: ${ratio.toFixed(2)}`);
    expect(tooWeak(TEXT, 4.5)).toEqual([]);
    expect(tooWeak(SIGNS, 3)).toEqual([]);
  },
);

test('[A4] styles name no colour but by a token', () => {
  const folder = new URL('..', import.meta.url);
  const strays = globSync('**/*.css', { cwd: fileURLToPath(folder) })
    .filter((path) => !path.endsWith('ui/tokens.css'))
    .filter((path) => /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/i.test(readFileSync(new URL(path, folder), 'utf8')));
  expect(strays).toEqual([]);
});

test('the bars of a phone and the first moment of an installed app have the colour of the top of the page', () => {
  const page = readFileSync(new URL('../index.html', import.meta.url), 'utf8');
  const bars = [...page.matchAll(/<meta name="theme-color" content="(#[0-9a-f]{6})"[^>]* data-scheme="(\w+)"/g)];
  expect(Object.fromEntries(bars.map(([, colour, scheme]) => [scheme, colour]))).toEqual(tokens.get('surface'));
  const manifest = readFileSync(new URL('../../public/manifest.webmanifest', import.meta.url), 'utf8');
  expect(/"background_color": "(#[0-9a-f]{6})"/.exec(manifest)?.[1]).toBe(tokens.get('surface')?.light);
});
