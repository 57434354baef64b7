/**
 * Says from first principles what an update may change, by a model of plain lists and Yjs' own decoder. It shares no code with the
 * gate: no reader, no writer, no vocabulary, no equality.
 */
import * as Y from 'yjs';
import type { Verdict } from '../../../crdt/model/log/verdict.ts';

/** One writer's log: an entry as JSON with sorted keys, or null where it is erased. */
type Log = (string | null)[];

interface Expected {
  /** Yjs could not read it. */
  readonly unreadable: boolean;
  /** Why nothing of it may be taken. */
  readonly bad: string | undefined;
  readonly runs: ReadonlyMap<number, Log>;
  readonly hasGap: boolean;
  /** Spelled as Yjs spells and small, so it must not be refused when nothing is bad. */
  readonly isHonest: boolean;
}

const EMPTY = Uint8Array.of(0, 0);
const CLIENTS = 2 ** 32;

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
};
const spell = (value: unknown): string => JSON.stringify(sorted(value));

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
const widthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Math.max(Object.keys(value).length, ...Object.values(value).map(widthOf))
    : 0;

const isPlain = (value: unknown): boolean => {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value) && !(value === 0 && 1 / value < 0);
  if (typeof value !== 'object' || value instanceof Uint8Array) return false;
  return Object.values(value).every(isPlain);
};

const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && value >= 0 && value <= most && Math.floor(value) === value;

/** A chat entry, read off its description. */
function isChatEntry(value: unknown, account: number): boolean {
  if (!Array.isArray(value) || depthOf(value) > 4 || widthOf(value) > 64) return false;
  const list: unknown[] = value;
  if (typeof list[0] !== 'number' || !isCount(list[1], 2 ** 53 - 1)) return false;
  const kind = ['', 'message', 'edit', 'retraction', 'reaction'][list[0] - 16] ?? '';
  if (kind === '') return false;
  const target = kind === 'message' ? 0 : 2;
  const text = kind === 'retraction' ? 0 : 1;
  const size = 2 + target + text;
  if (list.length !== size && list.length !== size + 1) return false;
  const isPlace = (writer: unknown, clock: unknown, mustBeOwn: boolean): boolean => {
    if (!isCount(writer, 2 ** 53 - 1) || writer < CLIENTS || !isCount(clock, 2 ** 31 - 1)) return false;
    return !mustBeOwn || Math.floor(writer / CLIENTS) === account;
  };
  if (target > 0 && !isPlace(list[2], list[3], kind !== 'reaction')) return false;
  if (text > 0) {
    const content = list[size - 1];
    if (typeof content !== 'string') return false;
    if (kind === 'reaction' ? content.length > 32 : content.length > 8000 || content.trim() === '') return false;
  }
  if (list.length === size) return true;
  const extras = list[size];
  if (typeof extras !== 'object' || extras === null || Array.isArray(extras)) return false;
  const [[key, first] = ['', null], ...more] = Object.entries(extras) as [string, unknown][];
  return (
    more.length === 0 &&
    key === 'first' &&
    Array.isArray(first) &&
    first.length === 2 &&
    isPlace(first[0], first[1], true)
  );
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

type Struct = Y.Item | Y.GC | Y.Skip;

interface Decoded {
  readonly structs: readonly Struct[];
  readonly deletions: number;
  /** All numbers are such that can be told apart; Yjs reads somewhat beyond 2^53. */
  readonly isExact: boolean;
}

function decode(update: Uint8Array): Decoded | undefined {
  try {
    const { structs, ds } = Y.decodeUpdate(update);
    const ids = structs.flatMap((struct) => (struct instanceof Y.Item ? [struct.origin, struct.rightOrigin] : []));
    const parents = structs.flatMap((struct) =>
      struct instanceof Y.Item && struct.parent instanceof Y.ID ? [struct.parent] : [],
    );
    const numbers = [...structs.map(({ id }) => id), ...ids, ...parents].flatMap((id) =>
      id === null ? [] : [id.client, id.clock],
    );
    for (const [client, ranges] of ds.clients)
      numbers.push(client, ...ranges.flatMap(({ clock, len }) => [clock, len]));
    return { structs, deletions: ds.clients.size, isExact: numbers.every(Number.isSafeInteger) };
  } catch {
    return undefined;
  }
}

function isSpelledAsByYjs(update: Uint8Array): boolean {
  try {
    return isSame(Y.mergeUpdates([update, EMPTY]), update);
  } catch {
    return false;
  }
}

/** The entries of an item, undefined for erased ones; a reason when it is no append to this writer's log. */
function contentOf(struct: Y.Item, writer: number): readonly unknown[] | string {
  const { id, origin, rightOrigin, parent, parentSub, content } = struct;
  if (rightOrigin !== null || parentSub !== null) return 'not an append';
  if (id.clock === 0 ? origin !== null || (parent as unknown) !== `log/${writer}` : origin === null) return 'place';
  if (origin !== null && (origin.client !== writer || origin.clock !== id.clock - 1)) return 'origin';
  if (content instanceof Y.ContentDeleted) return Array.from({ length: Math.min(content.len, 100_000) });
  if (!(content instanceof Y.ContentAny)) return 'content';
  return content.arr.every(isPlain) ? content.arr : 'not plain';
}

export class Oracle {
  readonly #logs = new Map<number, Log>();

  /** What is known of a writer, reserved or stored. */
  next(writer: number): number {
    return this.#logs.get(writer)?.length ?? 0;
  }

  get writers(): readonly number[] {
    return [...this.#logs.keys()];
  }

  /** To be asked before the update is judged. */
  expect(update: Uint8Array, account: number, mayWrite: boolean): Expected {
    const runs = new Map<number, Log>();
    const input = decode(update);
    if (input === undefined) return { unreadable: true, bad: undefined, runs, hasGap: false, isHonest: false };
    let bad: string | undefined;
    const gaps = new Set<number>();
    let deepest = 0;
    for (const struct of input.structs) {
      const { client, clock } = struct.id;
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentAny) {
        for (const value of struct.content.arr) deepest = Math.max(deepest, depthOf(value));
      }
      if (Math.floor(client / CLIENTS) !== account || account <= 1 || struct instanceof Y.Skip) continue;
      const held = this.#logs.get(client) ?? [];
      if (struct instanceof Y.GC) {
        if (clock + struct.length > held.length) bad ??= 'collected';
        continue;
      }
      const values = contentOf(struct, client);
      if (typeof values === 'string') {
        bad ??= values;
        continue;
      }
      const run = runs.get(client) ?? [];
      for (const [index, value] of values.entries()) {
        const at = clock + index;
        const text = value === undefined ? null : spell(value);
        const there = held[at];
        if (at < held.length) {
          if (text !== null && there !== null && there !== text) bad ??= 'conflict';
        } else if (at === held.length + run.length) {
          if (value !== undefined && !isChatEntry(value, account)) bad ??= 'entry';
          run.push(text);
        } else if (at > held.length + run.length) gaps.add(client);
        else bad ??= 'twice';
      }
      if (run.length > 0) runs.set(client, run);
    }
    if (!mayWrite && (runs.size > 0 || gaps.size > 0)) bad ??= 'may not write';
    const isSmall = update.length < 30_000 && input.structs.length < 500 && deepest < 30 && runs.size <= 64;
    const isShort = [...runs.values()].every((run) => run.length < 1_000);
    const isSane = input.structs.every(({ id, length }) => length > 0 && id.clock + length <= 2 ** 31);
    const isHonest = isSmall && isShort && isSane && input.isExact && isSpelledAsByYjs(update);
    return { unreadable: false, bad, runs, hasGap: gaps.size > 0, isHonest };
  }

  /** What is wrong with a verdict, if anything. */
  fault(expected: Expected, verdict: Verdict, account: number): string | undefined {
    if (verdict.kind === 'refused') {
      if (!expected.isHonest || expected.bad !== undefined) return undefined;
      if (verdict.code === 'gap' && expected.hasGap && expected.runs.size === 0) return undefined;
      return `refused what is good: ${verdict.code} ${verdict.detail}`;
    }
    const emitted = verdict.update === undefined ? new Map<number, Log>() : this.#read(verdict.update, account);
    if (typeof emitted === 'string') return emitted;
    const said = new Map(
      verdict.runs.map((run) => [run.writer as number, run.entries.map((e) => (e ? spell(e) : null))]),
    );
    if (verdict.runs.some((run) => run.to - run.from !== run.entries.length || run.from !== this.next(run.writer)))
      return 'runs';
    if (spell(Object.fromEntries(said)) !== spell(Object.fromEntries(emitted)))
      return 'runs are not what the update holds';
    if (expected.unreadable) return undefined;
    if (expected.bad !== undefined) return `accepted what is bad: ${expected.bad}`;
    if (spell(Object.fromEntries(expected.runs)) !== spell(Object.fromEntries(emitted)))
      return 'another change than expected';
    return expected.hasGap === verdict.gaps.length > 0 ? undefined : 'gaps';
  }

  /** Reads an emitted update; it must hold appends of this account to the ends of its logs and nothing else. */
  #read(update: Uint8Array, account: number): Map<number, Log> | string {
    const output = decode(update);
    if (output === undefined) return 'emitted what Yjs cannot read';
    if (output.deletions > 0) return 'emitted a deletion';
    if (!isSpelledAsByYjs(update)) return 'emitted what Yjs would not write';
    const runs = new Map<number, Log>();
    for (const struct of output.structs) {
      const { client, clock } = struct.id;
      if (Math.floor(client / CLIENTS) !== account || account <= 1) return "emitted another's struct";
      if (!(struct instanceof Y.Item)) return 'emitted no item';
      const run = runs.get(client) ?? [];
      if (clock !== this.next(client) + run.length) return 'emitted at another clock';
      const values = contentOf(struct, client);
      if (typeof values === 'string') return `emitted: ${values}`;
      for (const value of values) {
        if (value !== undefined && !isChatEntry(value, account)) return 'emitted a bad entry';
        run.push(value === undefined ? null : spell(value));
      }
      runs.set(client, run);
    }
    return runs;
  }

  accept(verdict: Verdict): void {
    if (verdict.kind === 'refused') return;
    for (const { writer, entries } of verdict.runs) {
      const log = this.#logs.get(writer) ?? [];
      for (const entry of entries) log.push(entry === undefined ? null : spell(entry));
      this.#logs.set(writer, log);
    }
  }

  /** An append failed: the writer's log ends at `from` again. */
  cut(writer: number, from: number): void {
    const log = this.#logs.get(writer) ?? [];
    log.length = Math.min(log.length, from);
    if (log.length === 0) this.#logs.delete(writer);
  }

  erase(writer: number, clock: number): void {
    const log = this.#logs.get(writer);
    if (log !== undefined && clock < log.length) log[clock] = null;
  }

  /** What a document holds that it should not, or lacks. `others` are writers of the server. */
  faultOf(doc: Y.Doc, others: readonly number[]): string | undefined {
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return 'something is pending';
    const clients = [...doc.store.clients.keys()].filter((client) => !others.includes(client));
    if (clients.length !== this.#logs.size) return 'writers';
    const roots = new Set(this.writers.map((writer) => `log/${writer}`));
    for (const [name, type] of doc.share) {
      if (type._map.size > 0) return `keys in ${name}`;
      if (type._start !== null && !roots.has(name) && name !== 'arrivals') return `root ${name}`;
    }
    for (const [writer, log] of this.#logs) {
      if (Y.getState(doc.store, writer) !== log.length) return `clocks of ${writer}`;
      const living = doc.getArray(`log/${writer}`).toArray().map(spell);
      if (spell(living) !== spell(log.filter((entry) => entry !== null))) return `entries of ${writer}`;
    }
    return undefined;
  }
}
