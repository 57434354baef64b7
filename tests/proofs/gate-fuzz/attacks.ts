/**
 * Hostile and mutated updates without end. Each is made from what an attacker can have: an own account, a device that is in step,
 * what has gone over the line before. Knows nothing of the gate, so that any server can be attacked with it.
 */
import * as Y from 'yjs';
import { encodeChatEntry, type ChatEntry } from '../../../crdt/model/chat/entry.ts';
import { encodeAppend, logRoot, type Tuple } from '../../../crdt/model/log/append.ts';
import { stampAt } from '../../../crdt/model/log/stamp.ts';
import { makeWriter, type Account, type Writer } from '../../../crdt/model/log/writer.ts';
import type { Random } from '../../support/random.ts';
import {
  append,
  both,
  CONTENT,
  erased,
  gc,
  length,
  raw,
  rawBlock,
  rawUpdate,
  skip,
  strings,
  values,
  type RawBlock,
  type RawStruct,
} from '../../support/raw-update.ts';

/** What the attacker sees of the server. */
export interface View {
  readonly account: Account;
  /** The next clock of any writer, what is on its way included. */
  next(writer: number): number;
  readonly writers: readonly number[];
  readonly serverWriter: Writer;
  /** The document as a device in step has it. */
  readonly doc: Y.Doc;
  /** Updates that have been sent before, by anybody. */
  readonly earlier: readonly Uint8Array[];
}

const WORDS = ['gut', 'Moin', 'ok', 'Straße', '\ufeff', 'naïve', '👩‍👩‍👧', 'x'.repeat(300), 'a\0b', '1.5 kg', 'done'];

/** A chat entry that is in order. */
export function goodEntry(random: Random, account: Account, first?: ChatEntry['first']): Tuple {
  const stamp = stampAt(1_760_000_000_000 + random.integer(0, 10 ** 10), random.chance(0.1));
  const own = { writer: makeWriter(account, random.integer(0, 3)), clock: random.integer(0, 9) };
  const text = `${random.pick(WORDS)} ${random.integer(0, 99)}`;
  const kind = random.integer(0, 9);
  if (kind < 6) return encodeChatEntry({ kind: 'message', stamp, text, first });
  if (kind === 6) return encodeChatEntry({ kind: 'edit', stamp, target: own, text, first });
  if (kind === 7) return encodeChatEntry({ kind: 'retraction', stamp, target: own, first });
  return encodeChatEntry({ kind: 'reaction', stamp, target: own, emoji: random.pick(['', '👍', '❤️']), first });
}

const someEntries = (random: Random, account: Account, most = 3): Tuple[] =>
  Array.from({ length: random.integer(1, most) }, () => goodEntry(random, account));

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Something that is no entry. */
function badValue(random: Random, view: View): unknown {
  const other = makeWriter(9 as Account, 1);
  return random.pick<() => unknown>([
    () => null,
    () => undefined,
    () => 'text',
    () => 17,
    () => 5n,
    () => new Uint8Array(3),
    () => ({ head: 17 }),
    () => [],
    () => [17, 1],
    () => [17, -1, 'a'],
    () => [17, -0, 'a'],
    () => [17, 1.5, 'a'],
    () => [17, 1, ''],
    () => [17, 1, ' \n'],
    () => [17, 1, 'a'.repeat(8001)],
    () => [17, 1, 'a', null],
    () => [17, 1, 'a', {}],
    () => [17, 1, 'a', { first: [other, 0] }],
    () => [17, 1, 'a', { first: [makeWriter(view.account, 1), 0], more: 1 }],
    () => [17, 1, 'a', { first: [makeWriter(view.account, 1), 2 ** 31] }],
    () => [17, 1, 'a', 'b', 'c'],
    () => [18, 1, other, 0, 'a'],
    () => [19, 1, other, 0],
    () => [20, 1, other, 0, 'x'.repeat(33)],
    () => [20, 1, 5, 0, 'x'],
    () => [21, 1, 'title', 'mine'],
    () => [33, 1, 'a'],
    () => ['17', 1, 'a'],
    () => [17, 1, undefined],
    () => [17, 1, ['a']],
    () => [17, 1, 'a', nested(random.integer(3, 90))],
    () => Array.from({ length: 70 }, () => 17),
  ])();
}

const rawValues: readonly (readonly number[])[] = [
  [125, 128, 0],
  [125, 64],
  [123, 64, 20, 0, 0, 0, 0, 0, 0],
  [124, 127, 192, 0, 0],
  [119, 3, 237, 160, 128],
  [118, 2, 1, 97, 126, 1, 97, 126],
  [118, 1, 9, 95, 95, 112, 114, 111, 116, 111, 95, 95, 126],
  [117, 255, 255, 255, 255, 255, 255, 255, 15],
  [119, 255, 255, 255, 255, 15],
  [42],
];

const someClient = (random: Random, view: View): number =>
  random.pick<() => number>([
    () => random.pick(view.writers),
    () => makeWriter(view.account, random.integer(0, 5)),
    () => makeWriter(view.account, random.integer(0, 5)),
    () => makeWriter(view.account, random.integer(0, 5)),
    () => makeWriter(view.account, random.uint32()),
    () => view.serverWriter,
    () => makeWriter(1 as Account, random.uint32()),
    () => makeWriter(random.integer(2, 12) as Account, random.integer(0, 5)),
    () => random.uint32(),
    () => 2 ** 53 - 1,
    () => 0,
  ])();

const someClock = (random: Random, next: number): number =>
  random.pick([
    next,
    next,
    next,
    next,
    Math.max(0, next - 1),
    Math.max(0, next - 2),
    next + 1,
    0,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 53 - 2,
  ]);

/** A struct of any kind, and how many clocks it says it takes. */
function someStruct(random: Random, view: View, client: number, clock: number): readonly [RawStruct, number] {
  const entries = someEntries(random, view.account);
  const good = append(client, clock, entries);
  const { origin: _, parent: __, ...loose } = good;
  const id = (): readonly [number, number] => [someClient(random, view), someClock(random, view.next(client))];
  const size = random.pick([1, 2, 3, 7, 10_000, 2 ** 31, 2 ** 53 - 1]);
  return random.pick<() => readonly [RawStruct, number]>([
    () => [good, entries.length],
    () => [good, entries.length],
    () => [good, entries.length],
    () => [append(client, clock, [...entries, badValue(random, view)]), entries.length + 1],
    () => [append(client, clock, [badValue(random, view)]), 1],
    () => [{ ...good, body: both(length(1), raw(117, 3, 125, 17, 125, 1, ...random.pick(rawValues))) }, 1],
    () => [{ ...good, body: values(entries, size) }, size],
    () => [erased(client, clock, size), size],
    () => [erased(client, clock, random.integer(1, 3)), 1],
    () => [gc(random.integer(0, 3)), 1],
    () => [skip(random.integer(0, 3)), 1],
    () => [skip(size), size],
    () => [{ ...good, rightOrigin: id() }, entries.length],
    () => [{ ...loose, origin: id() }, entries.length],
    () => [{ ...loose, rightOrigin: id() }, entries.length],
    () => [
      { ...loose, parent: random.pick(['arrivals', 'facts', 'log', '', logRoot(view.serverWriter)]) },
      entries.length,
    ],
    () => [{ ...loose, parent: logRoot(someClient(random, view) as Writer) }, entries.length],
    () => [{ ...loose, parent: id() }, entries.length],
    () => [
      { ...loose, parent: logRoot(client as Writer), key: random.pick(['', 'title', '__proto__']) },
      entries.length,
    ],
    () => [{ ...good, key: 'title' }, entries.length],
    () => [{ ...good, content: CONTENT.type, body: random.pick([raw(0), raw(1), raw(3, 1, 112), raw(9)]) }, 1],
    () => [{ ...good, content: CONTENT.string, body: strings(random.pick(WORDS)) }, 1],
    () => [{ ...good, content: CONTENT.json, body: both(length(1), strings(random.pick(['1', '{', 'undefined']))) }, 1],
    () => [{ ...good, content: CONTENT.format, body: strings('bold', random.pick(['true', ''])) }, 1],
    () => [{ ...good, content: CONTENT.embed, body: strings('{}') }, 1],
    () => [{ ...good, content: CONTENT.binary, body: raw(2, 1, 2) }, 1],
    () => [{ ...good, content: CONTENT.doc, body: both(strings('guid'), raw(118, 0)) }, 1],
    () => [{ ...good, content: random.integer(0, 31) }, entries.length],
  ])();
}

function someBlock(random: Random, view: View): RawBlock {
  const client = someClient(random, view);
  const start = someClock(random, view.next(client));
  const structs: RawStruct[] = [];
  let clock = start;
  for (let left = random.integer(1, 4); left > 0; left -= 1) {
    const [struct, size] = someStruct(random, view, client, clock);
    structs.push(struct);
    clock = Math.min(clock + size, 2 ** 53 - 1);
  }
  const lie = random.chance(0.03) ? { declared: random.pick([0, 1, structs.length + 1, 2 ** 40]) } : {};
  return { client, clock: start, structs, ...lie };
}

const someDeletions = (
  random: Random,
  view: View,
): readonly (readonly [number, readonly (readonly [number, number])[]])[] =>
  random.chance(0.3)
    ? Array.from({ length: random.integer(1, 3) }, () => [
        someClient(random, view),
        Array.from(
          { length: random.integer(1, 3) },
          () => [random.integer(0, 9), random.pick([0, 1, 5, 2 ** 50])] as const,
        ),
      ])
    : [];

/** Good entries at the end of an own log. */
function honest(random: Random, view: View): Uint8Array {
  const writer = makeWriter(view.account, random.integer(0, random.pick([3, 3, 40])));
  return encodeAppend(logRoot(writer), writer, view.next(writer), someEntries(random, view.account));
}

/** Several structs from before the next clock to behind it, the known part right or wrong. */
function overlapping(random: Random, view: View): Uint8Array {
  const writer = makeWriter(view.account, random.integer(0, 3));
  const next = view.next(writer);
  const held = view.doc.getArray(logRoot(writer)).toArray();
  const from = Math.max(0, Math.min(next, held.length) - random.integer(0, 3));
  const known = held.slice(from, next);
  if (random.chance(0.3) && known.length > 0)
    known[random.integer(0, known.length - 1)] = goodEntry(random, view.account);
  return rawBlock(writer, from, append(writer, from, [...known, ...someEntries(random, view.account)]));
}

/** What a whole device would send, as Yjs writes it, its own entries of late included. */
function everything(random: Random, view: View): Uint8Array {
  const parts = [
    Y.encodeStateAsUpdate(view.doc),
    ...Array.from({ length: random.integer(0, 3) }, () => honest(random, view)),
  ];
  return Y.mergeUpdates(parts);
}

function mutate(random: Random, update: Uint8Array, other: Uint8Array): Uint8Array {
  const bytes = [...update];
  for (let left = random.pick([1, 1, 1, 2, 4, 16]); left > 0; left -= 1) {
    const at = random.integer(0, Math.max(0, bytes.length - 1));
    switch (random.integer(0, 8)) {
      case 0:
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(0, 7));
        break;
      case 2:
        bytes[at] = random.integer(0, 255);
        break;
      case 3:
        bytes.splice(at, random.integer(1, 4));
        break;
      case 4:
        bytes.splice(at, 0, ...random.bytes(random.integer(1, 4)));
        break;
      case 5:
        bytes.length = at;
        break;
      case 6:
        // A number in more bytes than it needs.
        bytes.splice(at, 1, (bytes[at] ?? 0) | 128, 0);
        break;
      case 7:
        bytes.splice(
          at,
          random.integer(0, 8),
          ...other.subarray(random.integer(0, other.length), random.integer(0, other.length)),
        );
        break;
      case 8:
        bytes.splice(at, random.integer(0, 2), ...random.pick(rawValues));
        break;
    }
  }
  return Uint8Array.from(bytes);
}

const FAMILIES: Readonly<Record<string, (random: Random, view: View) => Uint8Array>> = {
  honest,
  overlapping,
  everything,
  built: (random, view) =>
    rawUpdate({
      blocks: Array.from({ length: random.integer(0, 4) }, () => someBlock(random, view)),
      deletions: someDeletions(random, view),
    }),
  /** One hostile block among good ones. */
  smuggled: (random, view) => {
    const writer = makeWriter(view.account, random.integer(0, 3));
    const good = {
      client: writer,
      clock: view.next(writer),
      structs: [append(writer, view.next(writer), someEntries(random, view.account))],
    };
    return rawUpdate({
      blocks: random.shuffle([good, someBlock(random, view)]),
      deletions: someDeletions(random, view),
    });
  },
  replayed: (random, view) => random.pick([...view.earlier, honest(random, view)]),
  /** Entries of another account, in order but for who sends them. */
  foreign: (random, view) =>
    honest(random, { ...view, account: random.pick([2, 7, 8, 9].filter((one) => one !== view.account)) as Account }),
  mutated: (random, view) =>
    mutate(random, random.chance(0.7) ? honest(random, view) : overlapping(random, view), honest(random, view)),
  mutatedBuilt: (random, view) =>
    mutate(random, FAMILIES['built']?.(random, view) ?? honest(random, view), honest(random, view)),
  mutatedEverything: (random, view) => mutate(random, everything(random, view), honest(random, view)),
  mutatedEarlier: (random, view) =>
    mutate(random, random.pick([...view.earlier, honest(random, view)]), honest(random, view)),
  noise: (random) => random.bytes(random.integer(0, 60)),
};

const WEIGHTED: readonly string[] = Object.keys(FAMILIES).flatMap((name) => {
  const weight = { built: 5, smuggled: 4, mutated: 6, mutatedBuilt: 2, everything: 1, mutatedEverything: 1 }[name] ?? 2;
  return Array.from({ length: weight }, () => name);
});

/** The next update to attack with, and its family. */
export function nextAttack(random: Random, view: View): { readonly family: string; readonly update: Uint8Array } {
  const family = random.pick(WEIGHTED);
  return { family, update: FAMILIES[family]?.(random, view) ?? honest(random, view) };
}
