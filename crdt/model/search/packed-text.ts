/**
 * Texts of one byte a unit. A single emoji or dash makes a text take two bytes for each of its units, with all that it is joined to:
 * twice the memory, and longer to look through. So a unit that needs two is written as four that need one: a control character that
 * begins it, and three others. Where the one text has the other, the packed one has the packed other, and nowhere else, since no unit
 * begins within another's four.
 */

/** What needs two bytes, and the control characters that are written instead. */
const UNPACKABLE = /[\u0080-\u009f\u0100-\uffff]/;
const PACKED = /[\u0080-\u008f][\u0090-\u009f]{3}/g;
const FIRST_BEGINNING = 0x80;
const FIRST_FOLLOWING = 0x90;
const BEYOND_PACKED = 0xa0;
/** Bits that each of the four tells. */
const BITS = 4;
const MASK = (1 << BITS) - 1;
/** Units that one is packed to. */
const PACKED_UNITS = 4;
/** So many units are packed at once, as many as one call of a function takes everywhere. */
const AT_ONCE = 4_096;
const BUFFER = new Uint8Array(PACKED_UNITS * AT_ONCE);

export function pack(text: string): string {
  if (!UNPACKABLE.test(text)) return text;
  let packed = '';
  for (let from = 0; from < text.length; from += AT_ONCE) {
    const size = packInto(BUFFER, text, from, Math.min(text.length, from + AT_ONCE));
    // Of characters that take one byte each the engine makes a string of one byte a unit; of parts of the text it would make none.
    packed += Reflect.apply(String.fromCharCode, undefined, BUFFER.subarray(0, size));
  }
  return packed;
}

/** Tells how many units the part of the text was packed to. */
function packInto(units: Uint8Array, text: string, from: number, to: number): number {
  let size = 0;
  for (let index = from; index < to; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < FIRST_BEGINNING || (unit >= BEYOND_PACKED && unit <= 0xff)) {
      units[size] = unit;
      size += 1;
      continue;
    }
    units[size] = FIRST_BEGINNING + (unit >> (3 * BITS));
    units[size + 1] = FIRST_FOLLOWING + ((unit >> (2 * BITS)) & MASK);
    units[size + 2] = FIRST_FOLLOWING + ((unit >> BITS) & MASK);
    units[size + 3] = FIRST_FOLLOWING + (unit & MASK);
    size += PACKED_UNITS;
  }
  return size;
}

export const unpack = (packed: string): string => packed.replace(PACKED, unpackUnit);

function unpackUnit(four: string): string {
  let unit = 0;
  for (let index = 0; index < four.length; index += 1) unit = (unit << BITS) | (four.charCodeAt(index) & MASK);
  return String.fromCharCode(unit);
}

/** True when the unit of a packed text at an index is none of the text's own. */
export function isOfPacked(packed: string, index: number): boolean {
  const unit = packed.charCodeAt(index);
  return unit >= FIRST_BEGINNING && unit < BEYOND_PACKED;
}
