/**
 * One server for one data folder: an SQLite lock that is held for the process's life. The operating system releases it, also after a
 * kill, so there is nothing to clean up.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/** A restore works in this folder; while it exists, the data folder is not in one piece. */
export const RESTORING_FOLDER = 'restoring';

export class DataInUseError extends Error {
  readonly code = 'data-in-use';
  constructor(dataDir: string) {
    super(`${dataDir} is in use by a running server`);
  }
}

export class InterruptedRestoreError extends Error {
  readonly code = 'interrupted-restore';
  constructor(dataDir: string) {
    super(`a restore into ${dataDir} was interrupted: run "npm run restore" again`);
  }
}

/** A lock that nobody refers to would be collected, and so released. */
const held = new Set<DatabaseSync>();

export interface DataLock {
  release(): void;
}

/**
 * Creates the folder if need be and locks it. Throws DataInUseError when another server has it, and InterruptedRestoreError when
 * `restoring` is not set and a restore was left half done.
 */
export function lockData(dataDir: string, purpose: 'serving' | 'restoring' = 'serving'): DataLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const sql = new DatabaseSync(join(dataDir, 'lock.db'), { timeout: 0 });
  try {
    sql.exec('BEGIN EXCLUSIVE');
    if (purpose === 'serving' && existsSync(join(dataDir, RESTORING_FOLDER)))
      throw new InterruptedRestoreError(dataDir);
  } catch (error) {
    sql.close();
    const busy = error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
    throw busy ? new DataInUseError(dataDir) : error;
  }
  held.add(sql);
  return {
    release() {
      held.delete(sql);
      sql.close();
    },
  };
}
