/**
 * Joined texts, the newest first, with what most of a search asks of them side by side: going from object to object for it would take
 * as long as looking through them.
 */
import type { JoinedTexts } from './joined-texts.ts';
import type { Phrase } from './phrase.ts';

export class TextsInOrder {
  readonly size: number;
  readonly #texts: readonly string[];
  readonly #newestMs: Float64Array;
  readonly #oldestMs: Float64Array;

  private constructor(texts: readonly string[], newestMs: Float64Array, oldestMs: Float64Array) {
    this.size = texts.length;
    this.#texts = texts;
    this.#newestMs = newestMs;
    this.#oldestMs = oldestMs;
  }

  /** In falling order of their newest message already. */
  static of(all: readonly JoinedTexts[]): TextsInOrder {
    return new TextsInOrder(
      all.map(({ stored }) => stored),
      Float64Array.from(all, ({ newestMs }) => newestMs),
      Float64Array.from(all, ({ oldestMs }) => oldestMs),
    );
  }

  /** Those at the indexes, which rise. */
  choose(indexes: readonly number[]): TextsInOrder {
    return new TextsInOrder(
      indexes.map((index) => this.#texts[index] ?? ''),
      Float64Array.from(indexes, (index) => this.#newestMs[index] ?? 0),
      Float64Array.from(indexes, (index) => this.#oldestMs[index] ?? 0),
    );
  }

  /** When the newest message of those at an index was written; -Infinity behind the last. */
  newestMs(index: number): number {
    return this.#newestMs[index] ?? -Infinity;
  }

  /** Index of the next, from one on and before another, that has the phrase somewhere and messages between two times; else `to`. */
  nextWith({ text, packed }: Phrase, from: number, to: number, fromMs: number, untilMs: number): number {
    const [texts, newestMs, oldestMs] = [this.#texts, this.#newestMs, this.#oldestMs];
    const isSame = text === packed;
    for (let index = from; index < to; index += 1) {
      if ((newestMs[index] ?? 0) < fromMs) return to;
      if ((oldestMs[index] ?? 0) > untilMs) continue;
      const stored = texts[index] ?? '';
      // Which of them are packed is not asked: no packed one has what is not, and of others that seem to have it the texts are asked.
      if (stored.includes(packed) || (!isSame && stored.includes(text))) return index;
    }
    return to;
  }
}
