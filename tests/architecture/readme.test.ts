import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { ROOT } from './source-files.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const { scripts } = v.parse(v.object({ scripts: v.record(v.string(), v.string()) }), JSON.parse(read('package.json')));
const readme = read('README.md');

test('every npm script that the README names exists', () => {
  const named = [...readme.matchAll(/npm run ([a-z-]+)/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('every bench and proof that the README names exists', () => {
  const folders: Readonly<Record<string, string>> = { bench: 'tests/bench', prove: 'tests/proofs' };
  const named = [...readme.matchAll(/npm run (bench|prove) -- ([a-z-]+)/g)];
  expect(named.length).toBeGreaterThan(0);
  const missing = named.filter(
    ([, verb = '', name = '']) => !existsSync(join(ROOT, folders[verb] ?? '', `${name}.ts`)),
  );
  expect(missing.map(([command]) => command)).toEqual([]);
});

test('every setting that the README names is read by the server, and the other way round', () => {
  const table = [...readme.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name = '']) => name);
  const parsed = [...read('sync-server/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): v\./gm)].map(([, name = '']) => name);
  expect(parsed.length).toBeGreaterThan(0);
  expect(table.toSorted()).toEqual(parsed.toSorted());
});

test('every folder that the README shows exists', () => {
  const folders = [...readme.matchAll(/^ {4}([a-z-]+\/(?:[a-z-]+\/)*)/gm)].map(([, folder = '']) => folder);
  expect(folders.length).toBeGreaterThan(3);
  expect(folders.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([]);
});
