import { parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { filesUnder } from './source-files.ts';

/** I/O, time and randomness: they come into crdt/model as arguments. */
const FORBIDDEN = new Set([
  'AbortSignal.timeout',
  'BroadcastChannel',
  'Date',
  'Math.random',
  'WebSocket',
  'Worker',
  'console',
  'crypto',
  'fetch',
  'globalThis',
  'indexedDB',
  'localStorage',
  'navigator',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);

/** Names that a file uses as values, `Object.member` included; not the names of its own properties and types. */
function namesUsed(path: string, text: string): Set<string> {
  const used = new Set<string>();
  const notUses = new Set<unknown>();
  const own = new Set<string>();
  new Visitor({
    Property: ({ key, computed, shorthand }) => {
      if (!computed && !shorthand) notUses.add(key);
    },
    MemberExpression: (node) => {
      if (node.computed) return;
      notUses.add(node.property);
      if (node.object.type === 'Identifier' && node.property.type === 'Identifier') {
        used.add(`${node.object.name}.${node.property.name}`);
      }
    },
    TSPropertySignature: ({ key }) => void notUses.add(key),
    TSMethodSignature: ({ key }) => void notUses.add(key),
    TSTypeReference: ({ typeName }) => void notUses.add(typeName),
    VariableDeclarator: ({ id }) => {
      if (id.type === 'Identifier') own.add(id.name);
      if (id.type === 'ObjectPattern' || id.type === 'ArrayPattern') notUses.add(id);
    },
    Identifier: (node) => {
      if (!notUses.has(node)) used.add(node.name);
    },
  }).visit(parseSync(path, text).program);
  return new Set([...used].filter((name) => !own.has(name)));
}

test('crdt/model has no I/O, no clock and no randomness', () => {
  const model = filesUnder('crdt/model').filter((file) => !file.isTest);
  const breaches = model.flatMap(({ path, text }) =>
    [...namesUsed(path, text)].filter((name) => FORBIDDEN.has(name)).map((name) => `${path}: ${name}`),
  );
  expect(breaches).toEqual([]);
});

test('the scan sees what it forbids', () => {
  const impure =
    'const a = Date.now(); const b = Math.random(); setTimeout(() => fetch("x"), 1); const c = { process: 1 };';
  const found = [...namesUsed('impure.ts', impure)].filter((name) => FORBIDDEN.has(name));
  expect(found.toSorted()).toEqual(['Date', 'Math.random', 'fetch', 'setTimeout']);
});
