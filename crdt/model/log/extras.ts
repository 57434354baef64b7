/**
 * The optional last element of an entry, an object: `{ first: [writer, clock] }` names the place where an entry that is sent again
 * was first written; that place is its id. Later grammar may add keys; today any other is refused.
 */
import type { Json } from './append.ts';
import { isClock, type Place } from './entry-id.ts';
import { isWriter } from './writer.ts';

export interface Extras {
  readonly first: Place | undefined;
}

export const encodeFirst = (place: Place): Json => ({ first: [place.writer, place.clock] });

/** The `first` place of an extras object; null when the value is not exactly such an object. */
export function readFirst(extras: Json | undefined): Place | null {
  if (typeof extras !== 'object' || extras === null || Array.isArray(extras)) return null;
  const keys = Object.keys(extras);
  if (keys.length !== 1 || keys[0] !== 'first') return null;
  const first: unknown = Object.values(extras)[0];
  if (!Array.isArray(first) || first.length !== 2) return null;
  const [writer, clock]: unknown[] = first;
  return isWriter(writer) && isClock(clock) ? { writer, clock } : null;
}
