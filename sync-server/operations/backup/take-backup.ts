/** A backup of a running installation: a consistent copy of each file, taken by another process while the server goes on. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RESTORING_FOLDER } from '../../storage/sqlite/data-lock.ts';
import { DATA_FILES, flush, OperationRefused } from './data-files.ts';
import { describeFile, writeManifest, type Manifest } from './manifest.ts';

/** How long to wait for the moment in which a checkpoint or a start holds a file. */
const BUSY_MS = 30_000;

/** One read transaction sees one moment of the file; the server's commits go on beside it. */
function copy(source: string, target: string): void {
  const sql = new DatabaseSync(source, { readOnly: true, timeout: BUSY_MS });
  try {
    sql.prepare('VACUUM INTO ?').run(target);
  } finally {
    sql.close();
  }
}

export interface BackupOptions {
  readonly dataDir: string;
  /** Must not exist; appears when the backup is whole. */
  readonly target: string;
  readonly nowMs: () => number;
}

/** Throws OperationRefused for what the operator can mend; the target exists only if all went well. */
export function takeBackup({ dataDir, target, nowMs }: BackupOptions): Manifest {
  const names = DATA_FILES.filter((name) => existsSync(join(dataDir, name)));
  if (!names.includes('log.db')) throw new OperationRefused(`${dataDir} holds no installation`);
  if (existsSync(join(dataDir, RESTORING_FOLDER)))
    throw new OperationRefused(`a restore into ${dataDir} is not finished`);
  if (existsSync(target)) throw new OperationRefused(`${target} exists already`);

  const incomplete = `${resolve(target)}.incomplete`;
  if (existsSync(incomplete)) {
    throw new OperationRefused(
      `${incomplete} exists: another backup is running, or was interrupted and can be deleted`,
    );
  }
  mkdirSync(incomplete, { recursive: true, mode: 0o700 });
  try {
    const files = names.map((name) => {
      const path = join(incomplete, name);
      copy(join(dataDir, name), path);
      flush(path);
      return describeFile(incomplete, name);
    });
    const manifest = writeManifest(incomplete, nowMs(), files);
    renameSync(incomplete, target);
    flush(dirname(resolve(target)));
    return manifest;
  } catch (error) {
    rmSync(incomplete, { recursive: true, force: true });
    throw error;
  }
}
