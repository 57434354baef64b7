import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DataInUseError, InterruptedRestoreError, lockData, RESTORING_FOLDER } from './data-lock.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hausfunk-lock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Another process that holds the lock until it is ended. */
async function otherServer(dataDir: string): Promise<ChildProcess> {
  const module = JSON.stringify(new URL('./data-lock.ts', import.meta.url).href);
  const program = `import { lockData } from ${module};
    lockData(process.argv[1]);
    globalThis.gc();
    console.log('locked');
    process.stdin.resume();`;
  const args = ['--expose-gc', '--input-type=module', '-e', program, dataDir];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('[SV24] a second server on the same data is refused, and may start when the first has released it', async () => {
  const folder = await newFolder();
  const lock = lockData(folder);
  expect(() => lockData(folder)).toThrow(DataInUseError);
  lock.release();
  lockData(folder).release();
});

test('[SV24] the lock holds between processes and ends with the process, however it ends', async () => {
  const folder = await newFolder();
  const other = await otherServer(folder);
  expect(() => lockData(folder)).toThrow(DataInUseError);
  other.kill('SIGKILL');
  await once(other, 'exit');
  lockData(folder).release();
});

test('[SV25] no server starts on a folder in which a restore was interrupted; another restore may', async () => {
  const folder = await newFolder();
  mkdirSync(join(folder, RESTORING_FOLDER));
  expect(() => lockData(folder)).toThrow(InterruptedRestoreError);
  lockData(folder, 'restoring').release();
});
