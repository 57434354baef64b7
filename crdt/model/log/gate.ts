/**
 * The gate: what of a client's update may enter a document. It reads the bytes with readers of its own, takes from them the
 * sender's new entries and nothing else, and writes a fresh update that holds exactly these. The input is never applied, so
 * nothing has to be filtered out of it, and no second parser can read it differently.
 *
 * Of the sender's own writers it takes what continues at the ledger's next clock; what the server has is compared and skipped;
 * other people's structs and all deletions are dropped and counted. Pure and synchronous; never throws. Time and memory are linear
 * in the size of the update, which is bounded, as everything in it is, by LIMITS. Rules [GA1] and following.
 */
import { encodeRuns, logRoot, type Json, type Tuple } from './append.ts';
import { ByteReader, Refusal } from './byte-reader.ts';
import { MAX_CLOCK } from './entry-id.ts';
import { readJson } from './json-reader.ts';
import { LIMITS, type Limits } from './limits.ts';
import { isSameJson, plainFault } from './plain-json.ts';
import {
  CONTENT,
  readBlockHeader,
  readLength,
  readStructHeader,
  skipContent,
  skipDeleteSet,
  type BlockHeader,
  type StructHeader,
} from './update-reader.ts';
import type { CheckEntry, Ledger, Run, Sender, Verdict } from './verdict.ts';
import { accountOf, isWriter, SERVER_ACCOUNT, type Writer } from './writer.ts';

/** Judges an update (V1) of `sender` against the clocks and entries of `ledger`; apply `update` of the verdict, never the input. */
export function gate(
  update: Uint8Array,
  ledger: Ledger,
  sender: Sender,
  check: CheckEntry,
  limits: Limits = LIMITS,
): Verdict {
  try {
    return judge({ ledger, sender, check, limits }, update);
  } catch (error) {
    if (error instanceof Refusal) {
      return { kind: 'refused', code: error.code, detail: error.message, writers: error.writers };
    }
    // A bug of ours must not open the gate, nor end the process; its message could quote an entry, its name can't.
    const name = error instanceof Error ? error.name : typeof error;
    return { kind: 'refused', code: 'malformed', detail: `internal ${name}`, writers: [] };
  }
}

/** All that a judgement goes by. */
interface Rules {
  readonly ledger: Ledger;
  readonly sender: Sender;
  readonly check: CheckEntry;
  readonly limits: Limits;
}

/** What has been read so far; the bounds of a whole update are kept here. */
interface Tally {
  known: number;
  foreign: number;
  entries: number;
  erased: number;
}

/** What an update says of one of the sender's own writers. */
interface OwnLog {
  readonly writer: Writer;
  /** The ledger's next clock: where `entries` begin. */
  readonly from: number;
  readonly entries: (Tuple | undefined)[];
  /** Something lies behind a hole. */
  hasGap: boolean;
}

function judge(rules: Rules, update: Uint8Array): Verdict {
  const { limits, sender } = rules;
  if (update.length > limits.updateBytes) throw new Refusal('too-big', 'update');
  const reader = new ByteReader(update);
  const tally: Tally = { known: 0, foreign: 0, entries: 0, erased: 0 };
  const logs = readBlocks(rules, reader, tally);
  const deletions = skipDeleteSet(reader);
  if (!reader.done) throw new Refusal('malformed', 'trailing bytes');

  const runs: Run[] = [];
  const gaps: Writer[] = [];
  for (const { writer, from, entries, hasGap } of logs) {
    if (entries.length > 0) runs.push({ writer, from, to: from + entries.length, entries });
    if (hasGap) gaps.push(writer);
  }
  if (!sender.mayWrite && runs.length + gaps.length > 0) {
    throw new Refusal('forbidden', 'may not write', [...new Set([...runs.map((run) => run.writer), ...gaps])]);
  }
  if (runs.filter((run) => run.from === 0).length > limits.newWriters) throw new Refusal('too-big', 'new writers');
  if (runs.length === 0 && gaps.length > 0) throw new Refusal('gap', 'clocks are missing', gaps);
  const { known, foreign } = tally;
  const emitted = runs.length === 0 ? undefined : encodeRuns(runs);
  return { kind: 'accepted', update: emitted, runs, known, foreign, deletions, gaps };
}

function readBlocks(rules: Rules, reader: ByteReader, tally: Tally): OwnLog[] {
  const { limits, sender } = rules;
  const blocks = reader.varUint();
  if (blocks > limits.writers) throw new Refusal('too-big', 'writers');
  const logs: OwnLog[] = [];
  const seen = new Set<number>();
  let structs = 0;
  for (let left = blocks; left > 0; left -= 1) {
    const block = readBlockHeader(reader);
    if (seen.has(block.client)) throw new Refusal('malformed', 'writer twice');
    seen.add(block.client);
    structs += block.structs;
    if (structs > limits.structs) throw new Refusal('too-big', 'structs');
    const writer = block.client;
    if (isWriter(writer) && accountOf(writer) === sender.account && sender.account !== SERVER_ACCOUNT) {
      logs.push(readOwnBlock(rules, reader, tally, block, writer));
    } else {
      dropForeignBlock(rules, reader, tally, block);
    }
  }
  return logs;
}

function dropForeignBlock({ ledger }: Rules, reader: ByteReader, tally: Tally, block: BlockHeader): void {
  const next = isWriter(block.client) ? ledger.next(block.client) : 0;
  let clock = block.clock;
  for (let left = block.structs; left > 0; left -= 1) {
    const { content } = readStructHeader(reader);
    const length = skipContent(reader, content);
    if (content !== CONTENT.skip) {
      const known = Math.min(Math.max(next - clock, 0), length);
      tally.known += known;
      tally.foreign += length - known;
    }
    clock += length;
    if (!Number.isSafeInteger(clock)) throw new Refusal('malformed', 'clock');
  }
}

function readOwnBlock(rules: Rules, reader: ByteReader, tally: Tally, block: BlockHeader, writer: Writer): OwnLog {
  const log: OwnLog = { writer, from: rules.ledger.next(writer), entries: [], hasGap: false };
  try {
    readOwnStructs(rules, reader, tally, block, log);
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.code, error.message, [writer]) : error;
  }
  return log;
}

function readOwnStructs(rules: Rules, reader: ByteReader, tally: Tally, block: BlockHeader, log: OwnLog): void {
  let clock = block.clock;
  for (let left = block.structs; left > 0; left -= 1) {
    const header = readStructHeader(reader);
    const isHole = header.content === CONTENT.skip || header.content === CONTENT.gc;
    if (!isHole) requireAppend(header, log.writer, clock);
    const length = readLength(reader);
    if (clock + length - 1 > MAX_CLOCK) throw new Refusal('too-big', 'clock');
    if (header.content === CONTENT.any) {
      for (let at = clock; at < clock + length; at += 1) readEntry(rules, reader, tally, log, at);
    } else if (header.content === CONTENT.deleted) {
      takeErased(rules, tally, log, clock, length);
    } else if (header.content === CONTENT.gc) {
      // Yjs writes GC structs for what a deleted parent held; logs have no such, so only a clock that counts already may be one.
      if (clock + length > log.from) throw new Refusal('forbidden', 'collected struct');
      tally.known += length;
    }
    clock += length;
  }
}

/** Its place in the log must be the one that an append gives it: at the end of the writer's own root. */
function requireAppend(header: StructHeader, writer: Writer, clock: number): void {
  if (header.content !== CONTENT.any && header.content !== CONTENT.deleted) {
    throw new Refusal('forbidden', 'not an entry');
  }
  if (header.hasRightOrigin) throw new Refusal('forbidden', 'inserted before another entry');
  if (header.isKeyed) throw new Refusal('forbidden', 'map key');
  const isAppend =
    clock === 0
      ? header.origin === undefined && header.root === logRoot(writer)
      : header.origin?.client === writer && header.origin.clock === clock - 1;
  if (!isAppend) throw new Refusal('forbidden', 'not at the end of its own log');
}

function readEntry(rules: Rules, reader: ByteReader, tally: Tally, log: OwnLog, clock: number): void {
  const start = reader.position;
  const value = readJson(reader, start + rules.limits.entryBytes);
  const { writer, from, entries } = log;
  if (clock < from) {
    const held = rules.ledger.at(writer, clock);
    // An entry that the server has erased meanwhile may still be whole on the device.
    if (held !== undefined && !isSameJson(held, value)) throw new Refusal('conflict', `clock ${clock}`);
    tally.known += 1;
  } else if (clock === from + entries.length) {
    tally.entries += 1;
    if (tally.entries > rules.limits.entries) throw new Refusal('too-big', 'entries');
    if (reader.position - start > rules.limits.entryBytes) throw new Refusal('too-big', 'entry');
    if (!isTuple(value)) throw new Refusal('bad-entry', 'not a tuple');
    const fault = plainFault(value, rules.limits) ?? rules.check(value, rules.sender.account);
    if (fault !== undefined) throw new Refusal('bad-entry', fault);
    entries.push(value);
  } else {
    log.hasGap = true;
  }
}

/** Clocks that the device knows as erased. Behind the ledger's next they can only stem from a history that the server has lost. */
function takeErased(rules: Rules, tally: Tally, log: OwnLog, clock: number, length: number): void {
  const known = Math.min(Math.max(log.from - clock, 0), length);
  tally.known += known;
  if (known === length) return;
  if (clock > log.from + log.entries.length) {
    log.hasGap = true;
    return;
  }
  tally.erased += length - known;
  if (tally.erased > rules.limits.erased) throw new Refusal('too-big', 'erased entries');
  for (let left = length - known; left > 0; left -= 1) log.entries.push(undefined);
}

const isTuple = (value: Json): value is Tuple => Array.isArray(value);
