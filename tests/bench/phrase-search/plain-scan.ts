/** No index at all, and the oracle: every text, the newest first. */
import type { MatchKind, Phrase } from '../../../crdt/model/search/phrase.ts';
import type { StoredPage } from './page-file.ts';
import { has, inOrder, NO_TEXTS, type OrderedTexts, type Way } from './way.ts';

export class PlainScan implements Way {
  #all = NO_TEXTS;

  build(pages: Iterable<StoredPage>): void {
    this.#all = inOrder(pages);
  }

  search(phrase: Phrase, kind: MatchKind, limit: number): readonly number[] {
    return scan(this.#all, newestFirst(this.#all.texts.length), phrase, kind, limit);
  }
}

export function* newestFirst(count: number): Generator<number, void> {
  for (let number = count - 1; number >= 0; number -= 1) yield number;
}

/** Looks at the texts of these numbers, in this order. */
export function scan(
  { texts, times }: OrderedTexts,
  numbers: Iterable<number>,
  phrase: Phrase,
  kind: MatchKind,
  limit: number,
): readonly number[] {
  const found: number[] = [];
  for (const number of numbers) {
    if (has(texts[number] ?? '', phrase.text, kind)) found.push(times[number] ?? 0);
    if (found.length === limit) break;
  }
  return found;
}
