/** What the gate says of an update, and what it needs to know. See gate.ts. */
import type { ClockRange, Tuple } from './append.ts';
import type { Account, Writer } from './writer.ts';

/** New entries of one writer, continuing exactly at its next clock. */
export interface Run extends ClockRange {
  /**
   * The raw entries of the range, in clock order. Undefined stands for one that the device knows as erased and the server not at
   * all: only after a restored backup, when the server had carried out an erasure that it has since forgotten with the entry.
   */
  readonly entries: readonly (Tuple | undefined)[];
}

/** The clocks of a document as the server knows them: stored, applied, and reserved for what is being stored. */
export interface Ledger {
  /** The writer's next clock; 0 for one that is unknown. */
  next(writer: Writer): number;
  /** The entry at a clock below `next`; undefined when it has been erased. */
  at(writer: Writer, clock: number): Tuple | undefined;
}

/** Who sends the update. */
export interface Sender {
  readonly account: Account;
  readonly mayWrite: boolean;
}

/** The vocabulary of a document kind: a reason (one or two words) why a raw entry is bad, or undefined when it is good. */
export type CheckEntry = (tuple: Tuple, author: Account) => string | undefined;

export type RefusalCode =
  /** Not a V1 update, or not as Yjs would write it. */
  | 'malformed'
  /** A bound of LIMITS is passed. */
  | 'too-big'
  /** The caller may not write here, or writes what is not an append to an own log. */
  | 'forbidden'
  /** An entry does not pass the vocabulary. */
  | 'bad-entry'
  /** Clocks are missing before the new ones, and nothing else is new. */
  | 'gap'
  /** A clock that is taken holds another entry. */
  | 'conflict';

export interface Accepted {
  readonly kind: 'accepted';
  /** A fresh update that holds exactly `runs`; undefined when there is nothing new. */
  readonly update: Uint8Array | undefined;
  readonly runs: readonly Run[];
  /** Clocks in the update that the server already has. */
  readonly known: number;
  /** Dropped: clocks of other people's writers that the server does not have. */
  readonly foreign: number;
  /** Dropped: ranges of the delete set. Every full sync repeats those that the server has carried out itself. */
  readonly deletions: number;
  /**
   * Own writers of which clocks are missing: what comes after the hole is dropped for now, so the server asks for everything
   * (SyncStep1). The others' entries, and what continues before the hole, are in `runs`.
   */
  readonly gaps: readonly Writer[];
}

export interface Refused {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** For logs and developers; never holds text of an entry. */
  readonly detail: string;
  /** The sender's writers whose entries caused it; none when the update as a whole did. */
  readonly writers: readonly Writer[];
}

export type Verdict = Accepted | Refused;
