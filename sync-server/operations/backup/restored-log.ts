/** Makes a restored log the beginning of a new history. */
import { ARRIVALS_ROOT, encodeAppend, type ClockRange } from '../../../crdt/model/log/append.ts';
import type { DocumentName } from '../../../crdt/model/protocol/document-name.ts';
import { DatabaseSync } from 'node:sqlite';
import { logCommits } from '../../storage/sqlite/commit.ts';
import { logCompaction } from '../../storage/sqlite/compact.ts';
import { emptyWriteAheadLog, openDatabase, type Database } from '../../storage/sqlite/database.ts';
import { beginEpoch, newEpochId, presentEpoch, type Epoch } from '../../storage/sqlite/epochs.ts';
import { frame } from '../../storage/sqlite/framing.ts';
import { LOG_MIGRATIONS } from '../../storage/sqlite/log-schema.ts';
import { readInteger, readText, readWriter } from '../../storage/sqlite/row.ts';
import { serverWriters } from '../../storage/sqlite/server-writers.ts';
import { streams } from '../../storage/sqlite/streams.ts';
import { streamOf } from '../../storage/stream.ts';

/** What the history that is given up knew, and the new one must not forget. */
export interface FormerLog {
  readonly epoch: number;
  readonly erasures: ReadonlyMap<DocumentName, readonly ClockRange[]>;
}

export interface Moment {
  readonly nowMs: () => number;
  readonly random32: () => number;
}

export function readFormerLog(file: string): FormerLog {
  const sql = new DatabaseSync(file, { readOnly: true });
  try {
    const erasures = new Map<DocumentName, ClockRange[]>();
    const rows = sql.prepare(
      'SELECT name, writer, start, stop FROM erasures JOIN documents ON documents.id = erasures.document ORDER BY name',
    );
    for (const row of rows.iterate()) {
      const name = readText(row, 'name') as DocumentName;
      const range = {
        writer: readWriter(row, 'writer'),
        from: readInteger(row, 'start'),
        to: readInteger(row, 'stop'),
      };
      const list = erasures.get(name);
      if (list === undefined) erasures.set(name, [range]);
      else list.push(range);
    }
    const epoch = readInteger(sql.prepare('SELECT max(ordinal) AS epoch FROM epochs').get(), 'epoch');
    return { epoch, erasures };
  } finally {
    sql.close();
  }
}

/**
 * Begins the next epoch in a restored log.db, and erases again what the former history had erased, also where the entries are still
 * on their way from a device. Returns the new epoch.
 */
export function beginHistory(file: string, former: readonly FormerLog[], moment: Moment): Epoch {
  const database = openDatabase(file, LOG_MIGRATIONS);
  try {
    const last = Math.max(presentEpoch(database)?.ordinal ?? 0, ...former.map(({ epoch }) => epoch));
    const epoch = { ordinal: last + 1, id: newEpochId(moment.random32) };
    database.transaction(() => {
      beginEpoch(database, epoch);
      beginServerLogs(database, epoch.ordinal, moment);
      for (const log of former) remember(database, log);
    });
    for (const log of former) eraseAgain(database, epoch.ordinal, log, moment);
    // Not even between the cells of a page: see rewrite.ts.
    database.sql.exec('VACUUM');
    if (!emptyWriteAheadLog(database)) throw new Error(`${file} is in use`);
    return epoch;
  } finally {
    database.close();
  }
}

/** Headers in all documents at once: a device sees what is void as soon as it opens one, not when somebody next writes there. */
function beginServerLogs(database: Database, epoch: number, { nowMs, random32 }: Moment): void {
  const { sql } = database;
  const servers = serverWriters(database, epoch);
  const numbers = streams(database, epoch);
  const addRow = sql.prepare('INSERT INTO log (document, updates) VALUES (?, ?)');
  const move = sql.prepare('UPDATE documents SET sequence = ?, rows = rows + 1 WHERE id = ?');
  const roots = sql.prepare(
    `SELECT DISTINCT documents.id, stream, root FROM serverWriters JOIN documents ON documents.id = serverWriters.document`,
  );
  for (const row of roots.all()) {
    const document = readInteger(row, 'id');
    const root = readText(row, 'root');
    const stream = readText(row, 'stream');
    const number = root === ARRIVALS_ROOT ? numbers.last(stream) : 0;
    const server = servers.open(document, root, { number, timeMs: nowMs(), random32: random32() });
    if (server.header === undefined) throw new Error('a new epoch has no writers yet');
    if (root === ARRIVALS_ROOT) numbers.save(stream, number);
    servers.save(document, { ...server, next: 1 });
    const header = encodeAppend(root, server.writer, 0, [server.header]);
    move.run(Number(addRow.run(document, frame([header])).lastInsertRowid), document);
  }
}

/** Notes all erasures, so that entries which only devices still hold are erased on arrival. */
function remember({ sql }: Database, { erasures }: FormerLog): void {
  const addDocument = sql.prepare(
    'INSERT INTO documents (name, stream, sequence) VALUES (?, ?, 0) ON CONFLICT DO NOTHING',
  );
  const addErasure = sql.prepare(
    `INSERT INTO erasures SELECT id, ?, ?, ? FROM documents WHERE name = ?
     ON CONFLICT DO UPDATE SET stop = max(stop, excluded.stop)`,
  );
  for (const [name, ranges] of erasures) {
    addDocument.run(name, streamOf(name));
    for (const { writer, from, to } of ranges) addErasure.run(writer, from, to, name);
  }
}

/** Erases what the backup still holds, and compacts it out of the file before anybody can read it. */
function eraseAgain(database: Database, epoch: number, { erasures }: FormerLog, moment: Moment): void {
  const commit = logCommits(database, epoch);
  const compact = logCompaction(database);
  for (const [document, erase] of erasures) {
    const [outcome] = commit([
      {
        document,
        stream: streamOf(document),
        update: undefined,
        runs: [],
        facts: [],
        erase,
        timeMs: moment.nowMs(),
        random32: moment.random32(),
      },
    ]);
    if (outcome?.kind !== 'stored') throw new Error(`erasures could not be carried over: ${JSON.stringify(outcome)}`);
    compact(document);
  }
}
