import { expect, test } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { plural } from './plural.ts';

const leaves = (value: unknown, path = ''): [string, unknown][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`))
    : [[path, value]];

test('[A3] German and English have the same texts, and none is empty', () => {
  expect(leaves(en).map(([path]) => path)).toEqual(leaves(de).map(([path]) => path));
  for (const [path, text] of [...leaves(de), ...leaves(en)]) {
    if (typeof text === 'string') expect(text.trim(), path).not.toBe('');
  }
});

test('[A3] numbers choose the form of the sentence and are written by locale', () => {
  expect(plural('de')(1, { one: '# Brief', other: '# Briefe' })).toBe('1 Brief');
  expect(plural('de')(1200, { one: '# Brief', other: '# Briefe' })).toBe('1.200 Briefe');
  expect(plural('en')(0, { one: '# letter', other: '# letters' })).toBe('0 letters');
});
