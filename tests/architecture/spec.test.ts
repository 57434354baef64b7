import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, sourceFiles } from './source-files.ts';

const SPEC = join(ROOT, 'crdt/docs/SPEC.md');

/** `- **GA4** A gap ...`, with or without brackets around the number. */
const rules = existsSync(SPEC)
  ? [...readFileSync(SPEC, 'utf8').matchAll(/^\s*(?:[-*] )?\*\*\[?([A-Z]{2}\d+)\]?\*\*/gm)].map(([, rule = '']) => rule)
  : [];

/** `[GA4]`, `[GA4 WR2]` or `[GA4, WR2]` in a test; end-to-end tests and the app's cite rows of the features instead. */
const citations = sourceFiles
  .filter((file) => file.isTest && !/^(app|tests\/e2e|tests\/architecture)\//.test(file.path))
  .flatMap((file) =>
    [...file.text.matchAll(/\[([A-Z]{2}\d+(?:[, ]+[A-Z]{2}\d+)*)\]/g)].map(([, list = '']) => ({
      path: file.path,
      list,
    })),
  )
  .flatMap(({ path, list }) => list.split(/[, ]+/).map((rule) => ({ path, rule })));

test('the specification has rules, and each number names one', () => {
  expect(rules.length).toBeGreaterThan(50);
  expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([]);
});

test('every rule is cited by a test', () => {
  const cited = new Set(citations.map(({ rule }) => rule));
  expect(rules.filter((rule) => !cited.has(rule))).toEqual([]);
});

test('every rule that a test cites exists', () => {
  const known = new Set(rules);
  expect(citations.filter(({ rule }) => !known.has(rule)).map(({ path, rule }) => `${path}: ${rule}`)).toEqual([]);
});
