/** MiniSearch as one takes it first: a document for each message, all words must be there, the last may go on; then a look at the text. */
import MiniSearch from 'minisearch';
import type { MatchKind, Phrase } from '../../../crdt/model/search/phrase.ts';
import type { StoredPage } from './page-file.ts';
import { newestFirst, scan } from './plain-scan.ts';
import { inOrder, NO_TEXTS, type Way } from './way.ts';
import { wholeWordsOf, wholeWordsOfPhrase } from './whole-words.ts';

export class PlainMiniSearch implements Way {
  readonly #index = new MiniSearch<{ readonly id: number; readonly text: string }>({
    fields: ['text'],
    tokenize: wholeWordsOf,
    processTerm: (word) => word,
  });
  #all = NO_TEXTS;

  build(pages: Iterable<StoredPage>): void {
    this.#all = inOrder(pages);
    for (const [id, text] of this.#all.texts.entries()) this.#index.add({ id, text });
  }

  search(phrase: Phrase, kind: MatchKind, limit: number): readonly number[] {
    const { words, isUnfinished } = wholeWordsOfPhrase(phrase);
    if (words.length === 0) return scan(this.#all, newestFirst(this.#all.texts.length), phrase, kind, limit);
    const candidates = this.#index
      .search(phrase.text, {
        combineWith: 'AND',
        tokenize: () => [...words],
        prefix: (_, index) => isUnfinished && index === words.length - 1,
      })
      .map(({ id }): number => Number(id));
    return scan(
      this.#all,
      candidates.sort((one, other) => other - one),
      phrase,
      kind,
      limit,
    );
  }
}
