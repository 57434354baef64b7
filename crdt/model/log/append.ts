/**
 * The encoder of the log grammar, shared by client and server: Yjs V1 updates that append plain entries to one writer's log, or
 * erase entries by their clocks. Byte for byte what `Y.Array.push` writes, without needing a Y.Doc whose clientID is the writer.
 */
import * as encoding from 'lib0/encoding';
import type { Writer } from './writer.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A raw entry as it lies in a log: a plain JSON tuple, version and kind first. */
export type Tuple = readonly Json[];

/** Clocks `from` (inclusive) to `to` (exclusive) of one writer. */
export interface ClockRange {
  readonly writer: Writer;
  readonly from: number;
  readonly to: number;
}

const CONTENT_DELETED = 1;
const CONTENT_ANY = 8;
const HAS_ORIGIN = 128;

/** The Y.Array that holds a client writer's entries; nobody else appends to it. */
export const logRoot = (writer: Writer): string => `log/${writer}`;

/** Root of the server's arrival entries in a client-written document. */
export const ARRIVALS_ROOT = 'arrivals';

/** Root of the server's own facts (`set` entries) in any document. */
export const FACTS_ROOT = 'facts';

/**
 * A V1 update that appends `entries` (at least one) at `clock` to the Y.Array `root`. `clock` is the writer's next Yjs clock; from
 * the second entry on, the one before it must lie in the same root.
 */
export function encodeAppend(root: string, writer: Writer, clock: number, entries: readonly Tuple[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  writeAppendBlock(encoder, root, writer, clock, entries);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

/** A V1 update that holds the runs of several writers' logs; undefined entries lie in it as erased ones. */
export function encodeRuns(
  runs: readonly { readonly writer: Writer; readonly from: number; readonly entries: readonly (Tuple | undefined)[] }[],
): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, runs.length);
  for (const run of runs.toSorted((a, b) => b.writer - a.writer)) {
    writeAppendBlock(encoder, logRoot(run.writer), run.writer, run.from, run.entries);
  }
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

/**
 * One client block of an update; for updates of several writers, which Yjs orders by descending writer. Entries are one item as
 * long as none of them is erased (undefined).
 */
export function writeAppendBlock(
  encoder: encoding.Encoder,
  root: string,
  writer: Writer,
  clock: number,
  entries: readonly (Tuple | undefined)[],
): void {
  if (entries.length === 0) throw new RangeError('an append needs an entry');
  // Bounds of the items: where an erased entry follows a living one, or the other way round.
  const starts: number[] = [];
  for (let at = 0; at < entries.length; at += 1) {
    if (at === 0 || (entries[at] === undefined) !== (entries[at - 1] === undefined)) starts.push(at);
  }
  encoding.writeVarUint(encoder, starts.length);
  encoding.writeVarUint(encoder, writer);
  encoding.writeVarUint(encoder, clock);
  for (const [index, start] of starts.entries()) {
    const item = entries.slice(start, starts[index + 1]);
    const content = item[0] === undefined ? CONTENT_DELETED : CONTENT_ANY;
    if (clock + start === 0) {
      encoding.writeUint8(encoder, content);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, root);
    } else {
      encoding.writeUint8(encoder, content | HAS_ORIGIN);
      encoding.writeVarUint(encoder, writer);
      encoding.writeVarUint(encoder, clock + start - 1);
    }
    encoding.writeVarUint(encoder, item.length);
    for (const entry of item) {
      if (entry !== undefined) encoding.writeAny(encoder, entry as unknown as encoding.AnyEncodable);
    }
  }
}

/** A V1 update without structs that erases the given clocks. Ranges of one writer must not overlap; order does not matter. */
export function encodeErasure(ranges: readonly ClockRange[]): Uint8Array {
  const byWriter = new Map<Writer, ClockRange[]>();
  for (const range of ranges) {
    if (range.to <= range.from) throw new RangeError('an empty range erases nothing');
    const list = byWriter.get(range.writer);
    if (list === undefined) byWriter.set(range.writer, [range]);
    else list.push(range);
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, byWriter.size);
  for (const [writer, list] of [...byWriter].sort(([a], [b]) => b - a)) {
    encoding.writeVarUint(encoder, writer);
    encoding.writeVarUint(encoder, list.length);
    for (const range of list.toSorted((a, b) => a.from - b.from)) {
      encoding.writeVarUint(encoder, range.from);
      encoding.writeVarUint(encoder, range.to - range.from);
    }
  }
  return encoding.toUint8Array(encoder);
}
