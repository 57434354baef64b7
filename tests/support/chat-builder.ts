/**
 * Builds the pages of a chat as a server would leave them: updates of entries, arrivals and erasures, in the order in which they
 * were committed. Keeps its own record of everything, for oracles.
 */
import * as Y from 'yjs';
import { encodeArrival, EPOCH_JUMP, type ArrivedRun } from '../../crdt/model/chat/arrivals.ts';
import {
  ARRIVALS_ROOT,
  encodeAppend,
  encodeErasure,
  FACTS_ROOT,
  logRoot,
  type Json,
  type Tuple,
} from '../../crdt/model/log/append.ts';
import type { Place } from '../../crdt/model/log/entry-id.ts';
import { encodeServerHeader } from '../../crdt/model/log/server-log.ts';
import { encodeSet } from '../../crdt/model/log/set-entry.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { makeWriter, SERVER_ACCOUNT, type Account, type Writer } from '../../crdt/model/log/writer.ts';

/** The `random`th writer of an account. */
export const writer = (account: number, random: number): Writer => makeWriter(account as Account, random);

export interface Recorded extends Place {
  readonly page: number;
  readonly tuple: Tuple;
  erased: boolean;
}

interface ServerLog {
  readonly writer: Writer;
  length: number;
  /** What was written in order, so that a restore can take the end away. */
  readonly arrived: ArrivedRun[];
}

export class PageBuilder {
  readonly page: number;
  readonly entries: Recorded[] = [];
  readonly updates: Uint8Array[] = [];
  readonly #chat: ChatBuilder;
  readonly #next = new Map<Writer, number>();
  #arrivals: ServerLog | undefined;
  #facts: { readonly writer: Writer; length: number } | undefined;
  /** Arrivals of earlier epochs that still count. */
  #settled: ArrivedRun[] = [];
  #header = { number: 0, timeMs: 0 };

  constructor(chat: ChatBuilder, page: number) {
    this.#chat = chat;
    this.page = page;
  }

  /** Entries that a device has written and the server has not stored. */
  append(by: Writer, ...tuples: readonly Tuple[]): Place {
    const clock = this.#next.get(by) ?? 0;
    this.updates.push(encodeAppend(logRoot(by), by, clock, tuples));
    this.#next.set(by, clock + tuples.length);
    for (const [index, tuple] of tuples.entries()) {
      this.entries.push({ page: this.page, writer: by, clock: clock + index, tuple, erased: false });
    }
    return { writer: by, clock };
  }

  /** The server stores all that a writer has written here so far. */
  arrive(by: Writer, timeMs: number): ArrivedRun | undefined {
    const from = this.#reached(by);
    const to = this.#next.get(by) ?? 0;
    if (to <= from) return undefined;
    const end = this.valid.at(-1);
    let log = this.#arrivals;
    const headers: Tuple[] = [];
    if (log === undefined) log = this.#begin(undefined, timeMs, headers);
    const last = log.arrived.at(-1) ?? this.#header;
    this.#chat.number += to - from;
    const run = {
      writer: by,
      from,
      to,
      number: this.#chat.number,
      timeMs: Math.max(timeMs, last.timeMs, end?.timeMs ?? 0),
    };
    const named: Writer[] = [...new Set(log.arrived.map((one) => one.writer))];
    const index = named.indexOf(by);
    const tuple = encodeArrival(last, { index: index < 0 ? undefined : index, reached: from }, run);
    this.updates.push(encodeAppend(ARRIVALS_ROOT, log.writer, log.length, [...headers, tuple]));
    log.length += headers.length + 1;
    log.arrived.push(run);
    return run;
  }

  /** A backup is restored that knows all but the last `lost` arrivals of this page: the server begins anew from there. */
  restore(lost: number, timeMs: number): void {
    const log = this.#arrivals;
    if (log === undefined) return;
    const kept = Math.max(0, log.arrived.length - lost);
    this.#settled.push(...log.arrived.slice(0, kept));
    const headers: Tuple[] = [];
    const next = this.#begin({ writer: log.writer, length: 1 + kept }, timeMs, headers);
    this.updates.push(encodeAppend(ARRIVALS_ROOT, next.writer, 0, headers));
    next.length = 1;
  }

  erase(...places: readonly Place[]): void {
    for (const { writer: by, clock } of places) {
      const entry = this.entries.find((one) => one.writer === by && one.clock === clock);
      if (entry === undefined || entry.erased) continue;
      entry.erased = true;
      this.updates.push(encodeErasure([{ writer: by, from: clock, to: clock + 1 }]));
    }
  }

  fact(key: string, value: Json): Place {
    const headers: Tuple[] = [];
    if (this.#facts === undefined) {
      this.#facts = { writer: this.#chat.serverWriter(), length: 0 };
      headers.push(encodeServerHeader({ previous: undefined, number: 0, timeMs: 1 }));
    }
    const facts = this.#facts;
    const tuples = [...headers, encodeSet(stampAt(0), key, value)];
    this.updates.push(encodeAppend(FACTS_ROOT, facts.writer, facts.length, tuples));
    facts.length += tuples.length;
    return { writer: facts.writer, clock: facts.length - 1 };
  }

  /** The arrivals that count. */
  get valid(): readonly ArrivedRun[] {
    return [...this.#settled, ...(this.#arrivals?.arrived ?? [])];
  }

  arrivalOf(place: Place): { number: number; timeMs: number } | undefined {
    const run = this.valid.find(
      (one) => one.writer === place.writer && one.from <= place.clock && place.clock < one.to,
    );
    return run && { number: run.number - (run.to - 1 - place.clock), timeMs: run.timeMs };
  }

  /** A document that has received everything. */
  doc(): Y.Doc {
    const doc = new Y.Doc();
    for (const update of this.updates) Y.applyUpdate(doc, update);
    return doc;
  }

  #reached(by: Writer): number {
    return this.valid.filter((run) => run.writer === by).at(-1)?.to ?? 0;
  }

  #begin(previous: { writer: Writer; length: number } | undefined, timeMs: number, headers: Tuple[]): ServerLog {
    if (previous !== undefined) this.#chat.number += EPOCH_JUMP;
    this.#header = { number: this.#chat.number, timeMs };
    headers.push(encodeServerHeader({ previous, ...this.#header }));
    this.#arrivals = { writer: this.#chat.serverWriter(), length: 0, arrived: [] };
    return this.#arrivals;
  }
}

export class ChatBuilder {
  /** Arrival numbers given out so far, over all pages. */
  number = 0;
  readonly pages: PageBuilder[] = [];
  #servers = 0;

  page(page: number): PageBuilder {
    while (this.pages.length < page) this.pages.push(new PageBuilder(this, this.pages.length + 1));
    const found = this.pages[page - 1];
    if (found === undefined) throw new RangeError('pages count from 1');
    return found;
  }

  /** Server writers as random as the real ones: a later one may be the smaller number. */
  serverWriter(): Writer {
    this.#servers += 1;
    return makeWriter(SERVER_ACCOUNT, Math.imul(this.#servers, 0x9e3779b1) >>> 0);
  }
}
