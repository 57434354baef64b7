/** What passes between the log store and the worker thread that owns log.db. */
import type { Tuple, ClockRange } from '../../../crdt/model/log/append.ts';
import type { Writer } from '../../../crdt/model/log/writer.ts';
import type { DocumentName } from '../../../crdt/model/protocol/document-name.ts';
import type { CommittedArrival, DocumentHead, LoadedDocument } from '../log-store.ts';

/** A change of one document. Time and randomness come with it: the worker has none of its own. */
export interface LogRequest {
  readonly document: DocumentName;
  readonly stream: string;
  /** The clients' entries, already encoded; undefined for the server's own writing. */
  readonly update: Uint8Array | undefined;
  readonly runs: readonly ClockRange[];
  readonly facts: readonly Tuple[];
  readonly erase: readonly ClockRange[];
  readonly timeMs: number;
  readonly random32: number;
}

export type LogOutcome =
  | {
      readonly kind: 'stored';
      readonly sequence: number;
      /** The updates that the server added to the request's own. */
      readonly added: readonly Uint8Array[];
      readonly arrivals: readonly CommittedArrival[];
    }
  | { readonly kind: 'clock'; readonly writer: Writer; readonly next: number }
  | { readonly kind: 'storage-full' }
  | { readonly kind: 'storage-failed'; readonly detail: string };

export interface LogStats {
  /** `PRAGMA synchronous`: 2 is FULL. */
  readonly synchronous: number;
  readonly journalMode: string;
  /** Write transactions since opening; each is one fsync of the write-ahead log. */
  readonly commits: number;
  /** Requests that those commits stored. */
  readonly appends: number;
}

export interface HeadsQuery {
  readonly documents: readonly DocumentName[];
  readonly streams: readonly string[];
  readonly since: number;
}

/** Everything that can be asked besides writing, with its answer. */
export interface LogQuestions {
  load: { readonly ask: { readonly document: DocumentName }; readonly answer: LoadedDocument };
  heads: { readonly ask: HeadsQuery; readonly answer: readonly DocumentHead[] };
  sequence: { readonly ask: object; readonly answer: number };
  epoch: { readonly ask: object; readonly answer: string };
  restores: { readonly ask: object; readonly answer: number };
  compact: { readonly ask: { readonly document: DocumentName }; readonly answer: number };
  compactable: { readonly ask: { readonly limit: number }; readonly answer: readonly DocumentName[] };
  stats: { readonly ask: object; readonly answer: LogStats };
}

export type LogQuestion = {
  [Kind in keyof LogQuestions]: { readonly id: number; readonly kind: Kind; readonly ask: LogQuestions[Kind]['ask'] };
}[keyof LogQuestions];

/** To the worker: what was waiting, in call order. Writes are carried out first, in one commit; then each question is answered. */
export interface LogBatch {
  readonly requests: readonly LogRequest[];
  readonly questions: readonly LogQuestion[];
}

/** From the worker. */
export type LogReply =
  | { readonly kind: 'opened' }
  /** The file could not be opened; the worker ends. */
  | { readonly kind: 'not-opened'; readonly error: Error }
  | { readonly kind: 'committed'; readonly outcomes: readonly LogOutcome[] }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'no-answer'; readonly id: number; readonly error: Error };

/** How the worker is started. */
export interface LogWorkerOptions {
  readonly file: string;
  /** Id of the first epoch, used when the file is new. */
  readonly firstEpoch: string;
  /** Wait after each commit, for measurements on disks that are too fast to tell anything; 0 in production. */
  readonly commitDelayMs: number;
  /** Bytes that log.db may grow to; undefined: what the disk holds. Its write-ahead log comes on top. */
  readonly maxFileBytes: number | undefined;
}
