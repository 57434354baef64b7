/**
 * Names as they are compared: without case, accents, or the German question of how to write an umlaut. Index and query take the
 * same way, so Müller, Mueller and Muller find each other, and so do Weiß and Weiss.
 */

/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
};

const PLAIN = /^[a-z0-9]*$/;
const MARKS = /\p{M}/gu;
const COMPOSED = /[ßæœøđðłıþ]/g;
/** ü, ue and u become one; so do Bauer and Baur, which nobody minds. */
const UMLAUTS = /([aou])e/g;

/** A word in the form in which it is compared. */
export function comparable(word: string): string {
  let lower = word.toLowerCase();
  if (!PLAIN.test(lower)) {
    lower = lower
      .normalize('NFD')
      .replace(MARKS, '')
      .replace(COMPOSED, (letter) => LETTERS[letter] ?? letter);
  }
  return lower.replace(UMLAUTS, '$1');
}

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a name, as they are written. */
export const wordsOf = (text: string): string[] => text.match(WORDS) ?? [];
