/** Reading columns of SQLite rows: the parser at this edge. A column of another type is a bug and throws. */
import type { SQLOutputValue } from 'node:sqlite';
import { isWriter, type Writer } from '../../../crdt/model/log/writer.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

function fail(column: string, wanted: string): never {
  throw new TypeError(`column ${column} is not ${wanted}`);
}

export function readInteger(row: Row | undefined, column: string): number {
  const value = row?.[column];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : fail(column, 'an integer');
}

export function readText(row: Row | undefined, column: string): string {
  const value = row?.[column];
  return typeof value === 'string' ? value : fail(column, 'text');
}

export function readBytes(row: Row | undefined, column: string): Uint8Array {
  const value = row?.[column];
  return value instanceof Uint8Array ? value : fail(column, 'bytes');
}

export function readWriter(row: Row | undefined, column: string): Writer {
  const value = row?.[column];
  return isWriter(value) ? value : fail(column, 'a writer');
}
