/** A log in a folder of its own that a test removes again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLogStore, type SqliteLogOptions, type SqliteLogStore } from './log-store.ts';

export interface LogFolder {
  readonly folder: string;
  readonly file: string;
  open(options?: Partial<SqliteLogOptions>): Promise<SqliteLogStore>;
  remove(): Promise<void>;
}

export async function createLogFolder(): Promise<LogFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'hausfunk-log-'));
  const file = join(folder, 'log.db');
  let random = 0;
  return {
    folder,
    file,
    open: (options = {}) => openSqliteLogStore({ file, nowMs: Date.now, random32: () => (random += 1), ...options }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
