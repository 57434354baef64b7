import type { Document } from '@hocuspocus/server';
import * as Y from 'yjs';
import { ArrivalReader } from '../../crdt/model/chat/arrivals.ts';
import { ChatErasures } from '../../crdt/model/chat/erasure.ts';
import { chatVocabulary } from '../../crdt/model/chat/vocabulary.ts';
import type { ClockRange, Tuple } from '../../crdt/model/log/append.ts';
import { FactsReader } from '../../crdt/model/log/facts.ts';
import { gate } from '../../crdt/model/log/gate.ts';
import type { Limits } from '../../crdt/model/log/limits.ts';
import { DocumentLedger, type Reservation } from '../../crdt/model/log/ledger.ts';
import type { Accepted, CheckEntry, Refused, Run, Sender } from '../../crdt/model/log/verdict.ts';
import { meVocabulary } from '../../crdt/model/me/me-entries.ts';
import { MeErasures } from '../../crdt/model/me/me-values.ts';
import { parseDocumentName, type DocumentKind, type DocumentName } from '../../crdt/model/protocol/document-name.ts';
import type { HeadTuple } from '../../crdt/model/protocol/stateless.ts';
import type {
  AppendResult,
  CommittedArrival,
  LoadedDocument,
  LogStore,
  ServerWriteResult,
} from '../storage/log-store.ts';
import { streamOf } from '../storage/stream.ts';

/** What became of accepted entries. */
export type Stored =
  | Exclude<AppendResult, { kind: 'stored' }>
  | { readonly kind: 'stored'; readonly arrivals: readonly CommittedArrival[] };

export type Submission =
  | Refused
  /** So much waits for the disk that this update was not even looked at. */
  | { readonly kind: 'busy' }
  /** What has to be noted before the first entry could not be; nothing was taken. */
  | { readonly kind: 'storage-failed' }
  /** Nothing new in it; `gaps`: writers of which clocks are missing. */
  | { readonly kind: 'known'; readonly verdict: Accepted }
  | { readonly kind: 'storing'; readonly verdict: Accepted; readonly stored: Promise<Stored> };

/** A change of the document that is stored and applied. */
export interface Change {
  readonly sequence: number;
  /** Arrival number of the last entry; undefined when the server wrote. */
  readonly number: number | undefined;
  readonly entries: number;
  /** What clients have written; empty when the server wrote. */
  readonly runs: readonly Run[];
}

/** What a document reports to. */
export interface DocumentEvents {
  /** Entries of a client have been accepted and will be stored next; a throw refuses them. */
  readonly beforeStoring: (open: OpenDocument) => void;
  /** A change is stored and applied. Must not throw. */
  readonly onChange: (open: OpenDocument, change: Change) => void;
}

interface Pending {
  readonly reservation: Reservation;
  readonly runs: readonly Run[];
}

/** Updates from the store carry this origin: applied as they are, never stored again by Hocuspocus. */
const FROM_STORE = { source: 'local', skipStoreHooks: true } as const;

/** The port answers with values; anything else is a bug, and still nothing was stored. */
const failed = (error: unknown): AppendResult => ({ kind: 'storage-failed', detail: String(error) });

export interface OpenDocumentOptions {
  readonly store: LogStore;
  readonly gateLimits: Limits;
  readonly events: DocumentEvents;
}

/** One document in memory: judged against, stored, then applied and broadcast, always in this order. */
export class OpenDocument {
  readonly name: DocumentName;
  readonly kind: DocumentKind;
  readonly document: Document;
  readonly ledger: DocumentLedger;
  readonly facts: FactsReader;
  readonly #store: LogStore;
  readonly #gateLimits: Limits;
  readonly #events: DocumentEvents;
  /** In the order of the store's appends. */
  readonly #pending = new Set<Pending>();
  #erasures: ChatErasures | MeErasures | undefined;
  /** Stored and waiting for the end of the turn, so that what shares a commit shares a transaction and a broadcast. */
  #toApply: { readonly updates: readonly Uint8Array[]; readonly done: () => void }[] = [];
  #entries: number;
  #writers: number;
  #bytes: number;
  #latestNumber: number;
  #holds = 0;
  #settled: Promise<unknown> = Promise.resolve();
  lastUsedMs = 0;
  /** The last change since it was loaded, as others are told of it, and when that was. */
  lastChange: { readonly head: HeadTuple; readonly atMs: number } | undefined;

  constructor(
    name: DocumentName,
    document: Document,
    { updates, clocks }: LoadedDocument,
    { store, gateLimits, events }: OpenDocumentOptions,
  ) {
    const kind = parseDocumentName(name);
    if (kind === undefined) throw new RangeError('not a document name');
    this.name = name;
    this.kind = kind;
    this.document = document;
    this.ledger = new DocumentLedger(document);
    this.facts = new FactsReader(document);
    this.#store = store;
    this.#gateLimits = gateLimits;
    this.#events = events;
    this.#entries = [...clocks.values()].reduce((sum, next) => sum + next, 0);
    this.#writers = clocks.size;
    this.#bytes = updates.reduce((sum, update) => sum + update.length, 0);
    const arrivals = new ArrivalReader(document);
    arrivals.read();
    this.#latestNumber = arrivals.head;
  }

  /** Arrival number of the last entry; 0 when there is none. */
  get latestNumber(): number {
    return this.#latestNumber;
  }

  /** Entries and writers that are stored, erased ones included, and their bytes (as loaded, and what has come since). */
  get counts(): { readonly entries: number; readonly writers: number; readonly bytes: number } {
    return { entries: this.#entries, writers: this.#writers, bytes: this.#bytes };
  }

  get isHeld(): boolean {
    return this.#holds > 0;
  }

  /** Keeps the document in memory until the returned function is called. */
  hold(nowMs: () => number): () => void {
    this.#holds += 1;
    this.document.addDirectConnection();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      this.document.removeDirectConnection();
      this.lastUsedMs = nowMs();
    };
  }

  /** Resolves when everything that has been accepted until now is stored or refused. */
  settled(): Promise<unknown> {
    return this.#settled;
  }

  /** Judges a client's update and, when something in it is new, hands it to the store. Synchronous up to there. */
  submit(update: Uint8Array, sender: Sender): Submission {
    if (this.ledger.isFull) return { kind: 'busy' };
    const mayWrite = sender.mayWrite && (this.kind.kind === 'chat' || this.kind.kind === 'me');
    const verdict = gate(update, this.ledger, { ...sender, mayWrite }, this.#vocabulary(), this.#gateLimits);
    if (verdict.kind === 'refused') return verdict;
    if (verdict.update === undefined) return { kind: 'known', verdict };
    try {
      this.#events.beforeStoring(this);
    } catch {
      return { kind: 'storage-failed' };
    }
    const erase = this.#plan(verdict.runs);
    const pending = { runs: verdict.runs, reservation: this.ledger.reserve(verdict.runs) };
    this.#pending.add(pending);
    const appended = this.#store.append({
      document: this.name,
      stream: streamOf(this.name),
      runs: verdict.runs,
      update: verdict.update,
      erase,
    });
    const stored = appended.catch(failed).then((result) => this.#finish(pending, result));
    this.#settled = Promise.allSettled([this.#settled, stored]);
    return { kind: 'storing', verdict, stored };
  }

  /** The server's own writing. */
  async write(facts: readonly Tuple[], erase: readonly ClockRange[]): Promise<ServerWriteResult> {
    const writing = this.#store.write({ document: this.name, facts, erase });
    this.#settled = Promise.allSettled([this.#settled, writing]);
    const result = await writing;
    if (result.kind === 'stored') {
      await this.#apply(result.updates);
      this.#events.onChange(this, { sequence: result.sequence, number: undefined, entries: 0, runs: [] });
    }
    return result;
  }

  async #finish(pending: Pending, result: AppendResult): Promise<Stored> {
    if (result.kind !== 'stored') {
      this.#release(pending);
      return result;
    }
    await this.#apply(result.updates);
    this.ledger.commit(pending.reservation);
    this.#pending.delete(pending);
    let entries = 0;
    for (const { from, to } of pending.runs) {
      entries += to - from;
      if (from === 0) this.#writers += 1;
    }
    this.#entries += entries;
    for (const update of result.updates) this.#bytes += update.length;
    this.#latestNumber = Math.max(this.#latestNumber, result.arrivals.at(-1)?.number ?? 0);
    const { sequence, arrivals } = result;
    this.#events.onChange(this, { sequence, number: arrivals.at(-1)?.number, entries, runs: pending.runs });
    return { kind: 'stored', arrivals: result.arrivals };
  }

  #release(failed: Pending): void {
    const released = new Set(this.ledger.release(failed.reservation));
    for (const pending of this.#pending) if (released.has(pending.reservation)) this.#pending.delete(pending);
    // What was planned counted on entries that are not coming (yet).
    if (released.size > 0) this.#erasures = undefined;
  }

  #plan(runs: readonly Run[]): ClockRange[] {
    if (this.#erasures === undefined) {
      this.#erasures = this.kind.kind === 'me' ? new MeErasures(this.document) : new ChatErasures(this.document);
      for (const pending of this.#pending) this.#erasures.plan(pending.runs, this.ledger);
    }
    return this.#erasures.plan(runs, this.ledger);
  }

  #vocabulary(): CheckEntry {
    switch (this.kind.kind) {
      case 'chat':
        return chatVocabulary;
      case 'me':
        return meVocabulary;
      case 'inbox':
      case 'company':
        // Nobody may write there, whatever it is.
        return () => undefined;
    }
  }

  #apply(updates: readonly Uint8Array[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#toApply.push({ updates, done: resolve });
    if (this.#toApply.length === 1) queueMicrotask(() => this.#applyAll());
    return promise;
  }

  #applyAll(): void {
    const ready = this.#toApply;
    this.#toApply = [];
    this.document.transact(() => {
      for (const { updates } of ready) for (const update of updates) Y.applyUpdate(this.document, update, FROM_STORE);
    }, FROM_STORE);
    for (const { done } of ready) done();
  }
}
