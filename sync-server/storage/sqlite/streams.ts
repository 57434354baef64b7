import { EPOCH_JUMP } from '../../../crdt/model/chat/arrivals.ts';
import type { Database } from './database.ts';
import { readInteger } from './row.ts';

/** The last arrival number of each stream. */
export interface Streams {
  /** The last number given, in the present epoch's range; a stream unknown so far starts below it. */
  last(stream: string): number;
  save(stream: string, number: number): void;
}

/**
 * Each epoch counts EPOCH_JUMP further on, also in streams that the restored backup doesn't know: the lost history may have given out
 * numbers there, and read markers on devices remember them.
 */
export function streams({ sql }: Database, epoch: number): Streams {
  const find = sql.prepare('SELECT number, epoch FROM streams WHERE name = ?');
  const put = sql.prepare(
    'INSERT INTO streams VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = excluded.number, epoch = excluded.epoch',
  );
  return {
    last(stream) {
      const row = find.get(stream);
      if (row === undefined) return epoch * EPOCH_JUMP;
      return readInteger(row, 'number') + (epoch - readInteger(row, 'epoch')) * EPOCH_JUMP;
    },
    save(stream, number) {
      put.run(stream, number, epoch);
    },
  };
}
