import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeAppend, encodeErasure, FACTS_ROOT, logRoot } from './append.ts';
import { entryAt, nextClock, readLog, rootOf, writersOf } from './read-log.ts';
import { makeWriter, SERVER_ACCOUNT, type Account } from './writer.ts';

const WRITER = makeWriter(7 as Account, 1);
const SERVER = makeWriter(SERVER_ACCOUNT, 2);

function filled(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, encodeAppend(logRoot(WRITER), WRITER, 0, [['a'], ['b'], ['c']]));
  Y.applyUpdate(doc, encodeAppend(logRoot(WRITER), WRITER, 3, [['d'], ['e']]));
  Y.applyUpdate(doc, encodeAppend(FACTS_ROOT, SERVER, 0, [[0, 0]]));
  Y.applyUpdate(doc, encodeErasure([{ writer: WRITER, from: 1, to: 3 }]));
  return doc;
}

test('[WR8] logs are read by clock; erased entries keep theirs', () => {
  const doc = filled();
  expect([...readLog(doc, WRITER)].map(({ clock, tuple }) => [clock, tuple])).toEqual([
    [0, ['a']],
    [1, undefined],
    [2, undefined],
    [3, ['d']],
    [4, ['e']],
  ]);
  expect(nextClock(doc, WRITER)).toBe(5);
});

test('[WR8] a part of a log is read from and to any clock', () => {
  const doc = filled();
  const clocks = (from: number, to?: number): number[] => [...readLog(doc, WRITER, from, to)].map(({ clock }) => clock);
  expect(clocks(2, 4)).toEqual([2, 3]);
  expect(clocks(4)).toEqual([4]);
  expect(clocks(0, 1)).toEqual([0]);
  expect(clocks(5)).toEqual([]);
  expect(clocks(3, 3)).toEqual([]);
});

test('[WR8] one entry is found by its clock, an erased or unknown one is not', () => {
  const doc = filled();
  expect(entryAt(doc, WRITER, 3)).toEqual(['d']);
  expect(entryAt(doc, WRITER, 1)).toBeUndefined();
  expect(entryAt(doc, WRITER, 9)).toBeUndefined();
  expect(entryAt(doc, makeWriter(9 as Account, 0), 0)).toBeUndefined();
});

test('writers and the roots that they write in are known', () => {
  const doc = filled();
  expect(new Set(writersOf(doc))).toEqual(new Set([SERVER, WRITER]));
  expect(rootOf(doc, WRITER)).toBe(logRoot(WRITER));
  expect(rootOf(doc, SERVER)).toBe(FACTS_ROOT);
  expect(rootOf(doc, makeWriter(9 as Account, 0))).toBeUndefined();
  const loaded = new Y.Doc();
  Y.applyUpdate(loaded, Y.encodeStateAsUpdate(doc));
  expect(rootOf(loaded, SERVER)).toBe(FACTS_ROOT);
});
