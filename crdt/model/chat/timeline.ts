/**
 * The timeline: a pure merge of what lies in a chat's pages. The same entries, arrivals and erasures give the same timeline,
 * whatever the order in which they came.
 *
 * Order: effective stamp, then stamp, then writer and clock of the id. A message's key is its id; of several places that hold it, the one
 * with the lowest arrival number counts (none arrived: the lower page, then writer, then clock).
 */
import { entryId, type EntryId, type Place } from '../log/entry-id.ts';
import { stampMs, type Stamp } from '../log/stamp.ts';
import { accountOf, type Account, type Writer } from '../log/writer.ts';
import { ArrivedMessages } from './arrived-messages.ts';
import type { Arrival } from './arrivals.ts';
import { parseChatEntry } from './entry.ts';
import { effectiveStamp, STAMP_AHEAD_MS } from './effective-stamp.ts';
import { lastWord, mergeMessage, type LyingEntry, type MessageParts } from './merge-message.ts';
import { OrderedMessages, type Row } from './ordered-messages.ts';
import type { PageChange } from './page-reader.ts';

/** One message as everybody sees it, after edits, retractions and reactions. */
export interface TimelineMessage {
  readonly id: EntryId;
  readonly author: Account;
  /** Page of the chat that it lies in, from 1. */
  readonly page: number;
  /** Where it lies; differs from the id when it was sent again. */
  readonly place: Place;
  readonly stamp: Stamp;
  readonly text: string;
  readonly edited: boolean;
  /** The text is that of an edit which the server has not stored yet. */
  readonly pendingEdit: boolean;
  /** Undefined until the server has stored it. */
  readonly arrival: Arrival | undefined;
  readonly reactions: readonly { readonly emoji: string; readonly accounts: readonly Account[] }[];
}

/** The time to show with a message, unix ms: when it was written, as far as that can be believed. */
export function shownTimeMs({ stamp, arrival }: Pick<TimelineMessage, 'stamp' | 'arrival'>): number {
  return stampMs(arrival === undefined ? stamp : (effectiveStamp(stamp, arrival) as Stamp));
}

/** True when a message reached the server so late that both times are shown (C14). */
export const isSentLate = (message: Pick<TimelineMessage, 'stamp' | 'arrival'>): boolean =>
  message.arrival !== undefined && message.arrival.timeMs > shownTimeMs(message) + STAMP_AHEAD_MS;

/** What orders a message among the others. */
export interface OrderKey {
  readonly effective: number;
  /** What arrived in the same moment stands as it was written. */
  readonly stamp: Stamp;
  readonly writer: Writer;
  readonly clock: number;
}

interface Slot extends MessageParts {
  lying: LyingEntry[];
  row: Row | undefined;
}

/** What lies at one place, and which message it is about. */
interface Lying extends LyingEntry {
  readonly slot: Slot;
}

/** Merges pages incrementally. One per chat; feed it with what the page readers tell. */
export class Timeline {
  readonly #slots = new Map<EntryId, Slot>();
  /** What lies where, by page and writer; the index is the clock. */
  readonly #pages = new Map<number, Map<Writer, (Lying | undefined)[]>>();
  readonly #ordered = new OrderedMessages();
  readonly #arrived = new ArrivedMessages();
  readonly #changed = new Set<number>();

  /** All messages in order. The same array as long as nothing changed; the same object for a message that did not. */
  get messages(): readonly TimelineMessage[] {
    return this.#ordered.messages;
  }

  /** The last of `messages`; costs nothing, however many they are. */
  get last(): TimelineMessage | undefined {
    return this.#ordered.last;
  }

  /** Where a message stands in `messages`; -1 when it does not. */
  indexOf(id: EntryId): number {
    const row = this.#slots.get(id)?.row;
    return row === undefined ? -1 : this.#ordered.indexOf(row);
  }

  /** Messages that arrived after a number, in the order of their arrival. */
  arrivedAfter(number: number): readonly TimelineMessage[] {
    return this.#arrived.after(number);
  }

  /** The message with an id; undefined when it is unknown, retracted or erased. */
  message(id: EntryId): TimelineMessage | undefined {
    return this.#slots.get(id)?.row?.message;
  }

  /** The stamp that a further edit of, or reaction to, the message by this account has to come after; undefined for the first. */
  lastWord(id: EntryId, account: Account): Stamp | undefined {
    const slot = this.#slots.get(id);
    return slot === undefined ? undefined : lastWord(slot.lying, account);
  }

  /** Pages in which something has happened, or whose messages have changed, since this was last asked. */
  takeChangedPages(): readonly number[] {
    const pages = [...this.#changed];
    this.#changed.clear();
    return pages;
  }

  /** Takes in what has happened in some pages; true when `messages` has changed. */
  apply(...changes: readonly PageChange[]): boolean {
    const touched = new Set<Slot>();
    for (const change of changes) this.#take(change, touched);
    return this.#show(touched);
  }

  #take({ page, entries, erased, arrived, restarted, arrivals }: PageChange, touched: Set<Slot>): void {
    this.#changed.add(page);
    let writers = this.#pages.get(page);
    if (writers === undefined) this.#pages.set(page, (writers = new Map<Writer, (Lying | undefined)[]>()));
    for (const { writer, from, to } of erased) {
      const lying = writers.get(writer);
      for (let clock = from; lying !== undefined && clock < Math.min(to, lying.length); clock += 1) {
        const entry = lying[clock];
        if (entry === undefined) continue;
        lying[clock] = undefined;
        entry.slot.lying = entry.slot.lying.filter((one) => one !== entry);
        touched.add(entry.slot);
      }
    }
    for (const { writer, clock, tuple } of entries) {
      let lying = writers.get(writer);
      if (lying === undefined) writers.set(writer, (lying = []));
      const entry = tuple === undefined ? 'erased' : parseChatEntry(tuple, accountOf(writer));
      if (typeof entry === 'string') {
        lying[clock] = undefined;
        continue;
      }
      const slot = this.#slotOf(entry.kind === 'message' ? (entry.first ?? { writer, clock }) : entry.target);
      const placed = { page, writer, clock, entry, arrivals, slot };
      lying[clock] = placed;
      slot.lying.push(placed);
      touched.add(slot);
    }
    if (restarted) for (const lying of writers.values()) this.#touch(lying, 0, lying.length, touched);
    for (const { writer, from, to } of arrived) this.#touch(writers.get(writer) ?? [], from, to, touched);
  }

  /** Messages and edits whose arrival may have changed; that of other entries is not shown. */
  #touch(lying: readonly (Lying | undefined)[], from: number, to: number, touched: Set<Slot>): void {
    for (let clock = from; clock < Math.min(to, lying.length); clock += 1) {
      const entry = lying[clock];
      if (entry?.entry.kind === 'message' || entry?.entry.kind === 'edit') touched.add(entry.slot);
    }
  }

  #slotOf(place: Place): Slot {
    const id = entryId(place.writer, place.clock);
    let slot = this.#slots.get(id);
    if (slot === undefined) {
      slot = { id, place, lying: [], row: undefined };
      this.#slots.set(id, slot);
    }
    return slot;
  }

  #show(touched: ReadonlySet<Slot>): boolean {
    const gone: Row[] = [];
    const fresh: Row[] = [];
    const changed: Row[] = [];
    const pairs: [TimelineMessage | undefined, TimelineMessage | undefined][] = [];
    for (const slot of touched) {
      const { row } = slot;
      const message = mergeMessage(slot, row?.message);
      if (message === row?.message) continue;
      pairs.push([row?.message, message]);
      for (const one of [row?.message, message]) if (one !== undefined) this.#changed.add(one.page);
      const effective = message === undefined ? undefined : effectiveStamp(message.stamp, message.arrival);
      if (row !== undefined && row.effective === effective && row.stamp === message?.stamp) {
        row.message = message;
        changed.push(row);
        continue;
      }
      if (row !== undefined) gone.push(row);
      slot.row =
        message === undefined || effective === undefined
          ? undefined
          : { message, effective, stamp: message.stamp, writer: slot.place.writer, clock: slot.place.clock };
      if (slot.row !== undefined) fresh.push(slot.row);
    }
    if (pairs.length === 0) return false;
    this.#ordered.change(gone, fresh, changed);
    this.#arrived.change(pairs);
    return true;
  }
}
