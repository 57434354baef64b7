/** The SQLite adapter of the log store: a queue in front of the worker thread that owns log.db. */
import { Worker } from 'node:worker_threads';
import type { Append, AppendResult, LogStore, ServerWrite, ServerWriteResult } from '../log-store.ts';
import { streamOf } from '../stream.ts';
import { joinRanges } from './clock-ranges.ts';
import { newEpochId } from './epochs.ts';
import type {
  LogBatch,
  LogOutcome,
  LogQuestion,
  LogQuestions,
  LogReply,
  LogRequest,
  LogStats,
  LogWorkerOptions,
} from './log-messages.ts';

export interface SqliteLogOptions {
  readonly file: string;
  /** Unix ms. */
  readonly nowMs: () => number;
  readonly random32: () => number;
  /** Told once when the worker has died of a bug: nothing can be stored any more, the server should end. */
  readonly onFailure?: (error: Error) => void;
  /** See LogWorkerOptions; for measurements and tests. */
  readonly commitDelayMs?: number;
  readonly maxFileBytes?: number;
}

export interface SqliteLogStore extends LogStore {
  stats(): Promise<LogStats>;
}

/** Writes waiting for a commit: some seconds' worth on a slow disk. More means that the disk has stopped. */
export const MAX_WAITING_REQUESTS = 10_000;
/** Bytes of updates waiting for a commit; bounds memory when they are large. */
export const MAX_WAITING_BYTES = 64 * 1_048_576;
/** Requests in one commit; bounds how long the first one waits for the last. */
export const MAX_BATCH_REQUESTS = 1_000;

interface WaitingRequest {
  readonly request: LogRequest;
  settle(outcome: LogOutcome): void;
}

interface WaitingAnswer {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** A view's whole buffer would travel to the worker. */
const owned = (bytes: Uint8Array): Uint8Array => (bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice());

/** Opens or creates the log. Rejects with NewerDataError for data of a newer program, and with SQLite's error for a broken file. */
export async function openSqliteLogStore(options: SqliteLogOptions): Promise<SqliteLogStore> {
  const workerOptions: LogWorkerOptions = {
    file: options.file,
    firstEpoch: newEpochId(options.random32),
    commitDelayMs: options.commitDelayMs ?? 0,
    maxFileBytes: options.maxFileBytes,
  };
  // What the process was started with (--eval, --input-type) is not for the worker.
  const start = { workerData: workerOptions, name: 'log', execArgv: [] };
  const worker = new Worker(new URL('./log-worker.ts', import.meta.url), start);
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();

  const requests: WaitingRequest[] = [];
  let questions: LogQuestion[] = [];
  const answers = new Map<number, WaitingAnswer>();
  let committing: readonly WaitingRequest[] = [];
  let waitingBytes = 0;
  let lastQuestion = 0;
  let sending = false;
  let closed = false;
  let failure: Error | undefined;

  /** Sends what is waiting, unless a commit is running: then its end does. */
  function send(): void {
    sending = false;
    if (failure !== undefined || committing.length > 0) return;
    if (requests.length > 0 || questions.length > 0) {
      committing = requests.splice(0, MAX_BATCH_REQUESTS);
      // A question waits for all writes that were called before it.
      const batch: LogBatch = {
        requests: committing.map(({ request }) => request),
        questions: requests.length === 0 ? questions : [],
      };
      if (requests.length === 0) questions = [];
      for (const { request } of committing) waitingBytes -= request.update?.byteLength ?? 0;
      worker.postMessage(batch);
    }
    if (closed && committing.length === 0 && requests.length === 0) worker.postMessage('close');
  }

  /** At the end of the turn, so that everything of one turn shares a commit. */
  function sendSoon(): void {
    if (sending) return;
    sending = true;
    setImmediate(send);
  }

  function fail(error: Error): void {
    if (failure !== undefined) return;
    failure = error;
    for (const { settle } of [...committing, ...requests]) settle({ kind: 'storage-failed', detail: error.message });
    for (const { reject } of answers.values()) reject(error);
    committing = [];
    requests.length = 0;
    answers.clear();
    opened.reject(error);
    options.onFailure?.(error);
  }

  worker.on('message', (reply: LogReply) => {
    switch (reply.kind) {
      case 'opened':
        opened.resolve();
        return;
      case 'not-opened':
        closed = true;
        opened.reject(reply.error);
        return;
      case 'committed': {
        const batch = committing;
        committing = [];
        for (const [index, { settle }] of batch.entries()) {
          settle(reply.outcomes[index] ?? { kind: 'storage-failed', detail: 'no outcome' });
        }
        // What was called because of these results belongs into the next commit, too.
        sendSoon();
        return;
      }
      case 'answer':
        answers.get(reply.id)?.resolve(reply.answer);
        answers.delete(reply.id);
        return;
      case 'no-answer':
        answers.get(reply.id)?.reject(reply.error);
        answers.delete(reply.id);
    }
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => {
    if (!closed) fail(new Error('the log worker has ended'));
    ended.resolve();
  });

  function request(ask: Omit<LogRequest, 'timeMs' | 'random32'>): Promise<LogOutcome> {
    const refused = (detail: string): Promise<LogOutcome> => Promise.resolve({ kind: 'storage-failed', detail });
    if (failure !== undefined) return refused(failure.message);
    if (closed) return refused('the log is closed');
    const sizeBytes = ask.update?.byteLength ?? 0;
    if (requests.length >= MAX_WAITING_REQUESTS || waitingBytes + sizeBytes > MAX_WAITING_BYTES) {
      return refused('too much is waiting for the disk');
    }
    waitingBytes += sizeBytes;
    const { promise, resolve } = Promise.withResolvers<LogOutcome>();
    requests.push({
      request: { ...ask, timeMs: options.nowMs(), random32: options.random32() },
      settle: resolve,
    });
    sendSoon();
    return promise;
  }

  function ask<Kind extends keyof LogQuestions>(
    question: (id: number) => Extract<LogQuestion, { kind: Kind }>,
  ): Promise<LogQuestions[Kind]['answer']> {
    if (failure !== undefined || closed) return Promise.reject(failure ?? new Error('the log is closed'));
    const waiting = Promise.withResolvers<LogQuestions[Kind]['answer']>();
    lastQuestion += 1;
    answers.set(lastQuestion, waiting);
    questions.push(question(lastQuestion));
    sendSoon();
    return waiting.promise;
  }

  async function append(call: Append): Promise<AppendResult> {
    const outcome = await request({
      document: call.document,
      stream: call.stream,
      update: owned(call.update),
      runs: call.runs.map(({ writer, from, to }) => ({ writer, from, to })),
      facts: [],
      erase: joinRanges(call.erase),
    });
    if (outcome.kind !== 'stored') return outcome;
    const { kind, sequence, added, arrivals } = outcome;
    return { kind, sequence, updates: arrivals.length === 0 ? added : [call.update, ...added], arrivals };
  }

  async function write(call: ServerWrite): Promise<ServerWriteResult> {
    const outcome = await request({
      document: call.document,
      stream: streamOf(call.document),
      update: undefined,
      runs: [],
      facts: call.facts,
      erase: joinRanges(call.erase),
    });
    switch (outcome.kind) {
      case 'stored':
        return { kind: 'stored', sequence: outcome.sequence, updates: outcome.added };
      case 'clock':
        return { kind: 'storage-failed', detail: 'a write without runs has no clock' };
      case 'storage-full':
      case 'storage-failed':
        return outcome;
    }
  }

  await opened.promise;
  return {
    append,
    write,
    load: (document) => ask((id) => ({ id, kind: 'load', ask: { document } })),
    heads: (query) => ask((id) => ({ id, kind: 'heads', ask: query })),
    sequence: () => ask((id) => ({ id, kind: 'sequence', ask: {} })),
    epoch: () => ask((id) => ({ id, kind: 'epoch', ask: {} })),
    restores: () => ask((id) => ({ id, kind: 'restores', ask: {} })),
    compact: (document) => ask((id) => ({ id, kind: 'compact', ask: { document } })),
    compactable: (limit) => ask((id) => ({ id, kind: 'compactable', ask: { limit } })),
    stats: () => ask((id) => ({ id, kind: 'stats', ask: {} })),
    close() {
      if (!closed) {
        closed = true;
        sendSoon();
      }
      return ended.promise;
    },
  };
}
