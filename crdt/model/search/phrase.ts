/** A phrase as it was typed, and how a text has it. */
import { normalise } from './normalise.ts';
import { pack } from './packed-text.ts';
import { cutWord, isAttached, isSpaced, placedWords, startsWord } from './words.ts';

/** Units of a phrase that are compared; nobody types so many, and who pastes more is told. */
export const MAX_PHRASE = 500;
/** Units of what was typed that are looked at: white space may shrink to a tenth. */
const TYPED = 10 * MAX_PHRASE;

export interface Phrase {
  /** Normalised. */
  readonly text: string;
  /** As it stands in packed texts. */
  readonly packed: string;
  /** Only the beginning of what was typed is looked for. */
  readonly isCut: boolean;
  /** Words as they are indexed, which a text must have in which a match begins at the start of a word. */
  readonly words: readonly string[];
  /** Of these, those that it must have wherever the match begins. */
  readonly innerWords: readonly string[];
  /** What a word of the text must begin with, where the last word of the phrase may go on and the match begins at the start of a word. */
  readonly unfinished: string | undefined;
}

/** Where a match begins: at the start of a word, or within one. */
export type MatchKind = 'word-start' | 'inside';

/** Undefined when there is nothing to look for. */
export function parsePhrase(typed: string): Phrase | undefined {
  const whole = normalise(cut(typed, TYPED));
  const text = cut(whole, MAX_PHRASE).trim();
  if (text === '') return undefined;
  const words: string[] = [];
  const innerWords: string[] = [];
  let unfinished: string | undefined;
  for (const { word, from } of placedWords(text)) {
    const spaced = isSpaced(word);
    // What the phrase begins with may be attached to a letter before it, and be no beginning.
    if (spaced && isAttached(text.slice(0, from))) continue;
    if (spaced && from + word.length === text.length) {
      unfinished = cutWord(word);
      continue;
    }
    words.push(cutWord(word));
    if (!spaced || from > 0) innerWords.push(cutWord(word));
  }
  const isCut = whole.length > MAX_PHRASE || typed.length > TYPED;
  return { text, packed: pack(text), isCut, words, innerWords, unfinished };
}

/** The beginning of a text, without half a character at its end. */
function cut(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? units - 1 : units);
}

/**
 * How the part of a normalised text from `from` to `to` has the phrase: `inside` only when no match in it begins at the start of a
 * word. `first`: where it is known to begin first.
 */
export function matchKind(
  text: string,
  { text: phrase }: Phrase,
  from = 0,
  to = text.length,
  first = text.indexOf(phrase, from),
): MatchKind | undefined {
  let kind: MatchKind | undefined;
  for (let at = first; at >= 0 && at + phrase.length <= to; at = text.indexOf(phrase, at + 1)) {
    if (at === from || startsWord(text, at)) return 'word-start';
    kind = 'inside';
  }
  return kind;
}
