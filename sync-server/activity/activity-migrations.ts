/**
 * Format of activity.db: what is told often and may be lost for a moment, because it is told again. So its commits don't wait for the
 * disk (see openDatabase), and nothing here is authority over anything.
 */
import type { Migration } from '../storage/sqlite/migrations.ts';

export const ACTIVITY_MIGRATIONS: readonly Migration[] = [
  `
  -- Arrival numbers up to which a person's devices have a chat, and the person has read it. They only grow.
  CREATE TABLE positions (
    chat TEXT NOT NULL,
    account INTEGER NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (chat, account)
  ) STRICT, WITHOUT ROWID;

  -- People who have switched read receipts off.
  CREATE TABLE silent (account INTEGER PRIMARY KEY) STRICT;

  -- Up to this sequence of the log's history, me documents are mirrored above.
  CREATE TABLE mirrored (epoch TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  -- When, and as what, a session was last heard of.
  CREATE TABLE seen (session TEXT PRIMARY KEY, atMs INTEGER NOT NULL, browser TEXT, system TEXT) STRICT, WITHOUT ROWID;
  `,
];
