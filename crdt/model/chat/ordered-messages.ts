/**
 * The messages of a timeline in their order. Every change makes a new array, since who was given the old one still holds it; it is made
 * by copying pointers, so that a message more costs the same, to the eye, among a hundred thousand as among ten.
 */
import type { OrderKey, TimelineMessage } from './timeline.ts';

export interface Row extends OrderKey {
  message: TimelineMessage;
}

const before = (a: Row, b: Row): number =>
  a.effective - b.effective || a.stamp - b.stamp || a.writer - b.writer || a.clock - b.clock;

/** Up to so many rows are taken out and put in one by one; more are merged. */
const FEW = 16;

export class OrderedMessages {
  #rows: Row[] = [];
  #messages: readonly TimelineMessage[] = [];

  get messages(): readonly TimelineMessage[] {
    return this.#messages;
  }

  indexOf(row: Row): number {
    const index = this.#firstNotBefore(row);
    return this.#rows[index] === row ? index : -1;
  }

  /** `gone` and `fresh` change the order; the messages of `changed` are others now at the same place. */
  change(gone: readonly Row[], fresh: Row[], changed: readonly Row[]): void {
    fresh.sort(before);
    if (gone.length + fresh.length <= FEW || gone.length === 0) this.#splice(gone, fresh);
    else {
      const out = new Set(gone);
      this.#rows = mergeRows(
        this.#rows.filter((row) => !out.has(row)),
        fresh,
      );
      this.#messages = this.#rows.map(({ message }) => message);
    }
    if (changed.length === 0) return;
    const messages = this.#messages.slice();
    for (const row of changed) messages[this.#firstNotBefore(row)] = row.message;
    this.#messages = messages;
  }

  #splice(gone: readonly Row[], fresh: readonly Row[]): void {
    if (gone.length + fresh.length === 0) return;
    const [first, last] = [fresh[0], fresh.at(-1)];
    // New messages at the end and an earlier page in front, the common cases, go in as one piece.
    if (gone.length === 0 && first !== undefined && last !== undefined) {
      const at = this.#firstNotBefore(first);
      const next = this.#rows[at];
      if (next === undefined || before(last, next) < 0) {
        this.#rows = this.#rows.slice(0, at).concat(fresh, this.#rows.slice(at));
        const messages = fresh.map(({ message }) => message);
        this.#messages = this.#messages.slice(0, at).concat(messages, this.#messages.slice(at));
        return;
      }
    }
    if (fresh.length > FEW) {
      this.#rows = mergeRows(this.#rows, fresh);
      this.#messages = this.#rows.map(({ message }) => message);
      return;
    }
    this.#rows = this.#rows.slice();
    const messages = this.#messages.slice();
    for (const row of gone) {
      const at = this.#firstNotBefore(row);
      this.#rows.splice(at, 1);
      messages.splice(at, 1);
    }
    for (const row of fresh) {
      const at = this.#firstNotBefore(row);
      this.#rows.splice(at, 0, row);
      messages.splice(at, 0, row.message);
    }
    this.#messages = messages;
  }

  #firstNotBefore(row: Row): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#rows[middle];
      if (other !== undefined && before(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Two sorted lists as one. */
function mergeRows(one: readonly Row[], other: readonly Row[]): Row[] {
  const merged: Row[] = [];
  let index = 0;
  for (const row of one) {
    for (let next = other[index]; next !== undefined && before(next, row) < 0; next = other[index]) {
      merged.push(next);
      index += 1;
    }
    merged.push(row);
  }
  for (; index < other.length; index += 1) {
    const row = other[index];
    if (row !== undefined) merged.push(row);
  }
  return merged;
}
