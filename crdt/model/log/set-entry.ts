/**
 * The `set` entry: "key has this value from now on". `me` documents consist of it, and so do the server's facts in every other
 * document. The latest stamp wins (ties: greater writer, then clock); null takes a key away.
 *
 *     [head, stamp, key, value, extras?]
 */
import type { Json, Tuple } from './append.ts';
import { HEAD } from './entry-kind.ts';
import { readFirst, type Extras } from './extras.ts';
import { LIMITS } from './limits.ts';
import { isStamp, type Stamp } from './stamp.ts';

export interface SetEntry {
  readonly kind: 'set';
  readonly stamp: Stamp;
  readonly key: string;
  readonly value: Json;
  readonly first: Extras['first'];
}

export const encodeSet = (stamp: Stamp, key: string, value: Json): Tuple => [HEAD.set, stamp, key, value];

/** Parses a raw entry; a string says why it is not a `set` entry. Depth and size of the value are the reader's business. */
export function parseSet(tuple: Tuple): SetEntry | string {
  const [head, stamp, key, value, extras] = tuple;
  if (head !== HEAD.set) return 'head';
  if (tuple.length < 4 || tuple.length > 5) return 'length';
  if (!isStamp(stamp)) return 'stamp';
  if (typeof key !== 'string' || key.length === 0 || key.length > LIMITS.keyLength) return 'key';
  if (value === undefined) return 'value';
  const first = tuple.length === 5 ? readFirst(extras) : undefined;
  if (first === null) return 'extras';
  return { kind: 'set', stamp, key, value, first };
}
