/**
 * The messages of a timeline in their order. Who was given the array still holds it, so a change makes a new one; but not before somebody
 * asks for it: of fifty messages that come in between two looks the hundred thousand are copied once.
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
  /** Of each row its message. */
  #messages: TimelineMessage[] = [];
  #told: readonly TimelineMessage[] | undefined;

  get messages(): readonly TimelineMessage[] {
    return (this.#told ??= this.#messages.slice());
  }

  /** The last in order, without making the array. */
  get last(): TimelineMessage | undefined {
    return this.#messages.at(-1);
  }

  indexOf(row: Row): number {
    const index = this.#firstNotBefore(row);
    return this.#rows[index] === row ? index : -1;
  }

  /** `gone` and `fresh` change the order; the messages of `changed` are others now at the same place. */
  change(gone: readonly Row[], fresh: Row[], changed: readonly Row[]): void {
    this.#told = undefined;
    fresh.sort(before);
    if (gone.length + fresh.length <= FEW) this.#splice(gone, fresh);
    else {
      const out = new Set(gone);
      this.#set(mergeRows(gone.length === 0 ? this.#rows : this.#rows.filter((row) => !out.has(row)), fresh));
    }
    for (const row of changed) this.#messages[this.#firstNotBefore(row)] = row.message;
  }

  #splice(gone: readonly Row[], fresh: readonly Row[]): void {
    for (const row of gone) {
      const at = this.#firstNotBefore(row);
      this.#rows.splice(at, 1);
      this.#messages.splice(at, 1);
    }
    for (const row of fresh) {
      const at = this.#firstNotBefore(row);
      this.#rows.splice(at, 0, row);
      this.#messages.splice(at, 0, row.message);
    }
  }

  #set(rows: Row[]): void {
    this.#rows = rows;
    this.#messages = rows.map(({ message }) => message);
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
  // An earlier page in front and many new messages at the end, the common cases, go in as one piece.
  if (isBefore(one, other)) return [...one, ...other];
  if (isBefore(other, one)) return [...other, ...one];
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

/** All of one list stand before all of another. */
function isBefore(one: readonly Row[], other: readonly Row[]): boolean {
  const [last, first] = [one.at(-1), other[0]];
  return last === undefined || first === undefined || before(last, first) < 0;
}
