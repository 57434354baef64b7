/**
 * Puts a backup in the place of the data folder's files. The files that it replaces are moved aside, never deleted. Everything is
 * prepared beside them first; until the files change places, a failure leaves all as it was.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lockData, RESTORING_FOLDER } from '../../storage/sqlite/data-lock.ts';
import { LOG_MIGRATIONS } from '../../storage/sqlite/log-schema.ts';
import { NewerDataError } from '../../storage/sqlite/migrations.ts';
import { COMPANIONS, DATA_FILES, flush, OperationRefused, type DataFile } from './data-files.ts';
import { checkBackup, describeFile, type Manifest } from './manifest.ts';
import { continueDirectory, readFormerDirectory } from './restored-directory.ts';
import { beginHistory, readFormerLog, type Moment } from './restored-log.ts';

const ASIDE = 'before-restore-';

export interface RestoreOptions extends Moment {
  readonly backup: string;
  readonly dataDir: string;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly epoch: string;
  /** Where the former files are; undefined when there were none. */
  readonly aside: string | undefined;
  /** Documents whose erasures were carried over. */
  readonly erasedDocuments: number;
  /** What could not be carried over, each a sentence for the operator. */
  readonly warnings: readonly string[];
}

/** Throws OperationRefused or DataInUseError, and changes nothing, for what the operator can mend. */
export function restoreBackup(options: RestoreOptions): Restored {
  const { backup, dataDir } = options;
  const manifest = checkBackup(backup);
  const log = manifest.files.find(({ name }) => name === 'log.db');
  if (log === undefined) throw new OperationRefused('the backup lacks log.db');
  if (log.formatVersion > LOG_MIGRATIONS.length) {
    throw new NewerDataError(join(backup, 'log.db'), log.formatVersion, LOG_MIGRATIONS.length);
  }
  const lock = lockData(dataDir, 'restoring');
  try {
    return replaceData(options, manifest);
  } finally {
    lock.release();
  }
}

function replaceData({ backup, dataDir, ...moment }: RestoreOptions, manifest: Manifest): Restored {
  const working = join(dataDir, RESTORING_FOLDER);
  // The folder is what keeps a server from starting, so one that an interrupted restore has left must never be missing meanwhile.
  const interrupted = existsSync(working);
  const former = interrupted ? [dataDir, ...latestAside(dataDir)] : [dataDir];
  const warnings: string[] = [];

  let history: { readonly epoch: string; readonly erasedDocuments: number };
  try {
    mkdirSync(working, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(working)) rmSync(join(working, name), { recursive: true });
    for (const { name } of manifest.files) copyFileSync(join(backup, name), join(working, name));
    history = prepare(working, former, moment, warnings);
    for (const { name } of manifest.files) {
      describeFile(working, name);
      flush(join(working, name));
    }
    flush(working);
  } catch (error) {
    if (!interrupted) rmSync(working, { recursive: true, force: true });
    throw error;
  }

  const aside = moveAside(dataDir, moment.nowMs());
  for (const { name } of manifest.files) renameSync(join(working, name), join(dataDir, name));
  flush(dataDir);
  rmSync(working, { recursive: true });
  flush(dataDir);
  return { manifest, ...history, aside, warnings };
}

/** Makes the copies in `working` go on from what is known of the former data. */
function prepare(
  working: string,
  former: readonly string[],
  moment: Moment,
  warnings: string[],
): { readonly epoch: string; readonly erasedDocuments: number } {
  /** Reads former files; one that is damaged is worth a warning, never a reason not to restore. */
  const salvage = <T>(name: DataFile, lost: string, read: (file: string) => T): T[] =>
    former
      .map((folder) => join(folder, name))
      .filter((file) => existsSync(file))
      .flatMap((file) => {
        try {
          settle(file);
          return [read(file)];
        } catch (error) {
          warnings.push(`${file} can't be read (${String(error)}): ${lost}`);
          return [];
        }
      });

  const logs = salvage('log.db', 'messages deleted since the backup may come back', readFormerLog);
  const { id } = beginHistory(join(working, 'log.db'), logs, moment);
  if (existsSync(join(working, 'directory.db'))) {
    const directories = salvage(
      'directory.db',
      'account numbers go on with a gap, and who has signed out since the backup is signed in again',
      readFormerDirectory,
    );
    continueDirectory(join(working, 'directory.db'), directories);
  }
  return { epoch: id, erasedDocuments: new Set(logs.flatMap(({ erasures }) => [...erasures.keys()])).size };
}

/** Takes the write-ahead log into the file, so that the file alone is all. */
function settle(file: string): void {
  const sql = new DatabaseSync(file);
  try {
    sql.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    sql.close();
  }
}

/** Where an interrupted restore may have moved the former files. */
const latestAside = (dataDir: string): string[] =>
  readdirSync(dataDir)
    .filter((name) => name.startsWith(ASIDE))
    .toSorted()
    .slice(-1)
    .map((name) => join(dataDir, name));

function moveAside(dataDir: string, nowMs: number): string | undefined {
  const companions = DATA_FILES.flatMap((name) => COMPANIONS.map((suffix) => `${name}${suffix}`));
  const present = [...DATA_FILES, ...companions].filter((name) => existsSync(join(dataDir, name)));
  if (present.length === 0) return undefined;
  const aside = join(dataDir, `${ASIDE}${new Date(nowMs).toISOString().replaceAll(':', '-')}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const name of present) renameSync(join(dataDir, name), join(aside, name));
  flush(aside);
  return aside;
}
