import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { encodeAppend, encodeErasure, logRoot } from '../../model/log/append.ts';
import { readLog } from '../../model/log/read-log.ts';
import { makeWriter, type Account, type Writer } from '../../model/log/writer.ts';
import { DocumentDatabase } from './document-database.ts';
import { existingDatabases } from './existing-databases.ts';

const WRITER = makeWriter(5 as Account, 1);
const rowOf = (clock: number, text: string): Uint8Array =>
  encodeAppend(logRoot(WRITER), WRITER, clock, [[17, 1, text]]);

let names = 0;
async function openDatabase(name = `database-${(names += 1)}`): Promise<DocumentDatabase> {
  const database = await DocumentDatabase.open(name);
  if (!(database instanceof DocumentDatabase)) throw new Error(database.kind);
  return database;
}

async function rowsOf(database: DocumentDatabase): Promise<readonly Uint8Array[]> {
  const loaded = await database.load();
  if (loaded.kind !== 'rows') throw new Error(loaded.kind);
  return loaded.rows.filter((row) => row instanceof Uint8Array);
}

function entriesOf(updates: readonly Uint8Array[], writer: Writer = WRITER): unknown[] {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return [...readLog(doc, writer)].map(({ tuple }) => tuple?.[2]);
}

const contains = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text);

test('[RP30] y-indexeddb reads what is stored here, and what it stores is read here', async () => {
  const name = 'shared-with-y-indexeddb';
  const database = await openDatabase(name);
  await database.write([rowOf(0, 'ours')]);

  const doc = new Y.Doc();
  const persistence = new IndexeddbPersistence(name, doc);
  await persistence.whenSynced;
  expect([...readLog(doc, WRITER)].map(({ tuple }) => tuple?.[2])).toEqual(['ours']);
  Y.applyUpdate(doc, rowOf(1, 'theirs'));
  // A transaction that comes after y-indexeddb's own, since it has no completion signal.
  await persistence.set('done', 1);
  await database.write([]);
  await persistence.destroy();
  expect(entriesOf(await rowsOf(database))).toEqual(['ours', 'theirs']);
});

test('[RP31] trimming leaves one row, the same content, and no erased text', async () => {
  const database = await openDatabase();
  for (let clock = 0; clock < 20; clock += 1) await database.write([rowOf(clock, `message ${clock}`)]);
  await database.write([encodeErasure([{ writer: WRITER, from: 3, to: 4 }])]);
  const before = entriesOf(await rowsOf(database));
  await database.trim();
  const rows = await rowsOf(database);
  expect(rows).toHaveLength(1);
  expect(entriesOf(rows)).toEqual(before);
  expect(rows.some((row) => contains(row, 'message 3'))).toBe(false);
  expect(rows.some((row) => contains(row, 'message 4'))).toBe(true);
});

test('[RP31] rows that other tabs add while one trims are all there afterwards', async () => {
  const name = 'trimmed-by-many';
  const tabs = await Promise.all([openDatabase(name), openDatabase(name), openDatabase(name)]);
  const expected = Array.from({ length: 60 }, (_, clock) => `message ${clock}`);
  const work: Promise<unknown>[] = [];
  for (const [clock, text] of expected.entries()) {
    work.push(tabs[clock % 3]?.write([rowOf(clock, text)]) ?? Promise.reject(new Error('no tab')));
    if (clock % 7 === 0) work.push(tabs[(clock + 1) % 3]?.trim() ?? Promise.reject(new Error('no tab')));
  }
  await Promise.all(work);
  const [first] = tabs;
  if (first === undefined) throw new Error('no tab');
  expect(entriesOf(await rowsOf(first))).toEqual(expected);
});

test('[RP32] a retired database takes no more rows in any tab, and says what it holds and why', async () => {
  const name = 'retired';
  const [one, other] = [await openDatabase(name), await openDatabase(name)];
  await one.write([rowOf(0, 'kept')]);
  const cause = { code: 'bad-entry', writers: [WRITER] };
  const [retired, late] = await Promise.all([one.retire(cause), other.write([rowOf(1, 'late')])]);
  expect(late).toEqual({ kind: 'retired' });
  expect(retired).toMatchObject({ kind: 'rows', retired: cause });
  expect(entriesOf(retired.kind === 'rows' ? retired.rows.filter((row) => row instanceof Uint8Array) : [])).toEqual([
    'kept',
  ]);
  // A second tab that comes to the same conclusion doesn't change the reason.
  expect(await other.retire({ code: 'conflict', writers: [] })).toMatchObject({ retired: cause });
});

test('[RP33] of a write that fails half way nothing is kept', async () => {
  const database = await openDatabase();
  await database.write([rowOf(0, 'kept')]);
  // No structured clone of a function: the second row can't be stored.
  const unstorable = (() => 1) as unknown as Uint8Array;
  expect(await database.write([rowOf(1, 'first half'), unstorable])).toMatchObject({ kind: 'storage-failed' });
  expect(entriesOf(await rowsOf(database))).toEqual(['kept']);
});

test('[RP35] who only looks for a database makes none, and takes away none that another tab is making', async () => {
  expect(await DocumentDatabase.openExisting('looked-for')).toEqual({ kind: 'missing' });
  expect(await existingDatabases('looked-for')).toEqual([]);
  const [made, looked] = await Promise.all([
    DocumentDatabase.open('looked-for'),
    DocumentDatabase.openExisting('looked-for'),
  ]);
  if (!(made instanceof DocumentDatabase)) throw new Error(made.kind);
  if (looked instanceof DocumentDatabase) looked.close();
  expect(await made.write([new Uint8Array([0, 0])])).toEqual({ kind: 'stored' });
  const found = await DocumentDatabase.openExisting('looked-for');
  if (!(found instanceof DocumentDatabase)) throw new Error(found.kind);
  expect(await found.load()).toMatchObject({ rows: [new Uint8Array([0, 0])] });
  made.close();
  found.close();
});
