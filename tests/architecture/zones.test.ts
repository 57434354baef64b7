import { describe, expect, test } from 'vitest';
import { filesUnder, isRelative, packageOf, type SourceFile } from './source-files.ts';

interface Zone {
  readonly folder: string;
  /** Folders that its product code may import from. */
  readonly from: readonly string[];
  /** Packages that its product code may import. */
  readonly packages: readonly string[];
}

const ZONES: readonly Zone[] = [
  { folder: 'crdt/model', from: ['crdt/model'], packages: ['yjs', 'lib0', 'valibot', 'minisearch'] },
  {
    folder: 'crdt/replica',
    from: ['crdt/model', 'crdt/replica'],
    packages: ['yjs', 'lib0', 'valibot', 'idb', 'y-protocols', '@hocuspocus/provider'],
  },
  {
    folder: 'sync-server',
    from: ['crdt/model', 'sync-server'],
    packages: [
      'yjs',
      'lib0',
      'valibot',
      'y-protocols',
      '@hocuspocus/server',
      'hono',
      '@hono/node-server',
      'crossws',
      'better-auth',
      'kysely',
      'prom-client',
      'jpeg-js',
      // The page is built at the first start.
      'vite',
    ],
  },
  {
    folder: 'app',
    from: ['app', 'crdt/model', 'crdt/replica'],
    packages: [
      'solid-js',
      '@solidjs/router',
      'valibot',
      '@kobalte/core',
      'lucide',
      'virtua',
      'minisearch',
      'emoji-picker-element',
      'emoji-picker-element-data',
      'image-size',
    ],
  },
  {
    folder: 'sw',
    from: ['sw', 'crdt/model', 'crdt/replica'],
    packages: ['workbox-precaching', 'workbox-routing'],
  },
];

/** What tests may import besides, wherever they stand. */
const TEST_PACKAGES = [
  'vitest',
  'fast-check',
  'fake-indexeddb',
  'playwright',
  'ws',
  'yjs',
  'lib0',
  '@hocuspocus/provider',
  'y-indexeddb',
  'axe-core',
  'puppeteer-core',
];

const product = (folder: string): readonly SourceFile[] => filesUnder(folder).filter((file) => !file.isTest);

/** `file -> target` of every import that `allowed` does not allow. */
const breaches = (files: readonly SourceFile[], allowed: (target: string, file: SourceFile) => boolean): string[] =>
  files.flatMap((file) =>
    file.imports.filter(({ target }) => !allowed(target, file)).map(({ target }) => `${file.path} -> ${target}`),
  );

const within = (target: string, folders: readonly string[]): boolean =>
  folders.some((folder) => target.startsWith(`${folder}/`));

describe.each(ZONES)('$folder', ({ folder, from, packages }) => {
  const onlyServer = folder === 'sync-server';

  test('imports from its own folders alone', () => {
    const relative = filesUnder(folder).map((file) => ({ ...file, imports: file.imports.filter(isRelative) }));
    const tests = ['tests/support', 'crdt/model'];
    expect(breaches(relative, (target, file) => within(target, file.isTest ? [...from, ...tests] : from))).toEqual([]);
  });

  test('imports the packages of its list alone', () => {
    const external = filesUnder(folder).map((file) => ({
      ...file,
      imports: file.imports.filter((one) => !isRelative(one)),
    }));
    const allowed = (target: string, file: SourceFile): boolean => {
      if (target.startsWith('node:')) return onlyServer || file.isTest;
      return packages.includes(packageOf(target)) || (file.isTest && TEST_PACKAGES.includes(packageOf(target)));
    };
    expect(breaches(external, allowed)).toEqual([]);
  });
});

test('every file stands in a zone', () => {
  const folders = [...ZONES.map(({ folder }) => folder), 'tests'];
  const stray = ['app', 'crdt', 'sw', 'sync-server', 'tests']
    .flatMap(filesUnder)
    .filter(({ path }) => !within(path, folders));
  expect(stray.map(({ path }) => path)).toEqual([]);
});

test('a feature imports no other feature', () => {
  const featureOf = (path: string): string | undefined => /^app\/features\/([^/]+)/.exec(path)?.[1];
  const allowed = (target: string, { path }: SourceFile): boolean =>
    featureOf(target) === undefined || featureOf(target) === featureOf(path);
  expect(breaches(filesUnder('app/features'), allowed)).toEqual([]);
});

test('the design system knows no domain', () => {
  const packages = ['solid-js', '@kobalte/core', 'lucide', 'virtua'];
  const allowed = (target: string): boolean => within(target, ['app/ui']) || packages.includes(packageOf(target));
  expect(breaches(product('app/ui'), allowed)).toEqual([]);
});

test('only app/reactive bridges the replica to the screen, and only workers, which have none, use it besides', () => {
  const elsewhere = product('app').filter(({ path }) => !within(path, ['app/reactive', 'app/workers']));
  const running = elsewhere.map((file) => ({ ...file, imports: file.imports.filter(({ typeOnly }) => !typeOnly) }));
  expect(breaches(running, (target) => !within(target, ['crdt/replica']))).toEqual([]);
  const workers = product('app').filter(({ path }) => within(path, ['app/workers']));
  expect(breaches(workers, (target) => within(target, ['crdt']))).toEqual([]);
});

test('only sync-server/sync imports Hocuspocus, and only the replica its provider', () => {
  const packages = ['@hocuspocus/server', '@hocuspocus/provider'];
  const elsewhere = ['app', 'crdt', 'sw', 'sync-server']
    .flatMap(product)
    .filter(({ path }) => !within(path, ['sync-server/sync', 'crdt/replica']));
  expect(breaches(elsewhere, (target) => !packages.includes(packageOf(target)))).toEqual([]);
});

test('only the storage adapters and the identity speak to SQLite', () => {
  const elsewhere = product('sync-server').filter(
    ({ path }) =>
      !within(path, ['sync-server/storage', 'sync-server/identity', 'sync-server/directory', 'sync-server/operations']),
  );
  expect(breaches(elsewhere, (target) => target !== 'node:sqlite')).toEqual([]);
});
