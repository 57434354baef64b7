/**
 * The peer of durable-acks: the plain way to acknowledge only what is durable. node:sqlite, write-ahead log, synchronous=FULL, one
 * transaction per message, on the calling thread, with no more bookkeeping than a receipt needs.
 */
import { DatabaseSync } from 'node:sqlite';
import type { Writer } from '../../../crdt/model/log/writer.ts';

export interface SingleCommits {
  /** Stores one update; durable when it returns. The arrival number is the receipt. */
  append(document: string, writer: Writer, clock: number, update: Uint8Array): number;
  close(): void;
}

export function openSingleCommits(file: string, commitDelayMs: number): SingleCommits {
  const sql = new DatabaseSync(file);
  sql.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE log (number INTEGER PRIMARY KEY, document TEXT NOT NULL, bytes BLOB NOT NULL);
    CREATE TABLE writers (document TEXT, writer INTEGER, next INTEGER NOT NULL, PRIMARY KEY (document, writer)) WITHOUT ROWID`);
  const add = sql.prepare('INSERT INTO log (document, bytes) VALUES (?, ?)');
  const reach = sql.prepare('INSERT INTO writers VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next = excluded.next');
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  return {
    append(document, writer, clock, update) {
      sql.exec('BEGIN IMMEDIATE');
      const { lastInsertRowid } = add.run(document, update);
      reach.run(document, writer, clock + 1);
      sql.exec('COMMIT');
      if (commitDelayMs > 0) Atomics.wait(sleeper, 0, 0, commitDelayMs);
      return Number(lastInsertRowid);
    },
    close: () => sql.close(),
  };
}
