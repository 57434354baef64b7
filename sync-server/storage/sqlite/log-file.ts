/** log.db as its worker uses it, synchronously: one connection that does everything. */
import { logCommits } from './commit.ts';
import { logCompaction } from './compact.ts';
import { durabilityOf, emptyWriteAheadLog, openDatabase } from './database.ts';
import { beginEpoch, presentEpoch } from './epochs.ts';
import type { LogOutcome, LogQuestions, LogRequest } from './log-messages.ts';
import { LOG_MIGRATIONS } from './log-schema.ts';
import { logReads } from './read.ts';
import { fileRewriting } from './rewrite.ts';
import { readInteger } from './row.ts';

export interface LogFile {
  commit(requests: readonly LogRequest[]): LogOutcome[];
  answer<Kind extends keyof LogQuestions>(kind: Kind, ask: LogQuestions[Kind]['ask']): LogQuestions[Kind]['answer'];
  close(): void;
}

export interface LogFileOptions {
  readonly file: string;
  readonly firstEpoch: string;
  readonly maxFileBytes: number | undefined;
}

export function openLogFile({ file, firstEpoch, maxFileBytes }: LogFileOptions): LogFile {
  const database = openDatabase(file, LOG_MIGRATIONS);
  const { sql } = database;
  if (maxFileBytes !== undefined) {
    const pageBytes = readInteger(sql.prepare('PRAGMA page_size').get(), 'page_size');
    sql.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxFileBytes / pageBytes))}`);
  }
  const epoch = presentEpoch(database) ?? { ordinal: 0, id: firstEpoch };
  if (presentEpoch(database) === undefined) beginEpoch(database, epoch);
  const commitBatch = logCommits(database, epoch.ordinal);
  const compact = logCompaction(database);
  const reads = logReads(database);
  const rewriting = fileRewriting(database, () => performance.now());
  let commits = 0;
  let appends = 0;
  // A crash between compaction and emptying leaves erased text in the write-ahead log.
  let toEmpty = !emptyWriteAheadLog(database);

  const empty = (): void => {
    if (toEmpty) toEmpty = !emptyWriteAheadLog(database);
  };

  const answers: { [Kind in keyof LogQuestions]: (ask: LogQuestions[Kind]['ask']) => LogQuestions[Kind]['answer'] } = {
    load: ({ document }) => reads.load(document),
    heads: (query) => reads.heads(query),
    sequence: () => reads.sequence(),
    epoch: () => epoch.id,
    restores: () => epoch.ordinal,
    compactable({ limit }) {
      // Asked once a round: what the round before has erased goes now.
      rewriting.ifDue();
      return reads.compactable(limit);
    },
    compact({ document }) {
      const { rows, erased } = compact(document);
      commits += 1;
      toEmpty ||= erased;
      if (erased) rewriting.erased();
      empty();
      return rows;
    },
    stats: () => ({ ...durabilityOf(database), commits, appends }),
  };

  return {
    commit(requests) {
      const outcomes = commitBatch(requests);
      const stored = outcomes.filter(({ kind }) => kind === 'stored').length;
      appends += stored;
      if (stored > 0) commits += 1;
      // A backup may have been in the way when it was due.
      empty();
      return outcomes;
    },
    answer: (kind, ask) => answers[kind](ask),
    close: () => database.close(),
  };
}
