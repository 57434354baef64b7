/** How frequent words are. */
import { normalise } from '../../../crdt/model/search/normalise.ts';
import type { StoredPage } from './page-file.ts';
import { wholeWordsOf } from './whole-words.ts';

export interface WordCounts {
  isRare(word: string): boolean;
  isCommon(word: string): boolean;
}

/** Enough of the texts to tell rare from common. */
const SAMPLE = 100_000;
/** Of the texts. */
const RARE = 1 / 5_000;
const COMMON = 1 / 200;

export function countWords(texts: readonly string[]): WordCounts {
  const every = Math.ceil(texts.length / SAMPLE);
  const counts = new Map<string, number>();
  let sampled = 0;
  for (let number = 0; number < texts.length; number += every) {
    sampled += 1;
    for (const word of new Set(wholeWordsOf(normalise(texts[number] ?? ''))))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const share = (word: string): number => (counts.get(word) ?? 0) / sampled;
  return { isRare: (word) => share(word) <= RARE, isCommon: (word) => share(word) > COMMON };
}

const BLOCK_MESSAGES = 64;

/** In which share of the blocks of 64 messages each of the words is. */
export function blockShares(pages: Iterable<StoredPage>, words: ReadonlySet<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let blocks = 0;
  for (const { messages } of pages) {
    for (let from = 0; from < messages.length; from += BLOCK_MESSAGES) {
      blocks += 1;
      const text = normalise(
        messages
          .slice(from, from + BLOCK_MESSAGES)
          .map((message) => message.text)
          .join('\n'),
      );
      for (const word of new Set(wholeWordsOf(text)))
        if (words.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return new Map([...words].map((word) => [word, (counts.get(word) ?? 0) / blocks]));
}
