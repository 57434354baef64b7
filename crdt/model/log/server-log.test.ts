import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeAppend, type Tuple } from './append.ts';
import {
  encodeServerHeader,
  parseServerHeader,
  serverChain,
  ServerLogReader,
  type ServerHeader,
} from './server-log.ts';
import { makeWriter, SERVER_ACCOUNT, type Account, type Writer } from './writer.ts';

const server = (random: number): Writer => makeWriter(SERVER_ACCOUNT, random);
const begin = (by: Writer, previous: ServerHeader['previous'], timeMs: number, ...entries: Tuple[]): Uint8Array =>
  encodeAppend('facts', by, 0, [encodeServerHeader({ previous, number: 0, timeMs }), ...entries]);
const first = (...entries: Tuple[]): Uint8Array => begin(server(50), undefined, 1_000, ...entries);

function docOf(...updates: Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}
const entriesOf = (doc: Y.Doc): unknown[] =>
  new ServerLogReader(doc, 'facts').read().items.flatMap((item) => (item.kind === 'entry' ? [item.tuple?.[0]] : []));

test('[AR8] a server writer begins with a header that names its predecessor and how much of it counts', () => {
  const header = { previous: { writer: server(3), length: 17 }, number: 5, timeMs: 1_000 };
  expect(parseServerHeader(encodeServerHeader(header))).toEqual(header);
  const original = { previous: undefined, number: 0, timeMs: 1_000 };
  expect(parseServerHeader(encodeServerHeader(original))).toEqual(original);
});

test.each<[string, Tuple]>([
  ['too short', [0, 0, 0]],
  ['a predecessor that is no writer', [5, 1, 0, 0]],
  ['a negative length', [server(3), -1, 0, 0]],
  ['a number that is a text', [0, 0, '0', 0]],
  ['a time that is a fraction', [0, 0, 0, 0.5]],
])('[AR8] %s is no header', (_, tuple) => {
  expect(parseServerHeader(tuple)).toBeUndefined();
});

test('[AR9] after a restore only the entries that the backup knew count, and then the new ones', () => {
  const doc = docOf(
    first(['a'], ['b'], ['lost']),
    begin(server(40), { writer: server(50), length: 3 }, 2_000, ['c'], ['d']),
  );
  expect(entriesOf(doc)).toEqual(['a', 'b', 'c', 'd']);
});

test('[AR10] of two restores of one backup the later one counts, in whatever order they are received', () => {
  const updates = [
    first(['a'], ['b']),
    begin(server(90), { writer: server(50), length: 3 }, 2_000, ['lost']),
    begin(server(10), { writer: server(50), length: 2 }, 3_000, ['c']),
  ];
  expect(entriesOf(docOf(...updates))).toEqual(['a', 'c']);
  expect(entriesOf(docOf(...updates.toReversed()))).toEqual(['a', 'c']);
});

test('[AR10] a restore on a machine whose clock is behind still follows what it names', () => {
  const doc = docOf(first(['a']), begin(server(60), { writer: server(50), length: 2 }, 500, ['b']));
  expect(entriesOf(doc)).toEqual(['a', 'b']);
});

test('[AR10] several epochs make one chain', () => {
  const doc = docOf(
    first(['a']),
    begin(server(40), { writer: server(50), length: 2 }, 2_000, ['b']),
    begin(server(30), { writer: server(40), length: 2 }, 3_000, ['c']),
  );
  expect(serverChain(doc, 'facts').map((link) => [link.writer, link.length])).toEqual([
    [server(50), 2],
    [server(40), 2],
    [server(30), Infinity],
  ]);
  expect(entriesOf(doc)).toEqual(['a', 'b', 'c']);
});

test('[AR11] what follows a link that is not here in full waits for it', () => {
  const doc = docOf(begin(server(40), { writer: server(50), length: 3 }, 2_000, ['c']));
  const reader = new ServerLogReader(doc, 'facts');
  expect(reader.read().items).toEqual([]);
  Y.applyUpdate(doc, first(['a']));
  expect(reader.read().items.map((item) => item.kind)).toEqual(['header', 'entry']);
  Y.applyUpdate(doc, encodeAppend('facts', server(50), 2, [['b']]));
  expect(reader.read().items.map((item) => item.kind)).toEqual(['entry', 'header', 'entry']);
  expect(reader.read()).toEqual({ restarted: false, items: [] });
});

test('[AR12] a new epoch that keeps all that was read is read on; one that voids some of it restarts', () => {
  const doc = docOf(first(['a'], ['b']));
  const reader = new ServerLogReader(doc, 'facts');
  reader.read();
  Y.applyUpdate(doc, begin(server(40), { writer: server(50), length: 3 }, 2_000, ['c']));
  const on = reader.read();
  expect([on.restarted, on.items.length]).toEqual([false, 2]);
  Y.applyUpdate(doc, begin(server(30), { writer: server(40), length: 1 }, 3_000, ['d']));
  const again = reader.read();
  expect([again.restarted, again.items.length]).toEqual([true, 6]);
});

test('[AR13] other roots and other accounts are not the server’s log', () => {
  const doc = docOf(
    encodeAppend('arrivals', server(9), 0, [[0, 0, 0, 9_000], ['x']]),
    encodeAppend('facts', makeWriter(2 as Account, 9), 0, [[0, 0, 0, 9_000], ['y']]),
    first(['a']),
  );
  expect(entriesOf(doc)).toEqual(['a']);
});
