/**
 * Quarantine: a document whose own new entries the server refuses can't come into step any more, because Yjs would offer them for
 * ever. The document goes on in a fresh database without them, and they are kept as records of their own, to be sent again (see
 * resend.ts) or shown as failed. The steps, each of which may be the last before a crash:
 *
 *   1. the old database is retired: no tab can add to it, and what it holds is known; opening it finishes the rest
 *   2. what the server has acknowledged is copied into the next database
 *   3. records and the step to the next generation are written in one transaction
 *
 * Entries that have been erased are gone already, so nothing erased is revived; an entry that the server had after all is found
 * by its id before it is sent again.
 */
import * as Y from 'yjs';
import { ArrivalReader } from '../../model/chat/arrivals.ts';
import { entryId } from '../../model/log/entry-id.ts';
import { nextClock, readLog, writersOf, type LoggedEntry } from '../../model/log/read-log.ts';
import { accountOf, isWriter, type Account, type Writer } from '../../model/log/writer.ts';
import { parseDocumentName, type DocumentName } from '../../model/protocol/document-name.ts';
import { documentDatabaseName, quarantineLock, type Device } from '../documents/device.ts';
import { DocumentDatabase, type RetireCause } from '../storage/document-database.ts';
import type { QuarantineRecord } from '../storage/meta-records.ts';
import { readableRows } from '../storage/readable-rows.ts';
import { STORED, type WriteOutcome } from '../storage/transact.ts';
import { alone } from '../tabs/election.ts';
import { behindHoles } from './behind-holes.ts';
import { actionOf, firstOf } from './refused-entry.ts';

/** Rights are lost: the text is kept, the person is told, nothing is sent again. */
const FINAL_CODES: readonly string[] = ['forbidden', 'not-found'];

/** Rows were lost, and own entries behind them can't be shown or sent where they are. */
export const BEHIND_HOLES: RetireCause = { code: 'damaged', writers: [] };

/** Whoever asked for it asks again when there is cause. */
const DEAD: WriteOutcome = { kind: 'storage-failed', detail: 'the connection has died' };

/** Takes a document's unacknowledged own entries out of it. `stored` when that is done, here or in another tab. */
export async function quarantine(
  device: Device,
  document: DocumentName,
  generation: number,
  cause: RetireCause,
): Promise<WriteOutcome> {
  const database = await DocumentDatabase.open(documentDatabaseName(device.namespace, document, generation));
  if (!(database instanceof DocumentDatabase)) return database;
  const loaded = await database.retire(cause);
  database.close();
  if (loaded.kind === 'dead') return DEAD;
  if (loaded.kind !== 'rows') return loaded;
  return finishQuarantine(device, document, generation, loaded.retired ?? cause, loaded.rows);
}

/** Steps 2 and 3 for a database that has been retired with `rows` in it; damaged ones are left out. */
export function finishQuarantine(
  device: Device,
  document: DocumentName,
  generation: number,
  cause: RetireCause,
  rows: readonly unknown[],
): Promise<WriteOutcome> {
  return alone(quarantineLock(device.namespace, document), async () => {
    const known = await device.meta.documentRecord(document);
    if ((known?.generation ?? 1) !== generation) return STORED;
    const { records, kept } = takeOut(device.account, document, generation, cause, rows);
    const next = await DocumentDatabase.open(documentDatabaseName(device.namespace, document, generation + 1));
    if (!(next instanceof DocumentDatabase)) return next;
    const seeded = await next.write([kept]);
    next.close();
    if (seeded.kind === 'dead') return DEAD;
    // A next database that is retired itself goes on from its own rows.
    if (seeded.kind !== 'stored' && seeded.kind !== 'retired') return seeded;
    const outcome = await device.meta.beginGeneration(document, generation, records);
    if (outcome.kind === 'stored') {
      // Before the document goes over, so that what waits is never counted as nothing.
      await device.quarantined();
      device.tabs.post({ kind: 'quarantine' });
      device.tabs.post({ kind: 'generation', document });
    }
    return outcome;
  });
}

/** Splits a document: the own entries that the server has not acknowledged, and everything else as an update. */
export function takeOut(
  account: Account,
  document: DocumentName,
  generation: number,
  cause: RetireCause,
  rows: readonly unknown[],
): { readonly records: readonly QuarantineRecord[]; readonly kept: Uint8Array } {
  // Without garbage collection Yjs can give the state of an earlier moment.
  const { doc } = readableRows(rows, { gc: false });
  const arrivals = new ArrivalReader(doc);
  arrivals.read();
  const until = new Map<number, number>();
  const records: QuarantineRecord[] = [];
  const take = (entry: LoggedEntry): void =>
    void records.push(...recordsOf([entry], account, document, generation, cause.code));
  for (const writer of writersOf(doc)) {
    const next = nextClock(doc, writer);
    const from = isOwn(writer, account) ? acknowledged(arrivals, cause, writer) : next;
    if (from > 0) until.set(writer, Math.min(from, next));
    if (from >= next) continue;
    for (const entry of readLog(doc, writer, from)) take(entry);
  }
  for (const entry of behindHoles(doc)) if (isOwn(entry.writer, account)) take(entry);
  const snapshot = Y.createSnapshot(Y.snapshot(doc).ds, until);
  const before = Y.createDocFromSnapshot(doc, snapshot);
  const kept = Y.encodeStateAsUpdate(before);
  before.destroy();
  doc.destroy();
  return { records, kept };
}

/** Erased entries have none. */
function recordsOf(
  entries: readonly LoggedEntry[],
  account: Account,
  document: DocumentName,
  generation: number,
  code: string,
): readonly QuarantineRecord[] {
  const parsed = parseDocumentName(document);
  const later = parsed?.kind === 'chat' && parsed.page > 1;
  return entries.flatMap(({ writer, clock, tuple }) => {
    if (tuple === undefined) return [];
    const first = firstOf(tuple);
    return {
      id: first === undefined ? entryId(writer, clock) : entryId(first.writer, first.clock),
      document,
      generation,
      tuple,
      action: actionOf(tuple, account),
      code,
      attempts: 0,
      // A page that the server doesn't know (any more, after a restore) is no loss of rights: the chat goes on elsewhere.
      state: FINAL_CODES.includes(code) && !(later && code === 'not-found') ? 'failed' : 'resend',
    };
  });
}

/**
 * Before a tab leaves a document that it has in memory: own entries which its retired database, with `rows` in it, has lost by damage
 * are in no record that was made from those rows.
 */
export async function keepLost(
  device: Device,
  document: DocumentName,
  generation: number,
  waiting: readonly LoggedEntry[],
  rows: readonly unknown[],
): Promise<WriteOutcome> {
  const { doc } = readableRows(rows);
  const held = new Set([...behindHoles(doc)].map(({ writer, clock }) => entryId(writer, clock)));
  const lost = waiting.filter(
    ({ writer, clock }) => nextClock(doc, writer) <= clock && !held.has(entryId(writer, clock)),
  );
  doc.destroy();
  if (lost.length === 0) return STORED;
  const records = recordsOf(lost, device.account, document, generation, BEHIND_HOLES.code);
  const outcome = await device.meta.addQuarantine(records);
  if (outcome.kind !== 'stored') return outcome;
  await device.quarantined();
  device.tabs.post({ kind: 'quarantine' });
  return outcome;
}

const isOwn = (writer: Writer, account: Account): boolean => isWriter(writer) && accountOf(writer) === account;

/** Up to which clock a writer's entries stay in the document. */
function acknowledged(arrivals: ArrivalReader, cause: RetireCause, writer: Writer): number {
  // The arrivals of the writer may be those of another context's entries: they acknowledge nothing.
  if (cause.code === 'conflict' && cause.writers.includes(writer)) return 0;
  // Nobody has refused anything: only what can't be in the document goes.
  return cause.code === BEHIND_HOLES.code ? Infinity : arrivals.reached(writer);
}
