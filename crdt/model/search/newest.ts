import type { Found } from './text-block.ts';

/** The newest of what is added, at most so many; of the same time in an order of its own, which is always the same. */
export class Newest {
  readonly #limit: number;
  #found: Found[] = [];
  #isSorted = true;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(message: Found): void {
    this.#found.push(message);
    this.#isSorted = false;
    // Not after each: sorting is what costs.
    if (this.#found.length >= 2 * this.#limit) this.found();
  }

  /** What is older does not belong to them any more; -Infinity while there is room. */
  get fromMs(): number {
    return this.#found.length < this.#limit ? -Infinity : (this.found().at(-1)?.timeMs ?? -Infinity);
  }

  found(): readonly Found[] {
    if (!this.#isSorted) {
      this.#found.sort(
        (one, other) => other.timeMs - one.timeMs || other.writer - one.writer || other.clock - one.clock,
      );
      this.#found.length = Math.min(this.#found.length, this.#limit);
      this.#isSorted = true;
    }
    return this.#found;
  }
}
