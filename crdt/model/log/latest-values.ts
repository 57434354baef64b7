/** Which `set` entry of a key counts, and which ones are superseded and may be erased. */
import type { Json } from './append.ts';
import type { Place } from './entry-id.ts';
import type { SetEntry } from './set-entry.ts';
import type { Stamp } from './stamp.ts';

export interface PlacedSet extends Place {
  readonly entry: SetEntry;
}

/** True when `one` counts and `other`, of the same key, does not. Total: exactly one of two different places wins. */
export type Wins = (one: PlacedSet, other: PlacedSet) => boolean;

/** The latest stamp wins; ties: the greater writer, then clock. */
export const latestWins: Wins = (one, other) =>
  (one.entry.stamp - other.entry.stamp || one.writer - other.writer || one.clock - other.clock) > 0;

/** The value of each key, whatever the order in which the entries come. A key whose value is null is not there. */
export class LatestValues {
  readonly #wins: Wins;
  readonly #entries = new Map<string, PlacedSet>();
  readonly #values = new Map<string, Json>();

  constructor(wins: Wins = latestWins) {
    this.#wins = wins;
  }

  /** Takes an entry in; tells the one that is superseded by it, which is the entry itself when it comes too late. */
  put(placed: PlacedSet): PlacedSet | undefined {
    const { key, value } = placed.entry;
    const before = this.#entries.get(key);
    if (before !== undefined) {
      if (before.writer === placed.writer && before.clock === placed.clock) return undefined;
      if (!this.#wins(placed, before)) return placed;
    }
    this.#entries.set(key, placed);
    if (value === null) this.#values.delete(key);
    else this.#values.set(key, value);
    return before;
  }

  get values(): ReadonlyMap<string, Json> {
    return this.#values;
  }

  /** Where the entry lies that counts for a key, null values included. */
  placeOf(key: string): Place | undefined {
    return this.#entries.get(key);
  }

  /** When the entry was written that counts for a key, null values included. */
  stampOf(key: string): Stamp | undefined {
    return this.#entries.get(key)?.entry.stamp;
  }

  clear(): void {
    this.#entries.clear();
    this.#values.clear();
  }
}
