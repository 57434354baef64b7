/** The thread that owns log.db, so that its fsyncs never stop the server's loop. */
import { parentPort, workerData } from 'node:worker_threads';
import { openLogFile, type LogFile } from './log-file.ts';
import type { LogBatch, LogReply, LogWorkerOptions } from './log-messages.ts';

const reply = (message: LogReply): void => parentPort?.postMessage(message);
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function serve(log: LogFile, commitDelayMs: number): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  parentPort?.on('message', (batch: LogBatch | 'close') => {
    if (batch === 'close') {
      log.close();
      parentPort?.close();
      return;
    }
    if (batch.requests.length > 0) {
      const outcomes = log.commit(batch.requests);
      if (commitDelayMs > 0) Atomics.wait(clock, 0, 0, commitDelayMs);
      reply({ kind: 'committed', outcomes });
    }
    for (const { id, kind, ask } of batch.questions) {
      try {
        reply({ kind: 'answer', id, answer: log.answer(kind, ask) });
      } catch (error) {
        reply({ kind: 'no-answer', id, error: asError(error) });
      }
    }
  });
  reply({ kind: 'opened' });
}

function start(options: LogWorkerOptions): void {
  try {
    serve(openLogFile(options), options.commitDelayMs);
  } catch (error) {
    reply({ kind: 'not-opened', error: asError(error) });
  }
}

// Written by openSqliteLogStore, in the same program.
start(workerData as LogWorkerOptions);
