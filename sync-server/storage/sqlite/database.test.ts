import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { durabilityOf, openDatabase, type Database } from './database.ts';
import { createLogFolder } from './log-folder.ts';
import { LOG_MIGRATIONS } from './log-schema.ts';
import { NewerDataError, type Migration } from './migrations.ts';
import { readInteger } from './row.ts';

async function newFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hausfunk-database-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'some.db');
}

function open(file: string, migrations: readonly Migration[]): Database {
  const database = openDatabase(file, migrations);
  onTestFinished(() => database.close());
  return database;
}

const count = ({ sql }: Database): number => readInteger(sql.prepare('SELECT count(*) AS n FROM things').get(), 'n');
const FIRST = 'CREATE TABLE things (name TEXT) STRICT';

test('[SV20] a file is durable, erases by overwriting, and checks references', async () => {
  const database = open(await newFile(), [FIRST]);
  expect(durabilityOf(database)).toEqual({ synchronous: 2, journalMode: 'wal' });
  expect(readInteger(database.sql.prepare('PRAGMA secure_delete').get(), 'secure_delete')).toBe(1);
  expect(readInteger(database.sql.prepare('PRAGMA foreign_keys').get(), 'foreign_keys')).toBe(1);
});

test('[SV20] only a file of what is told again does not wait for the disk', async () => {
  const database = openDatabase(await newFile(), [FIRST], 'NORMAL');
  onTestFinished(() => database.close());
  expect(durabilityOf(database)).toEqual({ synchronous: 1, journalMode: 'wal' });
});

test('[SV21] migrations run once each, in order, and keep the data', async () => {
  const file = await newFile();
  const old = openDatabase(file, [FIRST]);
  old.sql.exec(`INSERT INTO things VALUES ('one')`);
  old.close();
  const ran: string[] = [];
  const second: Migration = (sql) => {
    ran.push('second');
    sql.exec('ALTER TABLE things ADD COLUMN size INTEGER NOT NULL DEFAULT 3');
  };
  openDatabase(file, [FIRST, second]).close();
  const database = open(file, [FIRST, second]);
  expect(ran).toEqual(['second']);
  expect(database.sql.prepare('SELECT name, size FROM things').get()).toMatchObject({ name: 'one', size: 3 });
});

test('[SV21] a migration that fails leaves the version before it', async () => {
  const file = await newFile();
  expect(() =>
    openDatabase(file, [FIRST, 'CREATE TABLE more (x TEXT) STRICT; INSERT INTO nowhere VALUES (1)']),
  ).toThrow('nowhere');
  const database = open(file, [FIRST, 'CREATE TABLE more (x TEXT) STRICT']);
  expect(count(database)).toBe(0);
});

test('[SV22] data of a newer version is refused by both versions, and not touched', async () => {
  const file = await newFile();
  openDatabase(file, [FIRST, 'CREATE TABLE more (x TEXT) STRICT']).close();
  expect(() => openDatabase(file, [FIRST])).toThrow(new NewerDataError(file, 2, 1));
  expect(() => openDatabase(file, [FIRST])).toThrow(/format version 2.*up to 1/);
});

test('[SV22] the log refuses data of a newer version when it is opened, too', async () => {
  const { file, open: openLog, remove } = await createLogFolder();
  onTestFinished(remove);
  await (await openLog()).close();
  const sql = new DatabaseSync(file);
  sql.exec(`PRAGMA user_version = ${LOG_MIGRATIONS.length + 7}`);
  sql.close();
  await expect(openLog()).rejects.toThrow(`format version ${LOG_MIGRATIONS.length + 7}`);
});

test('[SV23] a transaction that throws leaves nothing behind, and the next one works', async () => {
  const database = open(await newFile(), [FIRST]);
  const insert = database.sql.prepare('INSERT INTO things VALUES (?)');
  expect(() =>
    database.transaction(() => {
      insert.run('lost');
      throw new Error('changed my mind');
    }),
  ).toThrow('changed my mind');
  expect(database.transaction(() => insert.run('kept').changes)).toBe(1);
  expect(count(database)).toBe(1);
});
