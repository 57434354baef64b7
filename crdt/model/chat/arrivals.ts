/**
 * Arrivals: the server's log of what it has stored, in commit order; the chat's one total order, and the receipt of every entry.
 *
 *     header    see server-log.ts; its number and time are where the first arrival counts from
 *     arrival   [writer or its index, reached, delta (ms)]      or      [.., .., .., skipped]
 *
 * A writer stands in full on its first appearance in a server writer's log and gets the next index there (0, 1, 2 ..); indexes are
 * below 2^32, writers are not. `reached` is the writer's next clock after the update. The arrival takes as many numbers as it has
 * entries, after leaving out `skipped` (numbers that other pages of the chat took meanwhile).
 */
import type * as Y from 'yjs';
import { ARRIVALS_ROOT, type ClockRange, type Tuple } from '../log/append.ts';
import { isClock } from '../log/entry-id.ts';
import { isCount, ServerLogReader } from '../log/server-log.ts';
import { isWriter, type Writer } from '../log/writer.ts';

/** When and as which one the server stored an entry. */
export interface Arrival {
  /** Counts entries over the whole chat, from 1. */
  readonly number: number;
  /** Server time, unix ms. */
  readonly timeMs: number;
}

/** One arrival: the entries `from` to `to` of a writer; `number` is the last one's, the others count down from it. */
export interface ArrivedRun extends ClockRange, Arrival {}

/** How far apart the jump at a new epoch sets new numbers from all that the lost history may have given out. */
export const EPOCH_JUMP = 2 ** 20;

/** What the page's arrivals have come to: number and time of the last arrival, or of the header. */
export type ArrivalsEnd = Arrival;

/** What the page's arrivals know of the writer; `index` is undefined before its first appearance in the present server writer's log. */
export interface ArrivedWriter {
  readonly index: number | undefined;
  /** The clock reached over the whole chain; 0 for a new writer. */
  readonly reached: number;
}

/** The raw arrival of `run`, which must go on where the writer had got to, with a number and a time not before `end`. */
export function encodeArrival(end: ArrivalsEnd, known: ArrivedWriter, run: ArrivedRun): Tuple {
  const skipped = run.number - (run.to - run.from) - end.number;
  const deltaMs = run.timeMs - end.timeMs;
  if (run.from !== known.reached || run.to <= run.from || skipped < 0 || deltaMs < 0) {
    throw new RangeError('an arrival goes on where the last one ended');
  }
  const arrival = [known.index ?? run.writer, run.to, deltaMs];
  return skipped === 0 ? arrival : [...arrival, skipped];
}

/** Tells the arrival of an entry; undefined while the server has not stored it. */
export interface ArrivalLookup {
  at(writer: Writer, clock: number): Arrival | undefined;
}

interface WriterArrivals {
  readonly runs: ArrivedRun[];
  reached: number;
}

/** Reads a document's arrivals incrementally. */
export class ArrivalReader implements ArrivalLookup {
  readonly #log: ServerLogReader;
  readonly #byWriter = new Map<Writer, WriterArrivals>();
  #indexed: Writer[] = [];
  #number = 0;
  #timeMs = 0;
  #before = Infinity;
  #head = 0;
  #entries = 0;

  constructor(doc: Y.Doc) {
    this.#log = new ServerLogReader(doc, ARRIVALS_ROOT);
  }

  /** The arrivals since the last reading, in order. `restarted`: all that was told before is void (a restore). */
  read(): { readonly restarted: boolean; readonly runs: readonly ArrivedRun[] } {
    const { restarted, items } = this.#log.read();
    if (restarted) this.#forget();
    const runs: ArrivedRun[] = [];
    for (const item of items) {
      if (item.kind === 'header') {
        this.#indexed = [];
        this.#number = item.header.number;
        this.#timeMs = item.header.timeMs;
        continue;
      }
      const run = item.tuple === undefined ? undefined : this.#take(item.tuple);
      if (run !== undefined) runs.push(run);
    }
    return { restarted, runs };
  }

  at(writer: Writer, clock: number): Arrival | undefined {
    const arrivals = this.#byWriter.get(writer);
    if (arrivals === undefined || clock >= arrivals.reached || clock < 0) return undefined;
    let low = 0;
    let high = arrivals.runs.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((arrivals.runs[middle]?.to ?? 0) > clock) high = middle;
      else low = middle + 1;
    }
    const run = arrivals.runs[low];
    return run === undefined ? undefined : { number: run.number - (run.to - 1 - clock), timeMs: run.timeMs };
  }

  /** The clock up to which the server has stored a writer's entries; 0 for an unknown one. */
  reached(writer: Writer): number {
    return this.#byWriter.get(writer)?.reached ?? 0;
  }

  /** Everything here arrived after this number. */
  get before(): number {
    return this.#before;
  }

  /** Number of the last arrival; 0 before the first. */
  get head(): number {
    return this.#head;
  }

  /** Entries that have arrived in this document, erased ones included, and their writers. */
  get counts(): { readonly entries: number; readonly writers: number } {
    return { entries: this.#entries, writers: this.#byWriter.size };
  }

  #take(tuple: Tuple): ArrivedRun | undefined {
    const [who, to, deltaMs, skipped = 0] = tuple;
    const writer = isWriter(who) ? who : typeof who === 'number' ? this.#indexed[who] : undefined;
    if (writer === undefined || !isClock(to) || !isCount(deltaMs) || !isCount(skipped)) return undefined;
    if (isWriter(who)) this.#indexed.push(writer);
    let arrivals = this.#byWriter.get(writer);
    if (arrivals === undefined) this.#byWriter.set(writer, (arrivals = { runs: [], reached: 0 }));
    const from = arrivals.reached;
    if (to <= from) return undefined;
    this.#number += skipped + to - from;
    this.#timeMs += deltaMs;
    this.#before = Math.min(this.#before, this.#number - (to - from));
    this.#head = this.#number;
    this.#entries += to - from;
    const run = { writer, from, to, number: this.#number, timeMs: this.#timeMs };
    arrivals.runs.push(run);
    arrivals.reached = to;
    return run;
  }

  #forget(): void {
    this.#byWriter.clear();
    this.#indexed = [];
    this.#number = 0;
    this.#timeMs = 0;
    this.#before = Infinity;
    this.#head = 0;
    this.#entries = 0;
  }
}
