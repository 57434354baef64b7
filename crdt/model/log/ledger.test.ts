import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeRuns, type Tuple } from './append.ts';
import { gate } from './gate.ts';
import { DocumentLedger } from './ledger.ts';
import type { Run } from './verdict.ts';
import { makeWriter, type Account, type Writer } from './writer.ts';

const ONE = makeWriter(7 as Account, 1);
const TWO = makeWriter(7 as Account, 2);
const THREE = makeWriter(8 as Account, 3);

const run = (writer: Writer, from: number, ...entries: readonly (Tuple | undefined)[]): Run => ({
  writer,
  from,
  to: from + entries.length,
  entries,
});
const open = (maximum?: number): { doc: Y.Doc; ledger: DocumentLedger } => {
  const doc = new Y.Doc();
  return { doc, ledger: new DocumentLedger(doc, maximum) };
};

test('[GA16] an unknown writer begins at clock 0', () => {
  expect(open().ledger.next(ONE)).toBe(0);
  expect(open().ledger.at(ONE, 0)).toBeUndefined();
});

test('[GA16] what is applied and what is reserved counts as held, in one row', () => {
  const { doc, ledger } = open();
  Y.applyUpdate(doc, encodeRuns([run(ONE, 0, [17, 'a'], undefined)]));
  ledger.reserve([run(ONE, 2, [17, 'c'], undefined), run(TWO, 0, [17, 'x'])]);
  ledger.reserve([run(ONE, 4, [17, 'e'])]);
  expect(ledger.next(ONE)).toBe(5);
  expect([0, 1, 2, 3, 4, 5].map((clock) => ledger.at(ONE, clock))).toEqual([
    [17, 'a'],
    undefined,
    [17, 'c'],
    undefined,
    [17, 'e'],
    undefined,
  ]);
  expect(ledger.at(TWO, 0)).toEqual([17, 'x']);
  expect(ledger.reserved).toBe(4);
});

test('[GA17] runs are reserved only where the ledger ends', () => {
  const { ledger } = open();
  ledger.reserve([run(ONE, 0, [17])]);
  expect(() => ledger.reserve([run(ONE, 0, [17])])).toThrow(RangeError);
  expect(() => ledger.reserve([run(ONE, 2, [17])])).toThrow(RangeError);
  expect(ledger.reserved).toBe(1);
});

test('[GA17] a commit ends the reservation; the document holds it from then on', () => {
  const { doc, ledger } = open();
  const runs = [run(ONE, 0, [17, 'a'])];
  const reservation = ledger.reserve(runs);
  Y.applyUpdate(doc, encodeRuns(runs));
  ledger.commit(reservation);
  ledger.commit(reservation);
  expect(ledger.reserved).toBe(0);
  expect(ledger.next(ONE)).toBe(1);
  expect(ledger.at(ONE, 0)).toEqual([17, 'a']);
});

test('[GA18] a release takes along what continues on it, over other writers too, and nothing else', () => {
  const { ledger } = open();
  const before = ledger.reserve([run(ONE, 0, [17])]);
  const failed = ledger.reserve([run(ONE, 1, [17])]);
  const apart = ledger.reserve([run(THREE, 0, [17])]);
  const behind = ledger.reserve([run(ONE, 2, [17]), run(TWO, 0, [17])]);
  const behindThat = ledger.reserve([run(TWO, 1, [17])]);
  expect(ledger.release(failed)).toEqual([failed, behind, behindThat]);
  expect([ledger.next(ONE), ledger.next(TWO), ledger.next(THREE)]).toEqual([1, 0, 1]);
  expect(ledger.release(behind)).toEqual([]);
  expect(ledger.release(before)).toEqual([before]);
  expect(ledger.release(apart)).toEqual([apart]);
  expect(ledger.reserved).toBe(0);
});

test('[GA18] clocks that were released can be reserved again, and the old reservation does not touch them', () => {
  const { ledger } = open();
  const failed = ledger.reserve([run(ONE, 0, [17, 'a'])]);
  const later = ledger.reserve([run(ONE, 1, [17, 'b'])]);
  ledger.release(failed);
  ledger.reserve([run(ONE, 0, [17, 'a'], [17, 'b'])]);
  expect(ledger.release(later)).toEqual([]);
  expect(ledger.next(ONE)).toBe(2);
});

test('[GA19] a ledger is full at its maximum and has room again after a commit', () => {
  const { ledger } = open(2);
  const reservation = ledger.reserve([run(ONE, 0, [17])]);
  expect(ledger.isFull).toBe(false);
  ledger.reserve([run(ONE, 1, [17])]);
  expect(ledger.isFull).toBe(true);
  ledger.commit(reservation);
  expect(ledger.isFull).toBe(false);
});

test('[GA16] two connections of one person cannot pass with the same clocks', () => {
  const { ledger } = open();
  const sender = { account: 7 as Account, mayWrite: true };
  const judge = (text: string): ReturnType<typeof gate> =>
    gate(encodeRuns([run(ONE, 0, [17, text])]), ledger, sender, () => undefined);
  const first = judge('a');
  if (first.kind !== 'accepted') throw new Error(first.detail);
  ledger.reserve(first.runs);
  expect(judge('a')).toMatchObject({ kind: 'accepted', update: undefined, known: 1 });
  expect(judge('b')).toMatchObject({ kind: 'refused', code: 'conflict' });
});
