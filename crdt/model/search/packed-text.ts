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
/** So many units are given to a function at once. */
const AT_ONCE = 4_096;

export function pack(text: string): string {
  if (!UNPACKABLE.test(text)) return text;
  const units: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < FIRST_BEGINNING || (unit >= BEYOND_PACKED && unit <= 0xff)) units.push(unit);
    else {
      units.push(
        FIRST_BEGINNING + (unit >> (3 * BITS)),
        FIRST_FOLLOWING + ((unit >> (2 * BITS)) & MASK),
        FIRST_FOLLOWING + ((unit >> BITS) & MASK),
        FIRST_FOLLOWING + (unit & MASK),
      );
    }
  }
  let packed = '';
  for (let from = 0; from < units.length; from += AT_ONCE) {
    packed += String.fromCharCode(...units.slice(from, from + AT_ONCE));
  }
  return packed;
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
