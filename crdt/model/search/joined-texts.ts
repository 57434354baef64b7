/** Normalised texts of some messages, oldest first, joined to one, so that one pass finds a phrase in all of them. */
import { matchKind, type MatchKind, type Phrase } from './phrase.ts';

/** Stands in no normalised text. */
const SEPARATOR = '\n';

export class JoinedTexts {
  readonly text: string;
  readonly times: Float64Array;
  readonly #starts: Uint32Array;

  /** As many `times` as `texts`, at least one. */
  constructor(texts: readonly string[], times: Float64Array) {
    this.text = texts.join(SEPARATOR);
    this.times = times;
    this.#starts = new Uint32Array(texts.length);
    let start = 0;
    for (const [index, text] of texts.entries()) {
      this.#starts[index] = start;
      start += text.length + SEPARATOR.length;
    }
  }

  get size(): number {
    return this.#starts.length;
  }

  get oldestMs(): number {
    return this.times[0] ?? 0;
  }

  get newestMs(): number {
    return this.times.at(-1) ?? 0;
  }

  textAt(index: number): string {
    return this.text.slice(this.#starts[index], this.#endOf(index));
  }

  /** True when it is what these would be joined to. */
  holds(texts: readonly string[]): boolean {
    return texts.length === this.size && texts.join(SEPARATOR) === this.text;
  }

  /** Tells the indexes of those that have the phrase so, and are of `fromMs` or later. */
  search(phrase: Phrase, kind: MatchKind, fromMs: number, found: (index: number) => void): void {
    if (fromMs > this.newestMs) return;
    const first = fromMs <= this.oldestMs ? 0 : this.#firstFrom(fromMs);
    let at = this.text.indexOf(phrase.text, this.#starts[first]);
    let index = first;
    while (at >= 0) {
      index = this.#indexAt(at, index);
      const to = this.#endOf(index);
      if (matchKind(this.text, phrase, this.#starts[index], to, at) === kind) found(index);
      index += 1;
      at = index < this.size ? this.text.indexOf(phrase.text, to) : -1;
    }
  }

  #endOf(index: number): number {
    const next = this.#starts[index + 1];
    return next === undefined ? this.text.length : next - SEPARATOR.length;
  }

  #firstFrom(timeMs: number): number {
    let [low, high] = [0, this.size - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.times[middle] ?? 0) >= timeMs) high = middle;
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
