/**
 * An entry's id is the place where it was first written: writer and clock. It costs no bytes, names its author by arithmetic,
 * and an entry that is sent again by another writer carries it (`first`), so the timeline shows it once.
 */
import { isWriter, type Writer } from './writer.ts';

declare const entryIdBrand: unique symbol;
/** `writer.clock`, both decimal. */
export type EntryId = string & { readonly [entryIdBrand]: true };

export interface Place {
  readonly writer: Writer;
  /** Yjs clock within the writer's log, from 0. */
  readonly clock: number;
}

export const MAX_CLOCK = 2 ** 31 - 1;

export const isClock = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_CLOCK;

export const entryId = (writer: Writer, clock: number): EntryId => `${writer}.${clock}` as EntryId;

/** The place that an id names, or undefined when it is none. */
export function placeOf(id: string): Place | undefined {
  const match = /^([1-9]\d{0,15})\.(0|[1-9]\d{0,9})$/.exec(id);
  if (match === null) return undefined;
  const writer = Number(match[1]);
  const clock = Number(match[2]);
  return isWriter(writer) && isClock(clock) ? { writer, clock } : undefined;
}
