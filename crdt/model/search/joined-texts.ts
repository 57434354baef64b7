/** Normalised texts of some messages, oldest first, joined to one, so that one pass finds a phrase in all of them. */
import { matchKind, type MatchKind, type Phrase } from './phrase.ts';

/** Stands in no normalised text. */
const SEPARATOR = '\n';

export class JoinedTexts {
  readonly text: string;
  readonly times: Float64Array;
  readonly oldestMs: number;
  readonly newestMs: number;
  readonly #starts: Uint32Array;

  /** As many `times` as `texts`, at least one. */
  constructor(texts: readonly string[], times: Float64Array) {
    this.text = texts.join(SEPARATOR);
    this.times = times;
    this.oldestMs = times[0] ?? 0;
    this.newestMs = times.at(-1) ?? 0;
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

  textAt(index: number): string {
    return this.text.slice(this.#starts[index], this.#endOf(index));
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
    const text = end === this.size ? this.text : this.text.slice(0, this.#endOf(end - 1));
    let index = fromMs <= this.oldestMs ? 0 : this.#firstAfter(fromMs, true);
    let at = text.indexOf(phrase.text, this.#starts[index]);
    while (at >= 0) {
      index = this.#indexAt(at, index);
      const to = this.#endOf(index);
      if (matchKind(text, phrase, this.#starts[index], to, at) === kind) found(index);
      index += 1;
      at = index < end ? text.indexOf(phrase.text, to) : -1;
    }
  }

  #endOf(index: number): number {
    const next = this.#starts[index + 1];
    return next === undefined ? this.text.length : next - SEPARATOR.length;
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
