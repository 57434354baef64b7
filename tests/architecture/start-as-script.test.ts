import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { asScript, changingExports, inAscii, withoutImport } from '../../start-as-script.ts';

const FILE = 'index-AbC.js';

/** Runs scripts one after the other in one global, and gives what they have left there. */
function run(...scripts: readonly string[]): Record<string, unknown> {
  const context: Record<string, unknown> = {
    document: { currentScript: { src: 'https://house.example/assets/start.js' } },
  };
  for (const script of scripts) runInNewContext(script, context);
  return context;
}

test('[A1] the start as a script leaves what it exports for the other files, and nothing else', () => {
  const start = asScript('const a=1,b=()=>a+1,address=import.meta.url;export{a as $,b,address as A};');
  const { hausfunkStart, ...others } = run(start);
  expect(hausfunkStart).toMatchObject({ $: 1, A: 'https://house.example/assets/start.js' });
  expect(Object.keys(others)).toEqual(['document']);
  const other = withoutImport(`import{$ as x,b}from"./${FILE}";globalThis.sum=x+b()`, FILE);
  expect(run(start, other)['sum']).toBe(3);
});

test('[A1] the start stays as strict as a module', () => {
  expect(() => run(asScript('undeclared=1;export{};'))).toThrow('undeclared');
});

test.each([
  [`import*as all from"./${FILE}";`, 'as a whole'],
  [`import("./${FILE}")`, 'in another way'],
  [`export{a}from"./${FILE}"`, 'in another way'],
])('[A1] a build stops where a file uses the start in a way that a script can not serve: %s', (code, reason) => {
  expect(() => withoutImport(code, FILE)).toThrow(reason);
});

test('[A1] a build stops where a start imports or exports in another way', () => {
  expect(() => asScript('import"./a.js";')).toThrow('imports nothing');
  expect(() => asScript('export default 1;')).toThrow('names only');
});

test('[A1] exports that are assigned after a start are found, however they are exported', () => {
  const later = '()=>{a=2;b++;e=3;inner=4}';
  expect(changingExports(`export let a=1;let b=2,e=3;export{b as d};export const f=${later}`)).toEqual(['a', 'b']);
  expect(changingExports('export let a=1;if(a>0)a=2;export const f=()=>a')).toEqual([]);
  expect(changingExports(`let inner=1;export{inner as x}from"./other.js";export const f=${later}`)).toEqual([]);
});

test('[A1] a start in ASCII means what it meant: in texts, templates and regular expressions', () => {
  const meant =
    "globalThis.all=['ä€👍\\n',`⌘${1}\u2028`,/^[ä👍-👎]+$/u.test('👎ä'),/^ß|\ud83d$/.test('ß'),'x'.replace(/x/,'→')]";
  const script = inAscii(meant);
  expect(/^[ -~]*$/u.test(script)).toBe(true);
  expect(run(script)['all']).toEqual(run(meant)['all']);
  expect(run(script)['all']).toMatchObject({ 0: 'ä€👍\n', 2: true, 4: '→' });
});
