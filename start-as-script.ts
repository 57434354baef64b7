/**
 * Builds the start file as a script of the old kind. When the worker puts such a one into its cache, while it is being installed,
 * Chromium compiles it whole and keeps that beside it, and each start takes it from there; modules it compiles at every start anew.
 * What other files import of it they take from a global instead, once, when they are loaded; so nothing of it may be assigned later.
 */
import { parseSync, type Plugin } from 'vite';

/** Where the start file leaves what other files import of it. */
const START = 'hausfunkStart';

function parse(code: string) {
  const { program, errors } = parseSync('start.js', code, { lang: 'js' });
  if (errors.length > 0) throw new Error(`not JavaScript: ${errors[0]?.message}`);
  return program;
}

export function startAsScript(): Plugin {
  return {
    name: 'start-as-script',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      const [changing] = changingExports(code);
      if (changing !== undefined)
        this.error(`${id} exports ${changing}, which is assigned later: see start-as-script.ts`);
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const [start, ...others] = chunks.filter(({ isEntry }) => isEntry);
      if (start === undefined || others.length > 0 || start.imports.length > 0) this.error('a start is one file');
      start.code = inAscii(asScript(start.code));
      const name = start.fileName.slice(start.fileName.lastIndexOf('/') + 1);
      for (const chunk of chunks) if (chunk !== start) chunk.code = withoutImport(chunk.code, name);
    },
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const module = '<script type="module" crossorigin src=';
        if (html.split(module).length !== 2) throw new Error(`index.html has not once ${module}`);
        return html.replace(module, '<script defer fetchpriority="high" src=');
      },
    },
  };
}

/**
 * The same script with all other characters escaped: then the browser keeps it, and reads it, with one byte a character instead of two.
 * They stand in texts and in regular expressions only, where an escape means the same.
 */
export const inAscii = (script: string): string => script.replaceAll(/[\u0080-\u{10ffff}]/gu, escaped);

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/** Names of variables that a module exports, and that one of its functions assigns: after others have read them. */
export function changingExports(module: string): readonly string[] {
  const { body } = parse(module);
  const variables = new Set<string>();
  const exported: string[] = [];
  for (const statement of body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    const names =
      declaration?.type === 'VariableDeclaration' && declaration.kind === 'let'
        ? declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []))
        : [];
    for (const name of names) variables.add(name);
    if (statement.type !== 'ExportNamedDeclaration') continue;
    exported.push(...names);
    if (statement.source !== null) continue;
    for (const { local } of statement.specifiers) if (local.type === 'Identifier') exported.push(local.name);
  }
  const assigned = new Set(assignedInFunctions(body, false));
  return exported.filter((name) => variables.has(name) && assigned.has(name));
}

/** A function's own variable of the same name counts, too: rather once too often. */
function* assignedInFunctions(node: unknown, isInside: boolean): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  const { type, left, argument } = node as Readonly<Record<string, unknown>>;
  const target = type === 'AssignmentExpression' ? left : type === 'UpdateExpression' ? argument : undefined;
  if (isInside && typeof target === 'object' && target !== null && 'name' in target) yield String(target.name);
  const inside = isInside || /Function/u.test(String(type));
  for (const child of Object.values(node)) yield* assignedInFunctions(child, inside);
}

/** A module without imports, as a script that leaves its exports in the global. */
export function asScript(module: string): string {
  let code = module;
  const members: string[] = [];
  for (const statement of parse(module).body.toReversed()) {
    if (statement.type === 'ImportDeclaration') throw new Error('a start imports nothing');
    if (!statement.type.startsWith('Export')) continue;
    if (statement.type !== 'ExportNamedDeclaration' || statement.declaration !== null || statement.source !== null) {
      throw new Error('a start exports names only');
    }
    for (const { local, exported } of statement.specifiers) members.push(`${nameOf(exported)}:${nameOf(local)}`);
    code = code.slice(0, statement.start) + code.slice(statement.end);
  }
  // A module is strict, runs in a scope of its own and knows its address; so does this.
  const address = 'const startMeta={url:document.currentScript.src};';
  return `(()=>{"use strict";${address}${code.replaceAll('import.meta', 'startMeta')};globalThis.${START}={${members.join(',')}}})();`;
}

/** A module with what it imports of the start file taken from the global. */
export function withoutImport(module: string, start: string): string {
  let code = module;
  for (const statement of parse(module).body.toReversed()) {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== `./${start}`) continue;
    const members = statement.specifiers.map((specifier) => {
      if (specifier.type !== 'ImportSpecifier') throw new Error(`${start} is imported as a whole`);
      return `${nameOf(specifier.imported)}:${specifier.local.name}`;
    });
    code = `${code.slice(0, statement.start)}const{${members.join(',')}}=${START};${code.slice(statement.end)}`;
  }
  if (code.includes(start)) throw new Error(`${start} is imported in another way`);
  return code;
}

/** Exports may be named by a string; those of a build are not. */
function nameOf(name: { readonly type: string; readonly name?: string }): string {
  if (name.name === undefined) throw new Error(`not a name: ${name.type}`);
  return name.name;
}
