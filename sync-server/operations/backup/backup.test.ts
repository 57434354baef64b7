import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { messages, writerOf } from '../../storage/append-builder.ts';
import { docOf, PAGE, storedBy, textsOf } from '../../storage/log-store.contract.ts';
import { createLogFolder } from '../../storage/sqlite/log-folder.ts';
import { openSqliteLogStore } from '../../storage/sqlite/log-store.ts';
import { checkBackup } from './manifest.ts';
import { takeBackup } from './take-backup.ts';

const ANNA = writerOf(5);
const BACKUP_COMMAND = fileURLToPath(new URL('../backup.ts', import.meta.url));

async function newInstallation() {
  const { folder, open, remove } = await createLogFolder();
  const store = await open();
  onTestFinished(async () => {
    await store.close();
    await remove();
  });
  return { dataDir: folder, store, target: join(folder, 'backup-of-today') };
}

const backupByCommand = (dataDir: string, target: string) =>
  promisify(execFile)(process.execPath, [BACKUP_COMMAND, target], { env: { ...process.env, DATA_DIR: dataDir } });

test('[SV30] a backup by command, taken while a writer goes on, holds a beginning of what was written', async () => {
  const { dataDir, store, target } = await newInstallation();
  storedBy(await store.append(messages(PAGE, ANNA, 0, ['text 0'])));
  let done = false;
  const backup = backupByCommand(dataDir, target).finally(() => (done = true));
  let written = 1;
  while (!done) {
    storedBy(await store.append(messages(PAGE, ANNA, written, [`text ${written}`])));
    written += 1;
  }
  expect((await backup).stdout).toContain('checked');

  const copy = await openSqliteLogStore({ file: join(target, 'log.db'), nowMs: Date.now, random32: () => 1 });
  onTestFinished(() => copy.close());
  const texts = textsOf(await docOf(copy));
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.length).toBeLessThanOrEqual(written);
  expect(texts).toEqual(Array.from(texts, (_, clock) => `text ${clock}`));
  expect(await copy.sequence()).toBe(texts.length);
  expect(textsOf(await docOf(store))).toHaveLength(written);
});

test('[SV30] what was acknowledged before the backup began is in it, all files with it', async () => {
  const { dataDir, store, target } = await newInstallation();
  for (const name of ['activity.db', 'directory.db', 'identity.db']) {
    const sql = new DatabaseSync(join(dataDir, name));
    sql.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)');
    onTestFinished(() => sql.close());
  }
  storedBy(await store.append(messages(PAGE, ANNA, 0, ['one', 'two'])));
  const manifest = takeBackup({ dataDir, target, nowMs: () => 1_790_000_000_000 });
  expect(manifest.files.map(({ name }) => name)).toEqual(['activity.db', 'log.db', 'directory.db', 'identity.db']);
  expect(manifest.createdAt).toBe('2026-09-21T14:13:20.000Z');
  expect(checkBackup(target)).toEqual(manifest);
  const copy = new DatabaseSync(join(target, 'log.db'), { readOnly: true });
  onTestFinished(() => copy.close());
  expect(copy.prepare('SELECT entries FROM documents').all()).toMatchObject([{ entries: 2 }]);
});

test('[SV31] a backup never writes into a folder that exists, and an unfinished one leaves none', async () => {
  const { dataDir, target } = await newInstallation();
  mkdirSync(target);
  writeFileSync(join(target, 'mine.txt'), 'untouched');
  await expect(backupByCommand(dataDir, target)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('exists already'),
  });
  expect(readFileSync(join(target, 'mine.txt'), 'utf8')).toBe('untouched');

  writeFileSync(join(dataDir, 'directory.db'), 'this is no database, and long enough to be looked at as one');
  const second = join(dataDir, 'second');
  expect(() => takeBackup({ dataDir, target: second, nowMs: Date.now })).toThrow('not a database');
  expect([second, `${second}.incomplete`].map((path) => existsSync(path))).toEqual([false, false]);
});

test('[SV31] a folder without an installation is refused with a reason', async () => {
  const { dataDir, target } = await newInstallation();
  const empty = join(dataDir, 'nothing-here');
  await expect(backupByCommand(empty, target)).rejects.toMatchObject({ stderr: `${empty} holds no installation\n` });
});
