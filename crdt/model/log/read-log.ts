/** Reading logs back from a Y.Doc, by clock and never by array index, because erasure shifts indexes. */
import * as Y from 'yjs';
import type { ClockRange, Json, Tuple } from './append.ts';
import type { Writer } from './writer.ts';

export interface LoggedEntry {
  readonly writer: Writer;
  readonly clock: number;
  /** The raw entry; undefined when it has been erased. */
  readonly tuple: Tuple | undefined;
}

/** A writer's next clock in a document: how many entries it has appended, erased ones included. */
export const nextClock = (doc: Y.Doc, writer: Writer): number => Y.getState(doc.store, writer);

/** Every writer that the document knows, in no particular order. */
export const writersOf = (doc: Y.Doc): Writer[] => [...doc.store.clients.keys()] as Writer[];

/** The entries of one writer from clock `from` (inclusive) to `to` (exclusive, default: all), in clock order. */
export function* readLog(doc: Y.Doc, writer: Writer, from = 0, to = Infinity): Generator<LoggedEntry> {
  const structs = doc.store.clients.get(writer);
  if (structs === undefined) return;
  const end = Math.min(to, nextClock(doc, writer));
  if (from >= end) return;
  for (let index = Y.findIndexSS(structs, from); index < structs.length; index += 1) {
    const struct = structs[index];
    if (struct === undefined || struct.id.clock >= end) return;
    const values =
      struct instanceof Y.Item && !struct.deleted && struct.content instanceof Y.ContentAny
        ? struct.content.arr
        : undefined;
    const last = Math.min(end, struct.id.clock + struct.length);
    for (let clock = Math.max(from, struct.id.clock); clock < last; clock += 1) {
      const value: unknown = values?.[clock - struct.id.clock];
      yield { writer, clock, tuple: Array.isArray(value) ? (value as Json[]) : undefined };
    }
  }
}

/** The erased clocks of one writer below `to`, in clock order. */
export function* erasedRanges(doc: Y.Doc, writer: Writer, to: number): Generator<ClockRange> {
  for (const struct of doc.store.clients.get(writer) ?? []) {
    const from = struct.id.clock;
    if (from >= to) return;
    if (struct.deleted) yield { writer, from, to: Math.min(to, from + struct.length) };
  }
}

/** The entry at one place, or undefined when it is unknown or erased. */
export function entryAt(doc: Y.Doc, writer: Writer, clock: number): Tuple | undefined {
  const structs = doc.store.clients.get(writer);
  if (structs === undefined || clock < 0 || clock >= nextClock(doc, writer)) return undefined;
  // Not by readLog: the gate asks this for every clock that an update repeats.
  const struct = structs[Y.findIndexSS(structs, clock)];
  if (!(struct instanceof Y.Item && !struct.deleted && struct.content instanceof Y.ContentAny)) return undefined;
  const value: unknown = struct.content.arr[clock - struct.id.clock];
  return Array.isArray(value) ? (value as Json[]) : undefined;
}

/** Name of the root array that a writer's entries lie in; undefined when the document does not know the writer. */
export function rootOf(doc: Y.Doc, writer: Writer): string | undefined {
  const first = doc.store.clients.get(writer)?.[0];
  if (!(first instanceof Y.Item)) return undefined;
  for (const [name, type] of doc.share) if (type === first.parent) return name;
  // Before its root is first asked for, Yjs keeps the parent of an item as the root's name.
  return typeof first.parent === 'string' ? first.parent : undefined;
}
