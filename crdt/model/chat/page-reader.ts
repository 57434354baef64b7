/** Reads one page of a chat incrementally: what the timeline is fed with. */
import type * as Y from 'yjs';
import type { ClockRange } from '../log/append.ts';
import { FactsReader } from '../log/facts.ts';
import { erasedRanges, nextClock, readLog, writersOf, type LoggedEntry } from '../log/read-log.ts';
import { accountOf, isWriter, SERVER_ACCOUNT, type Writer } from '../log/writer.ts';
import { ArrivalReader, type ArrivalLookup, type ArrivedRun } from './arrivals.ts';

/** What has happened in a page since it was last read. */
export interface PageChange {
  readonly page: number;
  /** New entries, clock by clock within each writer; erased ones without a tuple. */
  readonly entries: readonly LoggedEntry[];
  /** Entries that were told earlier and are erased now; may repeat what is known to be erased. */
  readonly erased: readonly ClockRange[];
  readonly arrived: readonly ArrivedRun[];
  /** Arrivals told earlier are void; `arrived` holds all that count. */
  readonly restarted: boolean;
  /** Live: knows all arrivals of the page that have been read. */
  readonly arrivals: ArrivalLookup;
  /** True when the server's facts have changed. */
  readonly facts: boolean;
}

const isPersons = (client: number): client is Writer => isWriter(client) && accountOf(client) !== SERVER_ACCOUNT;

export class PageReader {
  readonly page: number;
  readonly arrivals: ArrivalReader;
  readonly facts: FactsReader;
  readonly #doc: Y.Doc;
  readonly #seen = new Map<Writer, number>();

  constructor(doc: Y.Doc, page: number) {
    this.#doc = doc;
    this.page = page;
    this.arrivals = new ArrivalReader(doc);
    this.facts = new FactsReader(doc);
  }

  /**
   * What is new since the last reading. Given the transaction of a Yjs `update` event, erasures are taken from it, which is cheaper;
   * then every transaction must be passed. Without one, the whole page is looked through.
   */
  read(transaction?: Y.Transaction): PageChange {
    const erased: ClockRange[] = [];
    const entries: LoggedEntry[] = [];
    if (transaction !== undefined) {
      for (const [writer, items] of transaction.deleteSet.clients) {
        const seen = isPersons(writer) ? (this.#seen.get(writer) ?? 0) : 0;
        for (const { clock, len } of items) {
          if (clock < seen) erased.push({ writer: writer as Writer, from: clock, to: Math.min(seen, clock + len) });
        }
      }
    }
    for (const writer of writersOf(this.#doc)) {
      if (!isPersons(writer)) continue;
      const seen = this.#seen.get(writer) ?? 0;
      if (transaction === undefined && seen > 0) erased.push(...erasedRanges(this.#doc, writer, seen));
      const next = nextClock(this.#doc, writer);
      if (next <= seen) continue;
      entries.push(...readLog(this.#doc, writer, seen, next));
      this.#seen.set(writer, next);
    }
    const { restarted, runs } = this.arrivals.read();
    const facts = this.facts.read();
    return { page: this.page, entries, erased, arrived: runs, restarted, arrivals: this.arrivals, facts };
  }
}
