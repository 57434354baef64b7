/** The histories of an installation. The first begins with the file; a restore begins another. */
import type { Database } from './database.ts';
import { readInteger, readText } from './row.ts';

export interface Epoch {
  /** 0 for the first, one more for each restore. */
  readonly ordinal: number;
  readonly id: string;
}

export function presentEpoch({ sql }: Database): Epoch | undefined {
  const row = sql.prepare('SELECT ordinal, id FROM epochs ORDER BY ordinal DESC LIMIT 1').get();
  return row === undefined ? undefined : { ordinal: readInteger(row, 'ordinal'), id: readText(row, 'id') };
}

export function beginEpoch({ sql }: Database, epoch: Epoch): void {
  sql.prepare('INSERT INTO epochs (ordinal, id) VALUES (?, ?)').run(epoch.ordinal, epoch.id);
}

/** 128 random bits, as devices and cursors compare them. */
export const newEpochId = (random32: () => number): string =>
  Array.from({ length: 4 }, () => random32().toString(16).padStart(8, '0')).join('');
