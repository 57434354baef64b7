/**
 * Writing the file anew, once something was erased. SQLite's secure_delete overwrites what is deleted, but not the copies that stay
 * in the unused part of a page when its cells are moved; only VACUUM leaves none. It takes about 8 ms per MB, in which nothing is
 * committed, so it has a budget, and files that would take seconds are left alone: their remains are few, and go with later writes.
 */
import { emptyWriteAheadLog, type Database } from './database.ts';
import { readInteger } from './row.ts';

/** About two seconds. */
const MAX_BYTES = 256 * 1_048_576;
/** Share of the time that rewriting may take: one that took 50 ms is not repeated for 5 s. */
const SHARE = 0.01;

export interface Rewriting {
  /** Something erased has left the rows. */
  erased(): void;
  /** Rewrites the file if that is due and within the budget; what the disk has no room for stays due. */
  ifDue(): void;
}

/** `nowMs`: any clock that does not go back. After a crash nobody knows whether it was due, so it begins as due. */
export function fileRewriting(database: Database, nowMs: () => number): Rewriting {
  const { sql } = database;
  let due = true;
  let notBeforeMs = 0;

  const sizeBytes = (): number =>
    readInteger(sql.prepare('PRAGMA page_count').get(), 'page_count') *
    readInteger(sql.prepare('PRAGMA page_size').get(), 'page_size');

  return {
    erased() {
      due = true;
    },
    ifDue() {
      const beganMs = nowMs();
      if (!due || beganMs < notBeforeMs || sizeBytes() > MAX_BYTES) return;
      try {
        sql.exec('VACUUM');
        due = !emptyWriteAheadLog(database);
      } catch {
        // A full disk; the file is as it was.
      }
      const endedMs = nowMs();
      notBeforeMs = endedMs + (endedMs - beganMs) / SHARE;
    },
  };
}
