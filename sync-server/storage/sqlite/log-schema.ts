/** Format of log.db. Writers are 53-bit integers; clocks and sequences start as Yjs and SQLite start them: at 0 and 1. */
import type { Migration } from './migrations.ts';

export const LOG_MIGRATIONS: readonly Migration[] = [
  `
  -- The histories that this installation has had; the greatest ordinal is the present one, each restore adds one.
  CREATE TABLE epochs (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;

  -- What arrival numbers count over: the last number, and the epoch that it was given in.
  CREATE TABLE streams (
    name TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    epoch INTEGER NOT NULL REFERENCES epochs
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    stream TEXT NOT NULL,
    sequence INTEGER NOT NULL,             -- of its last change
    number INTEGER NOT NULL DEFAULT 0,     -- of its last arrival
    entries INTEGER NOT NULL DEFAULT 0,    -- of clients, erased ones included
    writers INTEGER NOT NULL DEFAULT 0,    -- of clients
    rows INTEGER NOT NULL DEFAULT 0,       -- in the log
    erasures INTEGER NOT NULL DEFAULT 0    -- rows in the log that may hold text that is erased
  ) STRICT;
  CREATE INDEX documentsByStream ON documents (stream, sequence);
  CREATE INDEX documentsBySequence ON documents (sequence);
  CREATE INDEX documentsToCompact ON documents (erasures, rows) WHERE erasures > 0 OR rows >= 100;

  -- Client writers. The position is the one that the present server writer's arrivals call it by.
  CREATE TABLE writers (
    document INTEGER NOT NULL REFERENCES documents,
    writer INTEGER NOT NULL,
    next INTEGER NOT NULL,
    position INTEGER,
    PRIMARY KEY (document, writer)
  ) STRICT, WITHOUT ROWID;

  -- The server's own writers, one per document, root and epoch; kept, because each names its predecessor.
  CREATE TABLE serverWriters (
    document INTEGER NOT NULL REFERENCES documents,
    root TEXT NOT NULL,
    epoch INTEGER NOT NULL REFERENCES epochs,
    writer INTEGER NOT NULL,
    next INTEGER NOT NULL,
    number INTEGER NOT NULL,               -- of its last arrival, at first the header's
    timeMs INTEGER NOT NULL,               -- of its last arrival, at first the header's
    named INTEGER NOT NULL DEFAULT 0,      -- client writers that have a position
    PRIMARY KEY (document, root, epoch),
    UNIQUE (document, writer)
  ) STRICT, WITHOUT ROWID;

  -- One row per commit of a document: its V1 updates, each preceded by its length. A sequence is never given twice.
  CREATE TABLE log (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents,
    updates BLOB NOT NULL
  ) STRICT;
  CREATE INDEX logByDocument ON log (document, sequence);

  -- Everything that was ever erased, clocks only, for ever: a restore carries it over to an older backup.
  CREATE TABLE erasures (
    document INTEGER NOT NULL REFERENCES documents,
    writer INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (document, writer, start)
  ) STRICT, WITHOUT ROWID;
  `,
];
