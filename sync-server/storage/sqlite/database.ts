/** One SQLite file, opened the only way this house opens them: what is committed is on the disk, what is erased is overwritten. */
import { DatabaseSync } from 'node:sqlite';
import { migrate, type Migration } from './migrations.ts';
import { readInteger, readText } from './row.ts';

export interface Database {
  readonly sql: DatabaseSync;
  /** Runs `work` between BEGIN IMMEDIATE and COMMIT, or ROLLBACK when it throws. `work` must be synchronous; never nested. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** How long to wait for a lock that another process holds for a moment, such as a backup that begins. */
const BUSY_MS = 5_000;

/**
 * Opens or creates the file and brings it to the newest format. Throws NewerDataError for data of a newer program. Without `FULL` a
 * commit doesn't wait for the disk: a power failure may take the last ones, never the order or the file; for what is told again.
 */
export function openDatabase(
  file: string,
  migrations: readonly Migration[],
  synchronous: 'FULL' | 'NORMAL' = 'FULL',
): Database {
  const sql = new DatabaseSync(file, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  try {
    sql.exec('PRAGMA journal_mode = WAL');
    sql.exec(`PRAGMA synchronous = ${synchronous}`);
    sql.exec('PRAGMA secure_delete = ON');
    migrate(sql, file, migrations);
  } catch (error) {
    sql.close();
    throw error;
  }
  return {
    sql,
    transaction(work) {
      sql.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        sql.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk can have rolled the transaction back already.
        if (sql.isTransaction) sql.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => sql.close(),
  };
}

/** What the connection says of its own durability, for proofs. */
export function durabilityOf({ sql }: Database): { readonly synchronous: number; readonly journalMode: string } {
  return {
    synchronous: readInteger(sql.prepare('PRAGMA synchronous').get(), 'synchronous'),
    journalMode: readText(sql.prepare('PRAGMA journal_mode').get(), 'journal_mode'),
  };
}

/** Moves everything from the write-ahead log into the file and empties it; false when a reader (a backup) is in the way. */
export function emptyWriteAheadLog({ sql }: Database): boolean {
  sql.exec('PRAGMA busy_timeout = 0');
  try {
    return readInteger(sql.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get(), 'busy') === 0;
  } finally {
    sql.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  }
}
