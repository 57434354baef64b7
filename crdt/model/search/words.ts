/**
 * What words are, for index and query alike: runs of letters and digits. In scripts that are written without spaces each character
 * is a word, and so is each emoji. Punctuation is none, and ends one. All texts are normalised.
 */

/** Scripts that put no spaces between words. */
const UNSPACED = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`;
/** Marks and joiners are of the word before them. */
const CONTINUING = String.raw`\p{M}\u200c\u200d`;
/** What belongs to the character before it, skin tones too. */
const ATTACHED = String.raw`${CONTINUING}\p{Emoji_Modifier}`;

const WORD = new RegExp(
  [
    String.raw`[[\p{L}\p{N}]&&[${UNSPACED}]]`,
    String.raw`[[\p{L}\p{N}]--[${UNSPACED}]][[\p{L}\p{N}${CONTINUING}]--[[\p{L}\p{N}]&&[${UNSPACED}]]]*`,
    String.raw`[[\p{Extended_Pictographic}\p{RI}]--[\p{L}\p{N}]]`,
  ].join('|'),
  'gv',
);
const LETTER = /^[\p{L}\p{N}]/u;
const UNSPACED_LETTER = new RegExp(String.raw`^[[\p{L}\p{N}]&&[${UNSPACED}]]`, 'v');
const CONTINUING_CHARACTER = new RegExp(`^[${CONTINUING}]`, 'v');
const ATTACHED_CHARACTER = new RegExp(`^[${ATTACHED}]`, 'v');
const ATTACHED_ALONE = new RegExp(`^[${ATTACHED}]+$`, 'v');
const JOINER = '\u200d';

/**
 * Units of a word that are indexed: longer ones are told apart by their texts. Of half a million different words in a million messages
 * most occur once; with so few units they are half as many, and the index takes a third less memory.
 */
const MAX_WORD = 7;

/** Words of a text as they are indexed, in order, as often as they occur. */
export function wordsOf(text: string): string[] {
  const words = text.match(WORD) ?? [];
  for (const [index, word] of words.entries()) if (word.length > MAX_WORD) words[index] = cutWord(word);
  return words;
}

export const cutWord = (word: string): string => word.slice(0, MAX_WORD);

/** Words with their places, uncut. */
export function* placedWords(text: string): Generator<{ readonly word: string; readonly from: number }> {
  for (const match of text.matchAll(WORD)) yield { word: match[0], from: match.index };
}

/** False for a character of a script without spaces and for an emoji: these are whole as they stand, whatever is around them. */
export const isSpaced = (word: string): boolean => LETTER.test(word) && !UNSPACED_LETTER.test(word);

/** True for a text of nothing but what belongs to a character before it. */
export const isAttached = (text: string): boolean => ATTACHED_ALONE.test(text);

/** Of ASCII: 1 where a letter or digit is. */
const ASCII_LETTER = Uint8Array.from({ length: 128 }, (_, code) => (LETTER.test(String.fromCharCode(code)) ? 1 : 0));

/**
 * True when a word, an emoji or a piece of punctuation starts at the index: a match may begin there. Never within a character, nor at
 * what is attached to the one before.
 */
export function startsWord(text: string, index: number): boolean {
  if (index === 0) return true;
  const [before, at] = [text.charCodeAt(index - 1), text.charCodeAt(index)];
  if (before < 128 && at < 128) return ASCII_LETTER[at] === 0 || ASCII_LETTER[before] === 0;
  return startsCharacter(text, index);
}

function startsCharacter(text: string, index: number): boolean {
  if (isHalf(text, index)) return false;
  const here = String.fromCodePoint(text.codePointAt(index) ?? 0);
  if (ATTACHED_CHARACTER.test(here) || text[index - 1] === JOINER) return false;
  if (!LETTER.test(here) || UNSPACED_LETTER.test(here)) return true;
  let base = characterBefore(text, index);
  for (let at = index - base.length; CONTINUING_CHARACTER.test(base) && at > 0; at -= base.length) {
    base = characterBefore(text, at);
  }
  return !LETTER.test(base) || UNSPACED_LETTER.test(base);
}

const characterBefore = (text: string, index: number): string =>
  text.slice(isHalf(text, index - 1) ? index - 2 : index - 1, index);

/** True for the second half of a character; a normalised text has none alone. */
function isHalf(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
