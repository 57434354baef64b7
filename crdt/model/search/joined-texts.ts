/** Normalised texts of some messages, oldest first, joined to one, so that one pass finds a phrase in all of them. */
import { isOfPacked, pack, unpack } from './packed-text.ts';
import { matchKind, type MatchKind, type Phrase } from './phrase.ts';
import { startsWord } from './words.ts';

/** Stands in no normalised text, and is not packed. */
const SEPARATOR = '\n';

export class JoinedTexts {
  /** What is looked through: packed, unless the texts take less as they are. */
  readonly stored: string;
  readonly times: Float64Array;
  readonly oldestMs: number;
  readonly newestMs: number;
  readonly #isPacked: boolean;
  readonly #starts: Uint32Array;

  /** As many `times` as `texts`, at least one. */
  constructor(texts: readonly string[], times: Float64Array) {
    const { isPacked, stored } = toStore(texts);
    this.stored = stored.join(SEPARATOR);
    this.times = times;
    this.oldestMs = times[0] ?? 0;
    this.newestMs = times.at(-1) ?? 0;
    this.#isPacked = isPacked;
    this.#starts = new Uint32Array(texts.length);
    let start = 0;
    for (const [index, text] of stored.entries()) {
      this.#starts[index] = start;
      start += text.length + SEPARATOR.length;
    }
  }

  get size(): number {
    return this.#starts.length;
  }

  get text(): string {
    return this.#read(this.stored);
  }

  textAt(index: number): string {
    return this.#read(this.stored.slice(this.#starts[index], this.#endOf(index)));
  }

  /** True when it is what these would be joined to. */
  holds(texts: readonly string[]): boolean {
    return texts.length === this.size && texts.join(SEPARATOR) === this.text;
  }

  /** Tells the indexes of those that have the phrase so, of `fromMs` or later and not after `untilMs`. */
  search(phrase: Phrase, kind: MatchKind, fromMs: number, untilMs: number, found: (index: number) => void): void {
    if (fromMs > this.newestMs || untilMs < this.oldestMs) return;
    const end = untilMs >= this.newestMs ? this.size : this.#firstAfter(untilMs);
    // A part of a long text is no copy of it.
    const stored = end === this.size ? this.stored : this.stored.slice(0, this.#endOf(end - 1));
    const wanted = this.#isPacked ? phrase.packed : phrase.text;
    let index = fromMs <= this.oldestMs ? 0 : this.#firstAfter(fromMs, true);
    let at = stored.indexOf(wanted, this.#starts[index]);
    while (at >= 0) {
      index = this.#indexAt(at, index);
      if (this.#kindAt(index, phrase, wanted, at) === kind) found(index);
      index += 1;
      at = index < end ? stored.indexOf(wanted, this.#starts[index]) : -1;
    }
  }

  #read(stored: string): string {
    return this.#isPacked ? unpack(stored) : stored;
  }

  /** How a text has the phrase; `at`: where what is `wanted` begins first. */
  #kindAt(index: number, phrase: Phrase, wanted: string, first: number): MatchKind {
    const [text, from, to] = [this.stored, this.#starts[index] ?? 0, this.#endOf(index)];
    for (let at = first; at >= 0 && at + wanted.length <= to; at = text.indexOf(wanted, at + 1)) {
      if (at === from) return 'word-start';
      // Whether what is packed is a letter, or attached to one, is told by the text alone.
      if (this.#isPacked && isOfPacked(text, at - 1)) return matchKind(this.textAt(index), phrase) ?? 'inside';
      // No single byte before it is attached to what is farther before.
      if (this.#isPacked && isOfPacked(text, at)) {
        if (startsWord(text.charAt(at - 1) + phrase.text, 1)) return 'word-start';
      } else if (startsWord(text, at)) return 'word-start';
    }
    return 'inside';
  }

  #endOf(index: number): number {
    const next = this.#starts[index + 1];
    return next === undefined ? this.stored.length : next - SEPARATOR.length;
  }

  /** Index of the first that is after a time, or `orAt` it; their number when there is none. */
  #firstAfter(timeMs: number, orAt = false): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const time = this.times[middle] ?? 0;
      if (time > timeMs || (orAt && time === timeMs)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Which text a unit of the joined one is of; not one before `from`. */
  #indexAt(at: number, from: number): number {
    let [low, high] = [from, this.size - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Of texts with many characters beyond Latin the packed ones would be the longer ones. */
function toStore(texts: readonly string[]): { readonly isPacked: boolean; readonly stored: readonly string[] } {
  const packed = texts.map((text) => pack(text));
  const isPacked = BYTES_OF_A_UNIT * unitsOf(texts) > unitsOf(packed);
  return { isPacked, stored: isPacked ? packed : texts };
}

const BYTES_OF_A_UNIT = 2;
const unitsOf = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);
