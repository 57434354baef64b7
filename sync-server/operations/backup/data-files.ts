/** The files of a data folder that a backup consists of. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

/**
 * In the order of copying: what refers comes before what it refers to. Entries in the log name accounts of the directory, people in
 * the directory name users of identity.db; both are only ever added, so the later copy holds all that the earlier one names. What the
 * log's copy lacks of the directory's later changes is projected again after a restore; what activity.db lacks is told again.
 */
export const DATA_FILES = ['activity.db', 'log.db', 'directory.db', 'identity.db'] as const;

export type DataFile = (typeof DATA_FILES)[number];

export const isDataFile = (name: unknown): name is DataFile => DATA_FILES.some((file) => file === name);

/** What SQLite keeps beside a database file. */
export const COMPANIONS = ['-wal', '-shm', '-journal'] as const;

/** Backup or restore can't be carried out, for a reason that the operator can do something about. */
export class OperationRefused extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

/** Waits until a file, or a folder's list of names, is on the disk. */
export function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
