/** Names that are found by the beginnings of their words, typing errors forgiven; the only importer of MiniSearch. */
import MiniSearch, { type Query, type SearchOptions } from 'minisearch';
import { comparable, wordsOf } from './name-terms.ts';

interface Named<Id extends string> {
  readonly id: Id;
  readonly name: string;
}

/** As many as anybody looks through before typing on. */
const MOST_FOUND = 50;
/** Below this, whoever typed may have mistyped, and what looks alike is offered after what fits. */
const FEW = 5;
/** Words of so many letters may have one error, or two. */
const ONE_ERROR_FROM = 3;
const TWO_ERRORS_FROM = 6;
/** Words after the tenth and letters after the fortieth are no name. */
const MOST_WORDS = 10;
const MOST_LETTERS = 40;

const errors = (term: string): number => (term.length >= TWO_ERRORS_FROM ? 2 : term.length >= ONE_ERROR_FROM ? 1 : 0);

/** Two letters in the wrong order, the commonest error, are two edits to a fuzzy search; so every pair is tried. */
function swapped(word: string): string[] {
  const found: string[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const [one, other] = [word.charAt(at - 1), word.charAt(at)];
    if (one !== other) found.push(word.slice(0, at - 1) + other + one + word.slice(at + 1));
  }
  return found;
}

export class NameIndex<Id extends string> {
  readonly #names = new Map<Id, string>();
  readonly #index = new MiniSearch<Named<Id>>({
    fields: ['name'],
    tokenize: wordsOf,
    processTerm: comparable,
    // It happens in turns of its own, and what is gone is not found meanwhile.
    autoVacuum: { batchSize: 200, batchWait: 20 },
  });

  get size(): number {
    return this.#names.size;
  }

  ids(): IterableIterator<Id> {
    return this.#names.keys();
  }

  put(id: Id, name: string): void {
    const known = this.#names.get(id);
    if (known === name) return;
    if (known !== undefined) this.#index.discard(id);
    this.#names.set(id, name);
    this.#index.add({ id, name });
  }

  remove(id: Id): void {
    if (this.#names.delete(id)) this.#index.discard(id);
  }

  /** Best first; every word of the query fits a word of the name. `weight` (1 and more) lifts what is near at hand. */
  search(query: string, weight: (id: Id) => number): readonly Id[] {
    const words = wordsOf(query)
      .slice(0, MOST_WORDS)
      .map((word) => word.slice(0, MOST_LETTERS));
    if (words.length === 0) return [];
    const boost = (id: Id): number => weight(id);
    const exact = this.#find(
      { queries: words, combineWith: 'AND' },
      { prefix: true, fuzzy: false, boostDocument: boost },
    );
    if (exact.length >= FEW) return exact.slice(0, MOST_FOUND);
    const alike = this.#find(
      {
        combineWith: 'AND',
        queries: words.map((word) => ({
          combineWith: 'OR',
          queries: [word, { queries: swapped(comparable(word)), fuzzy: false, combineWith: 'OR' }],
        })),
      },
      { prefix: true, fuzzy: errors, boostDocument: boost },
    );
    return [...new Set([...exact, ...alike])].slice(0, MOST_FOUND);
  }

  #find(query: Query, options: SearchOptions): Id[] {
    return this.#index.search(query, options).map(({ id }) => id as Id);
  }
}
