/** The project's source files, parsed: what they import and export. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';

export const ROOT = join(import.meta.dirname, '../..');

export interface Import {
  /** As it stands in the file. */
  readonly specifier: string;
  /** Path from the project's root for relative imports, else the specifier. */
  readonly target: string;
  /** Imports types alone, and is gone at run time. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
  readonly imports: readonly Import[];
  readonly hasDefaultExport: boolean;
}

function parse(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const { module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);

  const target = (specifier: string): string =>
    specifier.startsWith('.') ? relative(ROOT, join(ROOT, dirname(path), specifier)) : specifier;
  const imports: Import[] = [];
  const add = (specifier: string, typeOnly: boolean): void => {
    imports.push({ specifier, target: target(specifier), typeOnly });
  };

  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest !== null) add(moduleRequest.value, isType);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"`])([^'"`$]*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[2];
    if (literal !== undefined) add(literal, false);
  }
  // Types in place: `import('./x.ts').X`; workers: `new URL('./x.ts', import.meta.url)`.
  for (const [, specifier = ''] of text.matchAll(/\b(?:typeof )?import\('([^']+)'\)\s*\./g)) add(specifier, true);
  for (const [, specifier = ''] of text.matchAll(/new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g))
    add(specifier, false);

  const hasDefaultExport = module.staticExports.some(({ entries }) =>
    entries.some((entry) => entry.exportName.kind === 'Default' || entry.exportName.name === 'default'),
  );
  return { path, text, isTest: isTest(path), imports, hasDefaultExport };
}

/** Tests, and what only tests import, though it may stand beside the source: contract suites and fakes. */
const isTest = (path: string): boolean => path.startsWith('tests/') || /\.(test|contract|fake)\.tsx?$/.test(path);

/** Every source file of the project, parsed once. */
export const sourceFiles: readonly SourceFile[] = globSync('{app,crdt,sw,sync-server,tests}/**/*.{ts,tsx,mjs}', {
  cwd: ROOT,
})
  .toSorted()
  .map(parse);

/** The files under a folder; throws when there are none, because a scan of nothing finds nothing wrong. */
export function filesUnder(folder: string): readonly SourceFile[] {
  const files = sourceFiles.filter((file) => file.path.startsWith(`${folder}/`));
  if (files.length === 0) throw new Error(`no source files under ${folder}/`);
  return files;
}

export const isRelative = ({ specifier }: Import): boolean => specifier.startsWith('.');

/** `@scope/name/deep` -> `@scope/name`, `node:fs/promises` -> `node:fs`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
