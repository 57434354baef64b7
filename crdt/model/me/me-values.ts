/** The values that a person's devices share, read from all their logs. */
import type * as Y from 'yjs';
import type { ClockRange, Json } from '../log/append.ts';
import { clockRanges } from '../log/clock-ranges.ts';
import type { Place } from '../log/entry-id.ts';
import { latestWins, LatestValues, type Wins } from '../log/latest-values.ts';
import { nextClock, readLog, writersOf } from '../log/read-log.ts';
import { parseSet } from '../log/set-entry.ts';
import type { Stamp } from '../log/stamp.ts';
import type { Run } from '../log/verdict.ts';
import { accountOf, isWriter, SERVER_ACCOUNT, type Writer } from '../log/writer.ts';
import { parseMeKey } from './me-entries.ts';

/** Read markers only grow, so that a device with an old marker can't make anything unread; of everything else the latest wins. */
export const meWins: Wins = (one, other) => {
  if (parseMeKey(one.entry.key)?.kind === 'read') {
    const [a, b] = [markerOf(one.entry.value), markerOf(other.entry.value)];
    if (a !== b) return a > b;
  }
  return latestWins(one, other);
};

const markerOf = (value: Json): number => (typeof value === 'number' ? value : -1);

/** Reads a `me` document incrementally. */
export class MeReader {
  readonly #doc: Y.Doc;
  readonly #latest = new LatestValues(meWins);
  readonly #seen = new Map<Writer, number>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  /** Takes in what is new since the last reading; true when something was. */
  read(): boolean {
    let changed = false;
    for (const writer of writersOf(this.#doc)) {
      const from = this.#seen.get(writer) ?? 0;
      const to = nextClock(this.#doc, writer);
      if (to <= from || !isWriter(writer) || accountOf(writer) === SERVER_ACCOUNT) continue;
      this.#seen.set(writer, to);
      changed = true;
      for (const { clock, tuple } of readLog(this.#doc, writer, from, to)) {
        const entry = tuple === undefined ? 'erased' : parseSet(tuple);
        if (typeof entry !== 'string') this.#latest.put({ writer, clock, entry });
      }
    }
    return changed;
  }

  /** The value of each key. Live: `read` changes it. */
  get values(): ReadonlyMap<string, Json> {
    return this.#latest.values;
  }

  /** A further value of the key has to come after this stamp; undefined for the first. */
  stampOf(key: string): Stamp | undefined {
    return this.#latest.stampOf(key);
  }
}

/** What the server erases in a `me` document; see chat/erasure.ts for the contract. */
export class MeErasures {
  readonly #latest = new LatestValues(meWins);

  constructor(doc: Y.Doc) {
    for (const writer of writersOf(doc)) {
      if (!isWriter(writer) || accountOf(writer) === SERVER_ACCOUNT) continue;
      for (const { clock, tuple } of readLog(doc, writer)) {
        const entry = tuple === undefined ? 'erased' : parseSet(tuple);
        if (typeof entry !== 'string') this.#latest.put({ writer, clock, entry });
      }
    }
  }

  /** The clocks that `runs` supersede, in the document or among themselves. */
  plan(runs: readonly Run[]): ClockRange[] {
    const superseded: Place[] = [];
    for (const { writer, from, entries } of runs) {
      for (const [index, tuple] of entries.entries()) {
        const entry = tuple === undefined ? 'erased' : parseSet(tuple);
        if (typeof entry === 'string') continue;
        const loser = this.#latest.put({ writer, clock: from + index, entry });
        if (loser !== undefined) superseded.push(loser);
      }
    }
    return clockRanges(superseded);
  }
}
