/**
 * The clocks of one open document on the server. Accepted entries count from the moment they are accepted, while the store is
 * still writing them: so two connections of one person cannot pass with the same clocks, and what the next update continues is
 * known at once. Rules [GA16] to [GA19].
 *
 *     judge -> reserve -> append to the store -> stored:  apply to the document, commit
 *                                             -> failed:  release, which takes along whatever was to follow on it
 */
import type * as Y from 'yjs';
import type { Tuple } from './append.ts';
import { LIMITS } from './limits.ts';
import { entryAt, nextClock } from './read-log.ts';
import type { Ledger, Run } from './verdict.ts';
import type { Writer } from './writer.ts';

/** Runs that have been accepted and are on their way into the store. Compared by identity. */
export interface Reservation {
  readonly runs: readonly Run[];
}

export class DocumentLedger implements Ledger {
  readonly #document: Y.Doc;
  readonly #maximum: number;
  /** In the order in which they were made, which is that of the store's appends. */
  readonly #reservations = new Set<Reservation>();
  /** The reserved runs of each writer, in clock order. */
  readonly #runs = new Map<Writer, Run[]>();
  #reserved = 0;

  constructor(document: Y.Doc, maximum: number = LIMITS.reservedEntries) {
    this.#document = document;
    this.#maximum = maximum;
  }

  next(writer: Writer): number {
    return Math.max(nextClock(this.#document, writer), this.#runs.get(writer)?.at(-1)?.to ?? 0);
  }

  at(writer: Writer, clock: number): Tuple | undefined {
    if (clock < nextClock(this.#document, writer)) return entryAt(this.#document, writer, clock);
    const runs = this.#runs.get(writer) ?? [];
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const run = runs[middle];
      if (run === undefined) return undefined;
      if (clock >= run.to) low = middle + 1;
      else if (clock < run.from) high = middle;
      else return run.entries[clock - run.from];
    }
    return undefined;
  }

  /** Entries reserved at present. */
  get reserved(): number {
    return this.#reserved;
  }

  /** So much waits for the store that no further update should be judged before some of it is stored. */
  get isFull(): boolean {
    return this.#reserved >= this.#maximum;
  }

  /** Counts accepted runs as taken. They must have been judged against this ledger as it is now; a RangeError says they were not. */
  reserve(runs: readonly Run[]): Reservation {
    for (const run of runs) {
      if (run.from !== this.next(run.writer))
        throw new RangeError(`writer ${run.writer} does not continue at ${run.from}`);
    }
    const reservation: Reservation = { runs };
    this.#reservations.add(reservation);
    for (const run of runs) {
      const list = this.#runs.get(run.writer);
      if (list === undefined) this.#runs.set(run.writer, [run]);
      else list.push(run);
      this.#reserved += run.entries.length;
    }
    return reservation;
  }

  /** Its entries are stored and applied to the document. */
  commit(reservation: Reservation): void {
    this.#forget(reservation);
  }

  /**
   * The store did not take it. Later reservations of its writers continue on it, so the store will refuse them too: they are
   * released with it, and so is what continues on those. Returns all that were released, in order; none when it already was.
   */
  release(reservation: Reservation): readonly Reservation[] {
    if (!this.#reservations.has(reservation)) return [];
    const released: Reservation[] = [];
    const broken = new Set<Writer>();
    let isBehind = false;
    for (const candidate of this.#reservations) {
      isBehind ||= candidate === reservation;
      if (!isBehind) continue;
      if (candidate !== reservation && !candidate.runs.some((run) => broken.has(run.writer))) continue;
      released.push(candidate);
      for (const run of candidate.runs) broken.add(run.writer);
    }
    for (const each of released) this.#forget(each);
    return released;
  }

  #forget(reservation: Reservation): void {
    if (!this.#reservations.delete(reservation)) return;
    for (const run of reservation.runs) {
      const left = (this.#runs.get(run.writer) ?? []).filter((each) => each !== run);
      if (left.length === 0) this.#runs.delete(run.writer);
      else this.#runs.set(run.writer, left);
      this.#reserved -= run.entries.length;
    }
  }
}
