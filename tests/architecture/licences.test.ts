import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { ROOT } from './source-files.ts';

const FREE = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];

/** Only tools have these, and nothing of them is delivered to anybody. */
const FREE_FOR_TOOLS = ['BlueOak-1.0.0', '(MIT OR CC0-1.0)', 'Python-2.0'];

/** Tools that come with the bundler and with Babel, and the accessibility checker; nothing of them is delivered either. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  lightningcss: 'MPL-2.0',
  'axe-core': 'MPL-2.0',
  'caniuse-lite': 'CC-BY-4.0',
};

const Lockfile = v.object({
  packages: v.record(
    v.string(),
    v.object({
      license: v.optional(v.string()),
      dev: v.optional(v.boolean(), false),
      devOptional: v.optional(v.boolean(), false),
    }),
  ),
});

const { packages } = v.parse(Lockfile, JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
const installed = Object.entries(packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//, ''), ...entry }));

const isException = (name: string, license: string): boolean =>
  Object.entries(EXCEPTIONS).some(([tool, its]) => its === license && (name === tool || name.startsWith(`${tool}-`)));

test('every dependency has a licence of the list', () => {
  expect(installed.length).toBeGreaterThan(100);
  const breaches = installed.filter(({ name, license = 'none', dev, devOptional }) => {
    if (FREE.includes(license) || isException(name, license)) return false;
    return !((dev || devOptional) && FREE_FOR_TOOLS.includes(license));
  });
  expect(breaches.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});
