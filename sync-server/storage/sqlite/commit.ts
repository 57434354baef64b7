/**
 * Writing to the log, synchronously: a batch of requests in one transaction. All numbers are given here, from what is stored, so that
 * nothing in memory can disagree with the disk after a failure.
 */
import { encodeArrival } from '../../../crdt/model/chat/arrivals.ts';
import {
  ARRIVALS_ROOT,
  encodeAppend,
  encodeErasure,
  FACTS_ROOT,
  type ClockRange,
  type Tuple,
} from '../../../crdt/model/log/append.ts';
import type { Writer } from '../../../crdt/model/log/writer.ts';
import type { CommittedArrival } from '../log-store.ts';
import { joinRanges } from './clock-ranges.ts';
import type { Database } from './database.ts';
import { frame } from './framing.ts';
import type { LogOutcome, LogRequest } from './log-messages.ts';
import { readInteger } from './row.ts';
import { serverWriters } from './server-writers.ts';
import { streams } from './streams.ts';

/** SQLite's result code for a full disk; extended codes carry it in the low byte. */
const SQLITE_FULL = 13;

export function failureOf(error: unknown): Extract<LogOutcome, { kind: 'storage-full' | 'storage-failed' }> {
  const code: unknown = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  if (typeof code === 'number' && (code & 0xff) === SQLITE_FULL) return { kind: 'storage-full' };
  return { kind: 'storage-failed', detail: error instanceof Error ? error.message : String(error) };
}

interface Arrived {
  readonly update: Uint8Array | undefined;
  readonly arrivals: readonly CommittedArrival[];
  readonly newWriters: number;
}

/** Returns the function that commits a batch: one outcome per request, in order. Everything of it is on the disk, or nothing. */
export function logCommits(database: Database, epoch: number): (requests: readonly LogRequest[]) => LogOutcome[] {
  const { sql } = database;
  const servers = serverWriters(database, epoch);
  const numbers = streams(database, epoch);
  const findDocument = sql.prepare('SELECT id, sequence FROM documents WHERE name = ?');
  const addDocument = sql.prepare('INSERT INTO documents (name, stream, sequence) VALUES (?, ?, 0)');
  const findWriter = sql.prepare('SELECT next, position FROM writers WHERE document = ? AND writer = ?');
  const putWriter = sql.prepare(
    `INSERT INTO writers VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET next = excluded.next, position = excluded.position`,
  );
  const addRow = sql.prepare('INSERT INTO log (document, updates) VALUES (?, ?)');
  const addErasure = sql.prepare(
    'INSERT INTO erasures VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET stop = max(stop, excluded.stop)',
  );
  const erasedBefore = sql.prepare(
    'SELECT start, stop FROM erasures WHERE document = ? AND writer = ? AND start < ? AND stop > ?',
  );
  const moveDocument = sql.prepare(
    `UPDATE documents SET sequence = ?, number = coalesce(?, number), entries = entries + ?, writers = writers + ?,
       rows = rows + 1, erasures = erasures + ? WHERE id = ?`,
  );

  const nextClock = (document: number | undefined, writer: Writer): number => {
    const row = document === undefined ? undefined : findWriter.get(document, writer);
    return row === undefined ? 0 : readInteger(row, 'next');
  };

  /** The first run that does not go on where its writer's stored entries end. */
  function misplaced(document: number | undefined, runs: readonly ClockRange[]): LogOutcome | undefined {
    const reached = new Map<Writer, number>();
    for (const { writer, from, to } of runs) {
      const next = reached.get(writer) ?? nextClock(document, writer);
      if (from !== next || to <= from) return { kind: 'clock', writer, next };
      reached.set(writer, to);
    }
    return undefined;
  }

  /** Gives the entries their arrivals. */
  function arrive(document: number, request: LogRequest): Arrived {
    if (request.runs.length === 0) return { update: undefined, arrivals: [], newWriters: 0 };
    let number = numbers.last(request.stream);
    const server = servers.open(document, ARRIVALS_ROOT, { ...request, number });
    const timeMs = Math.max(request.timeMs, server.timeMs);
    const tuples: Tuple[] = server.header === undefined ? [] : [server.header];
    const arrivals: CommittedArrival[] = [];
    let end = { number: server.number, timeMs: server.timeMs };
    let { named } = server;
    let newWriters = 0;
    for (const { writer, from, to } of request.runs) {
      const row = findWriter.get(document, writer);
      const position = row === undefined || row['position'] === null ? undefined : readInteger(row, 'position');
      number += to - from;
      const arrival = { writer, from, to, number, timeMs };
      tuples.push(encodeArrival(end, { index: position, reached: from }, arrival));
      arrivals.push(arrival);
      end = { number, timeMs };
      if (row === undefined) newWriters += 1;
      putWriter.run(document, writer, to, position ?? named);
      if (position === undefined) named += 1;
    }
    numbers.save(request.stream, number);
    const next = server.next + tuples.length;
    servers.save(document, { writer: server.writer, next, ...end, named });
    return { update: encodeAppend(ARRIVALS_ROOT, server.writer, server.next, tuples), arrivals, newWriters };
  }

  function state(document: number, request: LogRequest): Uint8Array | undefined {
    if (request.facts.length === 0) return undefined;
    const server = servers.open(document, FACTS_ROOT, { ...request, number: 0 });
    const tuples = server.header === undefined ? request.facts : [server.header, ...request.facts];
    servers.save(document, { ...server, next: server.next + tuples.length });
    return encodeAppend(FACTS_ROOT, server.writer, server.next, tuples);
  }

  /** What was erased once stays erased, also when a device returns it after an older backup was restored. */
  const erasedAlready = (document: number, { writer, from, to }: ClockRange): ClockRange[] =>
    erasedBefore.all(document, writer, to, from).map((row) => ({
      writer,
      from: Math.max(from, readInteger(row, 'start')),
      to: Math.min(to, readInteger(row, 'stop')),
    }));

  /** Only clocks that exist can be erased: Yjs would keep others waiting in the document for ever. */
  function erase(document: number, { runs, erase: asked }: LogRequest): Uint8Array | undefined {
    const returned = runs.flatMap((run) => erasedAlready(document, run));
    const existing = joinRanges([...asked, ...returned]).flatMap((range) => {
      const next = servers.next(document, range.writer);
      const to = Math.min(range.to, next ?? nextClock(document, range.writer));
      // A server writer's header stays: the chain hangs on it.
      const from = next === undefined ? range.from : Math.max(1, range.from);
      return from < to ? [{ ...range, from, to }] : [];
    });
    if (existing.length === 0) return undefined;
    for (const { writer, from, to } of existing) addErasure.run(document, writer, from, to);
    return encodeErasure(existing);
  }

  function store(request: LogRequest): LogOutcome {
    const row = findDocument.get(request.document);
    const found = row === undefined ? undefined : readInteger(row, 'id');
    const refusal = misplaced(found, request.runs);
    if (refusal !== undefined) return refusal;
    const document = found ?? Number(addDocument.run(request.document, request.stream).lastInsertRowid);

    const arrived = arrive(document, request);
    const stated = state(document, request);
    const erased = erase(document, request);
    const added = [arrived.update, stated, erased].filter((update) => update !== undefined);
    const updates = request.update === undefined || arrived.update === undefined ? added : [request.update, ...added];
    if (updates.length === 0) {
      return {
        kind: 'stored',
        sequence: readInteger(findDocument.get(request.document), 'sequence'),
        added,
        arrivals: [],
      };
    }
    const sequence = Number(addRow.run(document, frame(updates)).lastInsertRowid);
    const entries = request.runs.reduce((sum, { from, to }) => sum + to - from, 0);
    const number = arrived.arrivals.at(-1)?.number ?? null;
    moveDocument.run(sequence, number, entries, arrived.newWriters, erased === undefined ? 0 : 1, document);
    return { kind: 'stored', sequence, added, arrivals: arrived.arrivals };
  }

  return (requests) => {
    try {
      return database.transaction(() => requests.map(store));
    } catch (error) {
      const failure = failureOf(error);
      return requests.map(() => failure);
    }
  };
}
