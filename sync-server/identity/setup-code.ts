import { createHash, timingSafeEqual } from 'node:crypto';

/** Letters and digits that can't be taken for one another. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The one-time code that the first visit asks for: three groups of four, 60 random bits of the caller (12 bytes). */
export function makeSetupCode(randomBytes: Uint8Array): string {
  const letters = [...randomBytes.subarray(0, 12)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '');
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8, 12)].map((group) => group.join('')).join('-');
}

/** Compares in constant time; small letters, blanks and missing dashes are forgiven. */
export function isSetupCode(given: string, code: string): boolean {
  const digest = (text: string) =>
    createHash('sha256')
      .update(text.toUpperCase().replaceAll(/[^0-9A-Z]/gu, ''))
      .digest();
  return timingSafeEqual(digest(given), digest(code));
}
