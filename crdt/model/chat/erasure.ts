/**
 * What the server erases when it accepts entries: a retracted message in all its places, and its edits, whichever of them comes
 * first. Retractions stay, so that whatever comes late finds them.
 */
import type * as Y from 'yjs';
import type { ClockRange, Tuple } from '../log/append.ts';
import { clockRanges } from '../log/clock-ranges.ts';
import { entryId, type EntryId, type Place } from '../log/entry-id.ts';
import { readLog, writersOf } from '../log/read-log.ts';
import type { Ledger, Run } from '../log/verdict.ts';
import { accountOf, isWriter, SERVER_ACCOUNT } from '../log/writer.ts';
import { idOfEntry, parseChatEntry } from './entry.ts';

/**
 * Knows a page's document and everything planned since. When an append that was planned fails, its planning is void: make a new one
 * from the document and plan again what is still reserved.
 */
export class ChatErasures {
  readonly #retracted = new Set<EntryId>();
  readonly #edits = new Map<EntryId, Place[]>();
  /** Further places of messages that were sent again; the first one is the id itself. */
  readonly #copies = new Map<EntryId, Place[]>();

  constructor(doc: Y.Doc) {
    for (const writer of writersOf(doc)) {
      if (!isWriter(writer) || accountOf(writer) === SERVER_ACCOUNT) continue;
      for (const { clock, tuple } of readLog(doc, writer))
        if (tuple !== undefined) this.#take({ writer, clock }, tuple);
    }
  }

  /**
   * The clocks to erase in the commit that appends `runs`, some of them perhaps in `runs`. `ledger` knows document and
   * reservations; only what it or `runs` hold is ever erased.
   */
  plan(runs: readonly Run[], ledger: Pick<Ledger, 'at'>): ClockRange[] {
    const erased: Place[] = [];
    const retractedNow = new Map<EntryId, Place>();
    for (const { writer, from, entries } of runs) {
      for (const [index, tuple] of entries.entries()) {
        const place = { writer, clock: from + index };
        const about = tuple === undefined ? undefined : this.#take(place, tuple);
        if (about === undefined) continue;
        if (about.target !== undefined) retractedNow.set(about.message, about.target);
        else if (this.#retracted.has(about.message)) erased.push(place);
      }
    }
    for (const [message, first] of retractedNow) erased.push(...this.#placesOf(message, first, runs, ledger));
    return clockRanges(erased);
  }

  /** Keeps what later entries will have to be compared with; tells which message the entry is about, and its place if retracted. */
  #take(place: Place, tuple: Tuple): { readonly message: EntryId; readonly target?: Place } | undefined {
    const entry = parseChatEntry(tuple, accountOf(place.writer));
    if (typeof entry === 'string' || entry.kind === 'reaction') return undefined;
    if (entry.kind === 'message') {
      const message = idOfEntry(entry, place);
      if (entry.first !== undefined) put(this.#copies, message, place);
      return { message };
    }
    const message = entryId(entry.target.writer, entry.target.clock);
    if (entry.kind === 'edit') {
      put(this.#edits, message, place);
      return { message };
    }
    this.#retracted.add(message);
    return { message, target: entry.target };
  }

  /** Where the message and its edits lie and are not erased yet. */
  #placesOf(message: EntryId, first: Place, runs: readonly Run[], ledger: Pick<Ledger, 'at'>): Place[] {
    const tupleAt = ({ writer, clock }: Place): Tuple | undefined => {
      const run = runs.find((one) => one.writer === writer && one.from <= clock && clock < one.to);
      return run === undefined ? ledger.at(writer, clock) : run.entries[clock - run.from];
    };
    const places = [...(this.#copies.get(message) ?? []), ...(this.#edits.get(message) ?? [])];
    const found = places.filter((place) => tupleAt(place) !== undefined);
    // The place that the id names may be unknown here, or hold something else; that is left alone.
    const tuple = tupleAt(first);
    const entry = tuple === undefined ? 'erased' : parseChatEntry(tuple, accountOf(first.writer));
    if (typeof entry !== 'string' && entry.kind === 'message' && idOfEntry(entry, first) === message) found.push(first);
    return found;
  }
}

function put(places: Map<EntryId, Place[]>, message: EntryId, place: Place): void {
  const list = places.get(message);
  if (list === undefined) places.set(message, [place]);
  else list.push(place);
}
