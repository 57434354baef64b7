/**
 * The storage port of the update log: append-only, one row per accepted update, durable when the promise resolves. Adapters pass the
 * contract suite in log-store.contract.ts.
 *
 * A *stream* is what arrival numbers count over: a chat with all its pages, or a `me` document. Numbers start at 1, count entries
 * (erased ones included), and rise in commit order; after a restore they jump (see epoch).
 */
import type { ClockRange, Tuple } from '../../crdt/model/log/append.ts';
import type { Writer } from '../../crdt/model/log/writer.ts';
import type { DocumentName } from '../../crdt/model/protocol/document-name.ts';

/** An accepted update on its way into the log. */
export interface Append {
  readonly document: DocumentName;
  /** Chat id, or the document's own name for `me`. */
  readonly stream: string;
  /** What `update` adds, writer by writer. */
  readonly runs: readonly ClockRange[];
  /** V1 update that the gate emitted: exactly `runs`. */
  readonly update: Uint8Array;
  /**
   * Clocks erased in the same commit (may lie in `runs`). What does not exist is left out; what was erased once is erased again
   * without asking when it comes back after a restore, and is then part of the result's updates.
   */
  readonly erase: readonly ClockRange[];
}

/** One arrival as it was committed: the entries `from` to `to` of a writer. */
export interface CommittedArrival extends ClockRange {
  /** Arrival number of the last entry, clock `to - 1`; the others count down from it. */
  readonly number: number;
  /** Server time, unix ms; never goes back within a document. */
  readonly timeMs: number;
}

export type AppendResult =
  | {
      readonly kind: 'stored';
      /** Position in the whole log, in commit order: the catch-up cursor. */
      readonly sequence: number;
      /** V1 updates to apply and broadcast: the entries, their arrivals, the erasure. */
      readonly updates: readonly Uint8Array[];
      readonly arrivals: readonly CommittedArrival[];
    }
  /** A run does not start at the writer's stored next clock; nothing of this append is stored. */
  | { readonly kind: 'clock'; readonly writer: Writer; readonly next: number }
  /** The disk is full or failing; nothing of this append is stored. */
  | { readonly kind: 'storage-full' }
  | { readonly kind: 'storage-failed'; readonly detail: string };

/** The server's own writing: `set` entries at the end of the document's facts, and erasures. */
export interface ServerWrite {
  readonly document: DocumentName;
  /** Raw entries for the root `facts`; may be empty. */
  readonly facts: readonly Tuple[];
  readonly erase: readonly ClockRange[];
}

export type ServerWriteResult =
  | { readonly kind: 'stored'; readonly sequence: number; readonly updates: readonly Uint8Array[] }
  | { readonly kind: 'storage-full' }
  | { readonly kind: 'storage-failed'; readonly detail: string };

export interface LoadedDocument {
  /** V1 updates that make up the stored state, in commit order; empty for an unknown document. */
  readonly updates: readonly Uint8Array[];
  /** Every client writer with its stored next clock, erased entries included. */
  readonly clocks: ReadonlyMap<Writer, number>;
}

/** Where a document stands. */
export interface DocumentHead {
  readonly document: DocumentName;
  /** Sequence of its last change. */
  readonly sequence: number;
  /** Arrival number of its last arrival; 0 when it has none. */
  readonly number: number;
  /** Client entries and writers so far, erased ones included; pages are opened by these. */
  readonly entries: number;
  readonly writers: number;
}

/** The update log of one installation. */
export interface LogStore {
  /**
   * Appends in call order, sharing commits with what arrives meanwhile; resolves after the fsync. Never rejects for a full disk. Reading
   * sees every append and write that was called before it.
   */
  append(append: Append): Promise<AppendResult>;
  /** The server's own entries and erasures, same commit queue. */
  write(write: ServerWrite): Promise<ServerWriteResult>;
  load(document: DocumentName): Promise<LoadedDocument>;
  /** Heads of the given documents, of the whole streams given, and only those changed after `since` (0: all). */
  heads(query: {
    readonly documents: readonly DocumentName[];
    readonly streams: readonly string[];
    readonly since: number;
  }): Promise<readonly DocumentHead[]>;
  /** The last committed sequence. */
  sequence(): Promise<number>;
  /** Identifies this history: changes when a backup is restored, so that devices and cursors can tell. */
  epoch(): Promise<string>;
  /** How many restores this history has been through. */
  restores(): Promise<number>;
  /** Replaces a document's rows by one merged row without the erased text. Says how many rows went; rejects, changing nothing, when it can't. */
  compact(document: DocumentName): Promise<number>;
  /** Documents worth compacting: many rows, or erased text still in the log; worst first. */
  compactable(limit: number): Promise<readonly DocumentName[]>;
  /** Finishes what is queued, then closes. */
  close(): Promise<void>;
}
