import * as encoding from 'lib0/encoding';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeAppend, encodeErasure, encodeRuns, logRoot, writeAppendBlock, type Tuple } from './append.ts';
import { readLog } from './read-log.ts';
import { makeWriter, type Account } from './writer.ts';

const WRITER = makeWriter(7 as Account, 12_345);
const OTHER = makeWriter(8 as Account, 1);

/** Plain JSON as lib0 spells it back: no negative zero. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value as fc.Arbitrary<Tuple[number]>;
const tuple: fc.Arbitrary<Tuple> = fc.array(json, { maxLength: 5 });

/** What `push` writes, batch by batch. */
function pushed(batches: readonly (readonly Tuple[])[]): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = WRITER;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const batch of batches) doc.getArray(logRoot(WRITER)).push([...batch]);
  return updates;
}

test('[WR3] appends are byte for byte what Y.Array.push writes', () => {
  const batches = fc.array(fc.array(tuple, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(batches, (list) => {
      let clock = 0;
      for (const [index, update] of pushed(list).entries()) {
        const batch = list[index] ?? [];
        expect(encodeAppend(logRoot(WRITER), WRITER, clock, batch)).toEqual(update);
        clock += batch.length;
      }
    }),
  );
});

test('[WR3] several writers lie in descending order, as Yjs writes them', () => {
  const runs = [
    { writer: WRITER, from: 0, entries: [[1]] },
    { writer: OTHER, from: 0, entries: [[2], [3]] },
  ];
  const doc = new Y.Doc();
  Y.applyUpdate(doc, encodeRuns(runs));
  expect(encodeRuns(runs)).toEqual(Y.encodeStateAsUpdate(doc));
});

test('[WR8] erased entries in a run keep their clocks', () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, encodeRuns([{ writer: WRITER, from: 0, entries: [undefined, [1], undefined, undefined, [4]] }]));
  expect([...readLog(doc, WRITER)].map((entry) => entry.tuple)).toEqual([undefined, [1], undefined, undefined, [4]]);
  expect(doc.store.pendingStructs).toBeNull();
});

test('[WR9] an erasure takes entries away, and appending goes on whether it was seen or not', () => {
  const doc = new Y.Doc();
  const late = new Y.Doc();
  const first = encodeAppend(logRoot(WRITER), WRITER, 0, [['a'], ['b'], ['c']]);
  const erasure = encodeErasure([
    { writer: WRITER, from: 2, to: 3 },
    { writer: WRITER, from: 0, to: 1 },
  ]);
  const next = encodeAppend(logRoot(WRITER), WRITER, 3, [['d']]);
  for (const update of [first, erasure, next]) Y.applyUpdate(doc, update);
  for (const update of [first, next, erasure]) Y.applyUpdate(late, update);
  expect(doc.getArray(logRoot(WRITER)).toJSON()).toEqual([['b'], ['d']]);
  expect(late.getArray(logRoot(WRITER)).toJSON()).toEqual([['b'], ['d']]);
  expect(Buffer.from(Y.encodeStateAsUpdate(doc)).includes('a')).toBe(false);
});

test('[WR9] erasures of several writers are what Yjs writes', () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, encodeAppend(logRoot(WRITER), WRITER, 0, [['a'], ['b']]));
  Y.applyUpdate(doc, encodeAppend(logRoot(OTHER), OTHER, 0, [['c']]));
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => {
    doc.getArray(logRoot(WRITER)).delete(1, 1);
    doc.getArray(logRoot(OTHER)).delete(0, 1);
  });
  const erasure = encodeErasure([
    { writer: WRITER, from: 1, to: 2 },
    { writer: OTHER, from: 0, to: 1 },
  ]);
  expect(updates).toHaveLength(1);
  expect(Y.mergeUpdates([erasure, Uint8Array.of(0, 0)])).toEqual(Y.mergeUpdates([...updates, Uint8Array.of(0, 0)]));
});

test('an empty append and an empty range are bugs of the caller', () => {
  expect(() => writeAppendBlock(encoding.createEncoder(), 'facts', WRITER, 0, [])).toThrow(RangeError);
  expect(() => encodeErasure([{ writer: WRITER, from: 1, to: 1 }])).toThrow(RangeError);
});
