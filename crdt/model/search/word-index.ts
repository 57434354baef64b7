/** Which blocks of texts have a word; the only importer of MiniSearch in here, whose scores are not asked for. */
import MiniSearch from 'minisearch';
import { wordsOf } from './words.ts';

interface WordBlock {
  readonly id: number;
  readonly text: string;
}

const FIELD = 'text';
/** A beginning with more words is looked for in the texts: going through the words takes as long. */
const MOST_WORDS = 64;

export class WordIndex extends MiniSearch<WordBlock> {
  constructor() {
    super({
      fields: [FIELD],
      tokenize: wordsOf,
      processTerm: (word) => word,
      // It happens in turns of its own, and what is gone is not found meanwhile.
      autoVacuum: { batchSize: 200, batchWait: 20 },
    });
  }

  /** In how many blocks a word is, of which some may be gone since. */
  frequencyOf(word: string): number {
    return this.#postings(word)?.size ?? 0;
  }

  /** Ids of blocks that have the word, or had it. */
  blocksWith(word: string): number[] {
    return this.#ids(this.#postings(word)?.keys() ?? []);
  }

  /** The same for all words that begin with `beginning`; undefined when that are many words, or more than `most` blocks. */
  blocksWithBeginning(beginning: string, most: number): number[] | undefined {
    const found = new Set<number>();
    let words = 0;
    for (const [, fields] of this._index.atPrefix(beginning)) {
      for (const id of fields.get(this.#field)?.keys() ?? []) found.add(id);
      words += 1;
      if (found.size > most || words > MOST_WORDS) return undefined;
    }
    return this.#ids(found);
  }

  get #field(): number {
    return this._fieldIds[FIELD] ?? 0;
  }

  #postings(word: string): ReadonlyMap<number, number> | undefined {
    return this._index.get(word)?.get(this.#field);
  }

  /** From MiniSearch's own numbers; it knows none of a block that was taken out. */
  #ids(numbers: Iterable<number>): number[] {
    const ids: number[] = [];
    for (const number of numbers) {
      const id: unknown = this._documentIds.get(number);
      if (typeof id === 'number') ids.push(id);
    }
    return ids;
  }
}
