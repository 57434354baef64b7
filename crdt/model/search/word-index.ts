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

/** From so many blocks on, words that are in too many are taken out, each time that the blocks have doubled. */
const FIRST_SIFTING = 2_048;

export class WordIndex extends MiniSearch<WordBlock> {
  readonly #commonShare: number;
  /** They were in too many blocks when it was last looked; nothing is kept of them. */
  readonly #common: Set<string>;
  #nextSifting = FIRST_SIFTING;

  /** Words in a greater share of the blocks than `commonShare` are not worth their memory once there are many. */
  constructor(commonShare: number) {
    const common = new Set<string>();
    super({
      fields: [FIELD],
      tokenize: wordsOf,
      processTerm: (word) => !common.has(word) && word,
      // It happens in turns of its own, and what is gone is not found meanwhile.
      autoVacuum: { batchSize: 200, batchWait: 20 },
    });
    this.#commonShare = commonShare;
    this.#common = common;
  }

  override add(block: WordBlock): void {
    super.add(block);
    if (this.documentCount < this.#nextSifting) return;
    this.#nextSifting *= 2;
    const most = this.documentCount * this.#commonShare;
    for (const [word, fields] of this._index) if ((fields.get(this.#field)?.size ?? 0) > most) this.#common.add(word);
    for (const word of this.#common) this._index.delete(word);
  }

  /** In how many blocks a word is, of which some may be gone since; Infinity when that are too many to know. */
  frequencyOf(word: string): number {
    if (this.#common.has(word)) return Infinity;
    return this.#postings(word)?.size ?? 0;
  }

  /** Ids of blocks that have the word, or had it. */
  blocksWith(word: string): number[] {
    return this.#ids(this.#postings(word)?.keys() ?? []);
  }

  /** The same for all words that begin with `beginning`; undefined when that are many words, or more than `most` blocks. */
  blocksWithBeginning(beginning: string, most: number): number[] | undefined {
    for (const word of this.#common) if (word.startsWith(beginning)) return undefined;
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
