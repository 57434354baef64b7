/** The product's own index. */
import type { MatchKind, Phrase } from '../../../crdt/model/search/phrase.ts';
import { PhraseIndex } from '../../../crdt/model/search/phrase-index.ts';
import type { StoredPage } from './page-file.ts';
import type { Way } from './way.ts';

export class PhraseIndexWay implements Way {
  readonly #index = new PhraseIndex();

  build(pages: Iterable<StoredPage>): void {
    for (const { document, chat, messages } of pages) this.#index.put(document, chat, messages);
  }

  hasten(): void {
    while (this.#index.indexNext());
  }

  search(phrase: Phrase, kind: MatchKind, limit: number): readonly number[] {
    const turns = this.#index.search(phrase, kind, {}, limit);
    for (;;) {
      const turn = turns.next();
      if (turn.done === true) return turn.value.map(({ timeMs }) => timeMs);
    }
  }

  narrows(phrase: Phrase): boolean {
    return this.#index.narrows(phrase, 'word-start');
  }
}
