import type { Found } from './text-block.ts';

/** The newest of what is added, at most so many; of the same time in an order of its own, which is always the same. */
export class Newest {
  /** What is older does not belong to them any more; -Infinity while there is room. */
  fromMs = -Infinity;
  readonly #limit: number;
  #found: Found[] = [];
  #sortedAt = 0;
  /** Sorting is what costs: it is done when there are so many. */
  #sortAt: number;

  constructor(limit: number) {
    this.#limit = limit;
    this.#sortAt = limit;
  }

  /** How many were found, of which those that are too many may be left out already. */
  get size(): number {
    return this.#found.length;
  }

  add(message: Found): void {
    this.#found.push(message);
    if (this.#found.length >= this.#sortAt) this.found();
  }

  found(): readonly Found[] {
    if (this.#sortedAt === this.#found.length) return this.#found;
    this.#found.sort((one, other) => other.timeMs - one.timeMs || other.writer - one.writer || other.clock - one.clock);
    if (this.#found.length >= this.#limit) {
      this.#found.length = this.#limit;
      this.fromMs = this.#found.at(-1)?.timeMs ?? -Infinity;
      this.#sortAt = 2 * this.#limit;
    }
    this.#sortedAt = this.#found.length;
    return this.#found;
  }
}
