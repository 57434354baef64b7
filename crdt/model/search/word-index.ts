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

/** The rarest words of a phrase; the others are in nearly all blocks that have these. */
const MOST_COMPARED = 3;
/** Going through a word's blocks is so much cheaper than looking through as many of them. */
const MOST_GONE_THROUGH = 3;
const NOWHERE: ReadonlyMap<number, number> = new Map();
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

  /** Ids of blocks that have, or had, all of the words; undefined when that may be a greater share of them than `share`. */
  blocksWithAll(words: readonly string[], share: number): number[] | undefined {
    const most = this.documentCount * share;
    const postings: ReadonlyMap<number, number>[] = [];
    for (const word of words) if (!this.#common.has(word)) postings.push(this.#postings(word));
    postings.sort((one, other) => one.size - other.size);
    const [rarest, ...others] = postings.slice(0, MOST_COMPARED);
    if (rarest === undefined || rarest.size > MOST_GONE_THROUGH * most) return undefined;
    const inAll: number[] = [];
    for (const number of rarest.keys()) if (others.every((other) => other.has(number))) inAll.push(number);
    return inAll.length > most ? undefined : this.#ids(inAll);
  }

  /** The same for all words that begin with `beginning`; undefined also when these are many. */
  blocksWithBeginning(beginning: string, share: number): number[] | undefined {
    for (const word of this.#common) if (word.startsWith(beginning)) return undefined;
    const most = this.documentCount * share;
    // Mostly it is a word itself.
    if (this.#postings(beginning).size > most) return undefined;
    const postings: ReadonlyMap<number, number>[] = [];
    let sum = 0;
    for (const [, fields] of this._index.atPrefix(beginning)) {
      const blocks = fields.get(this.#field) ?? NOWHERE;
      postings.push(blocks);
      sum += blocks.size;
      if (postings.length > MOST_WORDS || sum > MOST_GONE_THROUGH * most) return undefined;
    }
    const found = new Set(postings.flatMap((blocks) => [...blocks.keys()]));
    return found.size > most ? undefined : this.#ids(found);
  }

  get #field(): number {
    return this._fieldIds[FIELD] ?? 0;
  }

  #postings(word: string): ReadonlyMap<number, number> {
    return this._index.get(word)?.get(this.#field) ?? NOWHERE;
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
