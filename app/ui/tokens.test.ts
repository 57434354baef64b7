import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

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

/** What stands on what. */
const TEXT: Readonly<Record<string, readonly string[]>> = {
  text: ['ground', 'surface', 'raised', 'own', 'chosen', 'hover', 'warning-ground', 'danger-ground'],
  'text-quiet': ['ground', 'surface', 'own', 'chosen', 'hover'],
  accent: ['ground', 'surface', 'own'],
  'accent-strong': ['surface', 'chosen'],
  'on-accent': ['accent', 'accent-strong'],
  danger: ['ground', 'surface', 'own', 'danger-ground'],
  warning: ['surface', 'warning-ground'],
};
const SIGNS: Readonly<Record<string, readonly string[]>> = { 'line-strong': ['ground', 'surface'] };

test.each(['light', 'dark'] as const)(
  '[A4] in the %s theme text has a contrast of 4.5 to 1, signs and borders of 3 to 1',
  (theme) => {
    const colour = (name: string): string => tokens.get(name)?.[theme] ?? '';
    const weakest = (pairs: typeof TEXT): number =>
      Math.min(
        ...Object.entries(pairs).flatMap(([front, grounds]) =>
          grounds.map((ground) => contrast(colour(front), colour(ground))),
        ),
      );
    expect(weakest(TEXT)).toBeGreaterThanOrEqual(4.5);
    expect(weakest(SIGNS)).toBeGreaterThanOrEqual(3);
  },
);
