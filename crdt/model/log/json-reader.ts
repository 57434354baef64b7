/** Reads lib0's `any` encoding as plain JSON, in the one spelling that lib0 writes, and steps over any other. */
import type { Json } from './append.ts';
import { Refusal, type ByteReader } from './byte-reader.ts';

const TAG = {
  undefined: 127,
  null: 126,
  integer: 125,
  float32: 124,
  float64: 123,
  bigint: 122,
  false: 121,
  true: 120,
  text: 119,
  object: 118,
  array: 117,
  binary: 116,
} as const;

/** Guards the stack; far above what any vocabulary allows (LIMITS.depth), far below what a stack holds. */
const HARD_DEPTH = 64;

/** Guards time and memory; far above LIMITS.members. */
const HARD_MEMBERS = 1_024;

const isSmallInteger = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= 0x7fffffff;

/**
 * The next value; refuses what JSON does not know (undefined, bigint, binary, NaN) and what lib0 would have written otherwise. Gives
 * up as too big where a part of it begins behind the position `stop`, before much has been built.
 */
export function readJson(reader: ByteReader, stop: number, depth = 0): Json {
  if (depth > HARD_DEPTH) throw new Refusal('bad-entry', 'nested too deeply');
  if (reader.position > stop) throw new Refusal('too-big', 'entry');
  const tag = reader.byte();
  switch (tag) {
    case TAG.null:
      return null;
    case TAG.true:
      return true;
    case TAG.false:
      return false;
    case TAG.integer:
      return reader.varInt31();
    case TAG.float32:
    case TAG.float64: {
      const value = tag === TAG.float32 ? reader.float32() : reader.float64();
      if (!Number.isFinite(value)) throw new Refusal('bad-entry', 'not a finite number');
      if (isSmallInteger(value) || (tag === TAG.float64 && Math.fround(value) === value)) {
        throw new Refusal('bad-entry', 'number in a spelling of its own');
      }
      return value;
    }
    case TAG.text:
      return reader.text();
    case TAG.array: {
      // The declared length allocates nothing: each value must be there, and has a byte at least.
      const values: Json[] = [];
      for (let left = readCount(reader); left > 0; left -= 1) values.push(readJson(reader, stop, depth + 1));
      return values;
    }
    case TAG.object: {
      const object: Record<string, Json> = {};
      for (let left = readCount(reader); left > 0; left -= 1) {
        const key = reader.text();
        if (key === '__proto__' || Object.hasOwn(object, key)) throw new Refusal('bad-entry', 'key');
        object[key] = readJson(reader, stop, depth + 1);
      }
      return object;
    }
    default:
      throw new Refusal('bad-entry', 'not plain JSON');
  }
}

function readCount(reader: ByteReader): number {
  const count = reader.varUint();
  if (count > HARD_MEMBERS) throw new Refusal('bad-entry', 'members');
  return count;
}

/** Steps over the next value, whatever it is, without building it. */
export function skipAny(reader: ByteReader, depth = 0): void {
  if (depth > HARD_DEPTH) throw new Refusal('malformed', 'nested too deeply');
  switch (reader.byte()) {
    case TAG.undefined:
    case TAG.null:
    case TAG.true:
    case TAG.false:
      return;
    case TAG.integer:
      while (reader.byte() >= 128);
      return;
    case TAG.float32:
      reader.skip(4);
      return;
    case TAG.float64:
    case TAG.bigint:
      reader.skip(8);
      return;
    case TAG.text:
    case TAG.binary:
      reader.skip(reader.varUint());
      return;
    case TAG.array:
      for (let left = reader.varUint(); left > 0; left -= 1) skipAny(reader, depth + 1);
      return;
    case TAG.object:
      for (let left = reader.varUint(); left > 0; left -= 1) {
        reader.skip(reader.varUint());
        skipAny(reader, depth + 1);
      }
      return;
    default:
      throw new Refusal('malformed', 'unknown value');
  }
}
