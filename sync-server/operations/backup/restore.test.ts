import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as Y from 'yjs';
import { expect, onTestFinished, test } from 'vitest';
import { ArrivalReader, EPOCH_JUMP } from '../../../crdt/model/chat/arrivals.ts';
import { DIRECTORY_MIGRATIONS } from '../../directory/directory-migrations.ts';
import { messages, writerOf } from '../../storage/append-builder.ts';
import { docOf, PAGE, SECOND_PAGE, storedBy, textsOf } from '../../storage/log-store.contract.ts';
import { DataInUseError, InterruptedRestoreError, lockData } from '../../storage/sqlite/data-lock.ts';
import { openDatabase } from '../../storage/sqlite/database.ts';
import { createLogFolder } from '../../storage/sqlite/log-folder.ts';
import type { SqliteLogStore } from '../../storage/sqlite/log-store.ts';
import { restoreBackup, type Restored } from './restore-backup.ts';
import { takeBackup } from './take-backup.ts';

const ANNA = writerOf(5);
const BEN = writerOf(6);

/** A data folder that is worked on, backed up and restored. */
async function newInstallation() {
  const { folder, open, remove } = await createLogFolder();
  onTestFinished(remove);
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const backup = join(folder, 'backup');
  let random = 1_000;
  return {
    dataDir,
    backup,
    /** Runs `work` on the open log. */
    async withLog<T>(work: (store: SqliteLogStore) => Promise<T>): Promise<T> {
      const store = await open({ file: join(dataDir, 'log.db') });
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    },
    takeBackup: () => takeBackup({ dataDir, target: backup, nowMs: Date.now }),
    restore: (): Restored => restoreBackup({ backup, dataDir, nowMs: Date.now, random32: () => (random += 1) }),
  };
}

test('[SV32] a restored log is a new history: another epoch, and numbers far above all that were given', async () => {
  const { withLog, takeBackup: back, restore, dataDir } = await newInstallation();
  const before = await withLog(async (store) => {
    storedBy(await store.append(messages(PAGE, ANNA, 0, ['one', 'two'])));
    return store.epoch();
  });
  back();
  await withLog((store) => store.append(messages(SECOND_PAGE, BEN, 0, ['lost'])));
  const restored = restore();
  await withLog(async (store) => {
    expect(await store.epoch()).toBe(restored.epoch);
    expect(await store.restores()).toBe(1);
    expect(restored.epoch).not.toBe(before);
    expect(textsOf(await docOf(store))).toEqual(['one', 'two']);
    expect(storedBy(await store.append(messages(PAGE, ANNA, 2, ['three']))).arrivals[0]?.number).toBe(EPOCH_JUMP + 3);
    expect(storedBy(await store.append(messages(SECOND_PAGE, BEN, 0, ['lost']))).arrivals[0]?.number).toBe(
      EPOCH_JUMP + 4,
    );
  });
  expect(readdirSync(restored.aside ?? '')).toContain('log.db');
  expect(existsSync(join(dataDir, 'restoring'))).toBe(false);
});

test('[SV32] a device that holds the lost history sees its arrivals void, and the returned entries arrive once', async () => {
  const { withLog, takeBackup: back, restore } = await newInstallation();
  await withLog(async (store) => storedBy(await store.append(messages(PAGE, ANNA, 0, ['one', 'two']))));
  back();
  const device = await withLog(async (store) => {
    storedBy(await store.append(messages(PAGE, ANNA, 2, ['three', 'four'])));
    storedBy(await store.append(messages(PAGE, BEN, 0, ['five'])));
    return docOf(store);
  });
  const arrivals = new ArrivalReader(device);
  expect(arrivals.read().runs).toHaveLength(3);

  restore();
  await withLog(async (store) => {
    for (const update of (await store.load(PAGE)).updates) Y.applyUpdate(device, update);
    expect(arrivals.read()).toMatchObject({ restarted: true, runs: [{ writer: ANNA, from: 0, to: 2, number: 2 }] });
    expect(arrivals.at(ANNA, 2)).toBeUndefined();

    const result = storedBy(await store.append(messages(PAGE, ANNA, 2, ['three', 'four'])));
    for (const update of result.updates) Y.applyUpdate(device, update);
    arrivals.read();
    expect(arrivals.at(ANNA, 3)?.number).toBe(EPOCH_JUMP + 4);
    expect(arrivals.at(BEN, 0)).toBeUndefined();
    expect(textsOf(device)).toEqual(['one', 'two', 'three', 'four']);
  });
});

test('[SV33] what was deleted after the backup stays deleted: in the restored file, and when a device returns it', async () => {
  const { withLog, takeBackup: back, restore, dataDir } = await newInstallation();
  await withLog(async (store) => storedBy(await store.append(messages(PAGE, ANNA, 0, ['one', 'old secret', 'three']))));
  back();
  await withLog(async (store) => {
    storedBy(await store.append(messages(PAGE, ANNA, 3, ['four', 'new secret', 'six'])));
    storedBy(await store.append(messages(SECOND_PAGE, BEN, 0, ['other secret'])));
    await store.write({ document: PAGE, facts: [], erase: [{ writer: ANNA, from: 1, to: 2 }] });
    await store.write({ document: PAGE, facts: [], erase: [{ writer: ANNA, from: 4, to: 5 }] });
    await store.write({ document: SECOND_PAGE, facts: [], erase: [{ writer: BEN, from: 0, to: 1 }] });
  });
  expect(restore()).toMatchObject({ erasedDocuments: 2, warnings: [] });
  expect(readFileSync(join(dataDir, 'log.db')).includes('old secret')).toBe(false);
  await withLog(async (store) => {
    expect(textsOf(await docOf(store))).toEqual(['one', 'three']);
    storedBy(await store.append(messages(PAGE, ANNA, 3, ['four', 'new secret', 'six'])));
    storedBy(await store.append(messages(SECOND_PAGE, BEN, 0, ['other secret'])));
    expect(textsOf(await docOf(store))).toEqual(['one', 'three', 'four', 'six']);
    expect(textsOf(await docOf(store, SECOND_PAGE), BEN)).toEqual([]);
  });
});

test('[SV33] deletions are carried over again by every later restore of the same backup', async () => {
  const { withLog, takeBackup: back, restore } = await newInstallation();
  await withLog(async (store) => storedBy(await store.append(messages(PAGE, ANNA, 0, ['one', 'secret']))));
  back();
  await withLog((store) => store.write({ document: PAGE, facts: [], erase: [{ writer: ANNA, from: 1, to: 2 }] }));
  const first = restore();
  const second = restore();
  expect(second.epoch).not.toBe(first.epoch);
  await withLog(async (store) => {
    expect(textsOf(await docOf(store))).toEqual(['one']);
    expect(storedBy(await store.append(messages(PAGE, ANNA, 2, ['three']))).arrivals[0]?.number).toBe(
      2 * EPOCH_JUMP + 3,
    );
  });
});

test('[SV34] nothing is touched while a server runs, or when the backup is damaged', async () => {
  const { withLog, takeBackup: back, restore, dataDir, backup } = await newInstallation();
  await withLog(async (store) => storedBy(await store.append(messages(PAGE, ANNA, 0, ['one']))));
  back();
  const lock = lockData(dataDir);
  expect(restore).toThrow(DataInUseError);
  lock.release();

  appendFileSync(join(backup, 'log.db'), 'x');
  expect(restore).toThrow('the backup is damaged');
  rmSync(join(backup, 'manifest.json'));
  expect(restore).toThrow('is not a backup');
  expect(await withLog(async (store) => textsOf(await docOf(store)))).toEqual(['one']);
  expect(readdirSync(dataDir).filter((name) => name.includes('restor'))).toEqual([]);
});

test('[SV34] former data that cannot be read does not stop a restore, but is told', async () => {
  const { withLog, takeBackup: back, restore, dataDir } = await newInstallation();
  await withLog(async (store) => storedBy(await store.append(messages(PAGE, ANNA, 0, ['one']))));
  back();
  rmSync(join(dataDir, 'log.db'));
  appendFileSync(join(dataDir, 'log.db'), 'this is what a broken disk has left of the log, more or less');
  const { warnings } = restore();
  expect(warnings).toEqual([expect.stringContaining('messages deleted since the backup may come back')]);
  expect(await withLog(async (store) => textsOf(await docOf(store)))).toEqual(['one']);
});

test('[SV35] a restore that was interrupted while files changed places is finished by another, deletions included', async () => {
  const { withLog, takeBackup: back, restore, dataDir } = await newInstallation();
  await withLog(async (store) => storedBy(await store.append(messages(PAGE, ANNA, 0, ['one', 'secret']))));
  back();
  await withLog((store) => store.write({ document: PAGE, facts: [], erase: [{ writer: ANNA, from: 1, to: 2 }] }));
  // As a loss of power leaves it: the former log is aside, the new one not yet in its place.
  mkdirSync(join(dataDir, 'restoring'));
  const aside = join(dataDir, 'before-restore-2026-01-01T00-00-00.000Z');
  mkdirSync(aside);
  renameSync(join(dataDir, 'log.db'), join(aside, 'log.db'));
  expect(() => lockData(dataDir)).toThrow(InterruptedRestoreError);
  expect(restore().erasedDocuments).toBe(1);
  lockData(dataDir).release();
  expect(await withLog(async (store) => textsOf(await docOf(store)))).toEqual(['one']);
});

test('[SV36] account numbers and pages of the lost history are never given again, and everything is projected anew', async () => {
  const { withLog, takeBackup: back, restore, dataDir } = await newInstallation();
  await withLog(async (store) => storedBy(await store.append(messages(PAGE, ANNA, 0, ['one']))));
  const file = join(dataDir, 'directory.db');
  const inDirectory = (sql: string): unknown[] => {
    const database = openDatabase(file, DIRECTORY_MIGRATIONS);
    try {
      return database.sql
        .prepare(sql)
        .all()
        .map((row) => Object.values(row)[0]);
    } finally {
      database.close();
    }
  };
  const addPerson = (user: string): unknown[] =>
    inDirectory(`INSERT INTO people (user, company, first, last) VALUES ('${user}', 1, 'A', 'B') RETURNING account`);
  inDirectory(`INSERT INTO companies (name) VALUES ('Berger') RETURNING company`);
  expect(addPerson('anna')).toEqual([2]);
  back();
  expect(addPerson('ben')).toEqual([3]);
  inDirectory(`INSERT INTO chats VALUES ('i-1', 2) RETURNING chat`);
  restore();
  expect(inDirectory('SELECT user FROM people')).toEqual(['anna']);
  expect(addPerson('carla')).toEqual([4]);
  expect(inDirectory('SELECT pages FROM chats')).toEqual([2]);
  expect(inDirectory('SELECT document FROM toProject ORDER BY document')).toEqual(['chat/i-1', 'company/1', 'inbox/2']);

  const sql = new DatabaseSync(file);
  sql.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  sql.close();
  rmSync(file);
  restore();
  expect(addPerson('dora')).toEqual([1_003]);
});
