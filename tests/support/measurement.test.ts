import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from './command.ts';

/** Runs one bench, given as the source of its function's body, within `limitMs`. */
async function run(
  body: string,
  limitMs = 10_000,
): Promise<{ readonly code: number | string; readonly lines: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'hausfunk-measurement-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const runner = JSON.stringify(join(import.meta.dirname, 'measurement.ts'));
  const call = `runMeasurement('bench', ${JSON.stringify(folder)}, process.argv[2], ${limitMs})`;
  writeFileSync(join(folder, 'try.ts'), `export async function bench() { ${body} }`);
  writeFileSync(join(folder, 'run.ts'), `import { runMeasurement } from ${runner};\nawait ${call};`);
  const command = runCommand(join(folder, 'run.ts'), ['try'], {});
  const code = await command.ended;
  return { code, lines: command.printed().split('\n') };
}

test('the last line is one line of JSON, after all that was printed before', async () => {
  const { code, lines } = await run(
    `for (let line = 0; line < 5000; line += 1) console.log('line', line); return { name: 'try', pass: true, figures: { openMs: 3 } };`,
  );
  expect(code).toBe(0);
  expect(lines).toHaveLength(5_001);
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ name: 'try', pass: true, openMs: 3 });
});

test('what does not pass ends with 1', async () => {
  const { code, lines } = await run(`return { name: 'try', pass: false, figures: {} };`);
  expect(code).toBe(1);
  expect(lines).toEqual(['{"name":"try","pass":false}']);
});

test('what throws does not pass, and says why', async () => {
  const { code, lines } = await run(`throw new Error('no Chromium');`);
  expect(code).toBe(1);
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ name: 'try', pass: false, error: 'no Chromium' });
});

test('what hangs is ended', async () => {
  const { code, lines } = await run(`setInterval(() => undefined, 1000); return new Promise(() => undefined);`, 200);
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatch(/"pass":false,"error":"not finished after/);
});

test.each(['tests/bench/run.ts', 'tests/proofs/run.ts'])(
  '%s lists the names for one that it does not know',
  async (script) => {
    const command = runCommand(script, ['no-such-name'], {});
    expect(await command.ended).toBe(2);
    expect(command.printed()).toMatch(/one of: \w+[-a-z, ]+, \w+/);
  },
);
