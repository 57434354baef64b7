/** The server's own writers: one per document, root and epoch, begun with a header that names its predecessor. */
import { ARRIVALS_ROOT, type Tuple } from '../../../crdt/model/log/append.ts';
import { encodeServerHeader } from '../../../crdt/model/log/server-log.ts';
import { makeWriter, SERVER_ACCOUNT, type Writer } from '../../../crdt/model/log/writer.ts';
import type { Database } from './database.ts';
import { readInteger, readWriter, type Row } from './row.ts';

export interface ServerWriter {
  readonly writer: Writer;
  /** Where it goes on; 0 before its header. */
  readonly next: number;
  /** Number and time of its last arrival, at first of its header. */
  readonly number: number;
  readonly timeMs: number;
  /** How many client writers its arrivals have named so far. */
  readonly named: number;
}

/** A server writer ready to append: `header` must come first when it has just begun. */
export interface OpenedServerWriter extends ServerWriter {
  readonly header: Tuple | undefined;
}

export interface ServerWriters {
  /** The writer of the present epoch; begins one when there is none, with 32 random bits and a header of `number` and `timeMs`. */
  open(document: number, root: string, begin: { number: number; timeMs: number; random32: number }): OpenedServerWriter;
  save(document: number, state: ServerWriter): void;
  /** How far any server writer of the document has come; undefined when it is none. */
  next(document: number, writer: Writer): number | undefined;
}

const parse = (row: Row): ServerWriter => ({
  writer: readWriter(row, 'writer'),
  next: readInteger(row, 'next'),
  number: readInteger(row, 'number'),
  timeMs: readInteger(row, 'timeMs'),
  named: readInteger(row, 'named'),
});

export function serverWriters({ sql }: Database, epoch: number): ServerWriters {
  const latest = sql.prepare('SELECT * FROM serverWriters WHERE document = ? AND root = ? ORDER BY epoch DESC LIMIT 1');
  const known = sql.prepare('SELECT next FROM serverWriters WHERE document = ? AND writer = ?');
  const insert = sql.prepare('INSERT INTO serverWriters VALUES (?, ?, ?, ?, 0, ?, ?, 0)');
  const forgetPositions = sql.prepare('UPDATE writers SET position = NULL WHERE document = ?');
  const update = sql.prepare(
    'UPDATE serverWriters SET next = ?, number = ?, timeMs = ?, named = ? WHERE document = ? AND writer = ?',
  );

  function freshWriter(document: number, random32: number): Writer {
    for (let offset = 0; ; offset += 1) {
      const writer = makeWriter(SERVER_ACCOUNT, (random32 + offset) % 2 ** 32);
      if (known.get(document, writer) === undefined) return writer;
    }
  }

  return {
    open(document, root, begin) {
      const row = latest.get(document, root);
      if (row !== undefined && readInteger(row, 'epoch') === epoch) return { ...parse(row), header: undefined };
      const before = row === undefined ? undefined : parse(row);
      const timeMs = Math.max(begin.timeMs, before?.timeMs ?? 0);
      const writer = freshWriter(document, begin.random32);
      const previous = before === undefined ? undefined : { writer: before.writer, length: before.next };
      insert.run(document, root, epoch, writer, begin.number, timeMs);
      if (root === ARRIVALS_ROOT) forgetPositions.run(document);
      const header = encodeServerHeader({ previous, number: begin.number, timeMs });
      return { writer, next: 0, number: begin.number, timeMs, named: 0, header };
    },
    save(document, { writer, next, number, timeMs, named }) {
      update.run(next, number, timeMs, named, document, writer);
    },
    next(document, writer) {
      const row = known.get(document, writer);
      return row === undefined ? undefined : readInteger(row, 'next');
    },
  };
}
