import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { isRelative, ROOT, sourceFiles } from './source-files.ts';

const paths = sourceFiles.map(({ path }) => path);

test('the scan found the project', () => {
  expect(sourceFiles.length, ROOT).toBeGreaterThan(50);
});

test('relative imports name the file, with its extension', () => {
  const breaches = sourceFiles.flatMap((file) =>
    file.imports
      .filter(isRelative)
      .filter(({ specifier }) => !/\.(ts|tsx|mjs|css|json|svg)(\?\w+)?$/.test(specifier))
      .map(({ specifier }) => `${file.path} -> ${specifier}`),
  );
  expect(breaches).toEqual([]);
});

test('no file has a default export', () => {
  expect(sourceFiles.filter((file) => file.hasDefaultExport).map(({ path }) => path)).toEqual([]);
});

test('there are no barrels', () => {
  expect(paths.filter((path) => basename(path).startsWith('index.'))).toEqual([]);
});

test('names say the domain, not the pattern', () => {
  const empty = /(^|[-/.])(utils?|helpers?|managers?|common|misc|shared|base)([-/.]|$)/i;
  expect(paths.filter((path) => empty.test(path))).toEqual([]);
});

test('files are kebab-case, components PascalCase', () => {
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|mjs)$/;
  const component = /^([A-Z][A-Za-z0-9]*(\.test)?|main)\.tsx$/;
  const folder = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  const breaches = paths.filter((path) => {
    const parts = path.split('/');
    const file = parts.pop() ?? '';
    return !(kebab.test(file) || component.test(file)) || !parts.every((part) => folder.test(part));
  });
  expect(breaches).toEqual([]);
});

test('nine of ten files have fewer than 400 lines', () => {
  const lengths = sourceFiles.map(({ text }) => text.split('\n').length).toSorted((one, other) => one - other);
  expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThan(400);
});
