/** A disk that really has no room for the write-ahead log: the operating system refuses the file more bytes. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { writerOf } from '../append-builder.ts';
import { docOf, PAGE, textsOf } from '../log-store.contract.ts';
import { createLogFolder } from './log-folder.ts';

const PROGRAM = `
  import { createInterface } from 'node:readline';
  const [, storeUrl, builderUrl, page, file] = process.argv;
  const { openSqliteLogStore } = await import(storeUrl);
  const { messages, writerOf } = await import(builderUrl);
  const store = await openSqliteLogStore({ file, nowMs: Date.now, random32: () => 5 });
  const texts = Array.from({ length: 40 }, () => 'x'.repeat(8_000));
  const append = () => store.append(messages(page, writerOf(5), 0, texts));
  console.log('open');
  for await (const line of createInterface(process.stdin)) {
    if (line === 'append') console.log((await append()).kind);
    if (line === 'small') console.log((await store.append(messages(page, writerOf(6), 0, ['small']))).kind);
  }
  await store.close();
`;

test('[SV10] a write-ahead log that cannot grow refuses the append, keeps nothing of it, and goes on when there is room', async () => {
  const { file, open, remove } = await createLogFolder();
  onTestFinished(remove);
  const urls = ['./log-store.ts', '../append-builder.ts'].map((name) => new URL(name, import.meta.url).href);
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, ...urls, PAGE, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<unknown> => {
    child.stdin.write(`${line}\n`);
    return (await lines.next()).value;
  };
  const limitFiles = (bytes: string): void => {
    execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`]);
  };

  expect((await lines.next()).value).toBe('open');
  limitFiles('200000');
  expect(await ask('append')).toMatch(/^storage-(full|failed)$/);
  expect(await ask('small')).toBe('stored');
  expect(await ask('append')).toMatch(/^storage-(full|failed)$/);
  limitFiles('unlimited');
  expect(await ask('append')).toBe('stored');
  child.stdin.end();
  await once(child, 'exit');

  const store = await open();
  onTestFinished(() => store.close());
  const doc = await docOf(store);
  expect(textsOf(doc, writerOf(5))).toHaveLength(40);
  expect(textsOf(doc, writerOf(6))).toEqual(['small']);
});
