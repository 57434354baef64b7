/**
 * Format versions of a database file: `PRAGMA user_version` counts the migrations that have been carried out. A released migration is
 * never changed; a new format is a new migration at the end.
 */
import type { DatabaseSync } from 'node:sqlite';
import { readInteger } from './row.ts';

/** SQL, or a function for what SQL can't say; runs inside the transaction that raises the version. */
export type Migration = string | ((sql: DatabaseSync) => void);

/** The file was written by a newer version of the program; it is left untouched. */
export class NewerDataError extends Error {
  readonly code = 'newer-data';
  constructor(file: string, found: number, known: number) {
    super(
      `${file} has format version ${found}, this program knows versions up to ${known}: start the version that wrote it, or a newer one`,
    );
  }
}

export const formatVersion = (sql: DatabaseSync): number =>
  readInteger(sql.prepare('PRAGMA user_version').get(), 'user_version');

/** Brings a file to the newest format, step by step, each step in a transaction; throws NewerDataError for what it doesn't know. */
export function migrate(sql: DatabaseSync, file: string, migrations: readonly Migration[]): void {
  const found = formatVersion(sql);
  if (found > migrations.length) throw new NewerDataError(file, found, migrations.length);
  for (const [index, migration] of migrations.entries()) {
    if (index < found) continue;
    sql.exec('BEGIN IMMEDIATE');
    try {
      if (typeof migration === 'string') sql.exec(migration);
      else migration(sql);
      sql.exec(`PRAGMA user_version = ${index + 1}`);
      sql.exec('COMMIT');
    } catch (error) {
      if (sql.isTransaction) sql.exec('ROLLBACK');
      throw error;
    }
  }
}
