/** Words uncut: the product indexes only their beginnings, to save memory, which would be no favour to the peers. */
import type { Phrase } from '../../../crdt/model/search/phrase.ts';
import { placedWords } from '../../../crdt/model/search/words.ts';

/** Of a normalised text. */
export const wholeWordsOf = (text: string): string[] => Array.from(placedWords(text), ({ word }) => word);

interface PhraseWords {
  /** All that the text must have, in order. */
  readonly words: readonly string[];
  /** Of these, those that must end as they do. */
  readonly complete: readonly string[];
  /** The last of them may go on. */
  readonly isUnfinished: boolean;
}

export function wholeWordsOfPhrase({ text, words, unfinished }: Phrase): PhraseWords {
  const isUnfinished = unfinished !== undefined;
  const count = words.length + (isUnfinished ? 1 : 0);
  const all = wholeWordsOf(text);
  const whole = all.slice(all.length - count);
  return { words: whole, complete: isUnfinished ? whole.slice(0, -1) : whole, isUnfinished };
}
