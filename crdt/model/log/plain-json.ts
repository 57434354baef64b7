/** What an entry may be made of, and when two are the same. The device asks before it writes, the gate before it accepts. */
import * as encoding from 'lib0/encoding';
import type { Json, Tuple } from './append.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { CheckEntry } from './verdict.ts';
import type { Account } from './writer.ts';

/**
 * Why a value cannot lie in a log, or undefined when it can: plain JSON of bounded depth and width, well-formed text, no negative
 * zero, nothing that another reader would read differently. The outermost value counts as depth 1.
 */
export function plainFault(value: unknown, limits: Limits = LIMITS, depth = 1): string | undefined {
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'text';
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? undefined : 'number';
  if (typeof value !== 'object') return 'not plain JSON';
  if (depth > limits.depth) return 'depth';
  const isArray = Array.isArray(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!isArray && prototype !== Object.prototype && prototype !== null) return 'not plain JSON';
  const members: readonly unknown[] = isArray ? value : Object.values(value);
  if (members.length > limits.members) return 'members';
  if (!isArray) {
    for (const key of Object.keys(value)) if (key === '__proto__' || !key.isWellFormed()) return 'key';
  }
  for (const member of members) {
    const fault = plainFault(member, limits, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Why the gate would refuse this entry of this author, or undefined. What a device asks before it writes. */
export function entryFault(
  tuple: Tuple,
  author: Account,
  check: CheckEntry,
  limits: Limits = LIMITS,
): string | undefined {
  const fault = plainFault(tuple, limits) ?? check(tuple, author);
  if (fault !== undefined) return fault;
  const encoder = encoding.createEncoder();
  encoding.writeAny(encoder, tuple as unknown as encoding.AnyEncodable);
  return encoding.length(encoder) > limits.entryBytes ? 'size' : undefined;
}

/** Deep equality of plain JSON; the order of an object's keys does not count. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (isList(one) || isList(other)) {
    if (!isList(one) || !isList(other) || one.length !== other.length) return false;
    return one.every((value, index) => isSameJson(value, other[index]));
  }
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && isSameJson(one[key], other[key]));
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
