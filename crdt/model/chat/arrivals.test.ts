import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ChatBuilder, writer } from '../../../tests/support/chat-builder.ts';
import { ARRIVALS_ROOT, encodeAppend } from '../log/append.ts';
import { encodeServerHeader } from '../log/server-log.ts';
import type { Tuple } from '../log/append.ts';
import { ArrivalReader, encodeArrival, EPOCH_JUMP } from './arrivals.ts';

const ANNA = writer(2, 1);
const JONAS = writer(3, 1);
const entries = (count: number): Tuple[] => Array.from({ length: count }, () => [17, 0, 'text']);

function readerOf(...updates: readonly Uint8Array[]): ArrivalReader {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const reader = new ArrivalReader(doc);
  reader.read();
  return reader;
}

test('[AR1] an arrival covers all entries of an update; their numbers count up entry by entry', () => {
  const page = new ChatBuilder().page(1);
  page.append(ANNA, ...entries(3));
  page.arrive(ANNA, 5_000);
  page.append(JONAS, ...entries(1));
  page.arrive(JONAS, 6_000);
  const reader = readerOf(...page.updates);
  expect([0, 1, 2, 3].map((clock) => reader.at(ANNA, clock)?.number)).toEqual([1, 2, 3, undefined]);
  expect(reader.at(JONAS, 0)).toEqual({ number: 4, timeMs: 6_000 });
  expect(reader.at(writer(4, 1), 0)).toBeUndefined();
  expect([reader.head, reader.counts, reader.reached(ANNA)]).toEqual([4, { entries: 4, writers: 2 }, 3]);
});

test('[AR2] numbers count over all pages of a chat; a page leaves out those of the others', () => {
  const chat = new ChatBuilder();
  for (const [page, timeMs] of [
    [1, 1_000],
    [2, 2_000],
    [2, 3_000],
    [1, 4_000],
  ] as const) {
    chat.page(page).append(ANNA, ...entries(2));
    chat.page(page).arrive(ANNA, timeMs);
  }
  expect(readerOf(...chat.page(1).updates).at(ANNA, 2)).toEqual({ number: 7, timeMs: 4_000 });
  expect(readerOf(...chat.page(2).updates).at(ANNA, 3)).toEqual({ number: 6, timeMs: 3_000 });
});

test('[AR3] an entry of the second arrival of a writer costs ten to twelve bytes', () => {
  const page = new ChatBuilder().page(1);
  const bare = (): number => {
    const doc = page.doc();
    return Y.encodeStateAsUpdate(doc).length;
  };
  const writers = Array.from({ length: 30 }, (_, index) => writer(2 + index, index * 77));
  for (const by of writers) page.append(by, ...entries(60));
  const before = bare();
  const other = new ChatBuilder().page(1);
  for (let round = 0; round < 60; round += 1) {
    for (const by of writers) {
      other.append(by, ...entries(1));
      other.arrive(by, round * 3_600_000 + (by % 3_600_000));
    }
  }
  const bytes = (Y.encodeStateAsUpdate(other.doc()).length - before) / 1_800;
  expect(bytes).toBeGreaterThan(8);
  expect(bytes).toBeLessThan(12);
});

test('[AR4] an arrival that does not go on where the last one ended is a bug of the writer', () => {
  const end = { number: 10, timeMs: 1_000 };
  const known = { index: 0, reached: 4 };
  const run = { writer: ANNA, from: 4, to: 6, number: 12, timeMs: 1_000 };
  expect(encodeArrival(end, known, run)).toEqual([0, 6, 0]);
  expect(encodeArrival(end, known, { ...run, number: 15 })).toEqual([0, 6, 0, 3]);
  expect(() => encodeArrival(end, known, { ...run, from: 5 })).toThrow(RangeError);
  expect(() => encodeArrival(end, known, { ...run, to: 4 })).toThrow(RangeError);
  expect(() => encodeArrival(end, known, { ...run, number: 11 })).toThrow(RangeError);
  expect(() => encodeArrival(end, known, { ...run, timeMs: 999 })).toThrow(RangeError);
});

test('[AR5] after a restore lost arrivals are void and numbers jump, so that old markers stay below new arrivals', () => {
  const page = new ChatBuilder().page(1);
  page.append(ANNA, ...entries(2));
  page.arrive(ANNA, 1_000);
  page.append(ANNA, ...entries(1));
  page.arrive(ANNA, 2_000);
  const doc = page.doc();
  const reader = new ArrivalReader(doc);
  expect(reader.read().runs).toHaveLength(2);
  page.updates.length = 0;
  page.restore(1, 3_000);
  page.append(JONAS, ...entries(1));
  page.arrive(JONAS, 4_000);
  page.arrive(ANNA, 5_000);
  for (const update of page.updates) Y.applyUpdate(doc, update);
  const { restarted, runs } = reader.read();
  expect(restarted).toBe(true);
  expect(runs.map((run) => [run.writer, run.from, run.to, run.number - EPOCH_JUMP])).toEqual([
    [ANNA, 0, 2, 2 - EPOCH_JUMP],
    [JONAS, 0, 1, 4],
    [ANNA, 2, 3, 5],
  ]);
  expect(reader.counts).toEqual({ entries: 4, writers: 2 });
});

test('[AR5] a header alone gives out no number', () => {
  const header = encodeServerHeader({ previous: undefined, number: 500, timeMs: 1 });
  expect(readerOf(encodeAppend(ARRIVALS_ROOT, writer(1, 1), 0, [header])).head).toBe(0);
});

test.each<[string, Tuple]>([
  ['an unknown index', [7, 1, 0]],
  ['no clock', [ANNA, 'one', 0]],
  ['a time that goes back', [ANNA, 1, -1]],
  ['a fraction', [ANNA, 1, 0.5]],
  ['numbers that go back', [ANNA, 1, 0, -3]],
])('[AR6] an arrival with %s is skipped', (_, tuple) => {
  const header = encodeServerHeader({ previous: undefined, number: 0, timeMs: 1 });
  const reader = readerOf(encodeAppend(ARRIVALS_ROOT, writer(1, 1), 0, [header, tuple]));
  expect(reader.at(ANNA, 0)).toBeUndefined();
  expect(reader.head).toBe(0);
});

test('[AR6] an arrival that goes back behind its writer is skipped', () => {
  const header = encodeServerHeader({ previous: undefined, number: 0, timeMs: 1 });
  const arrivals: Tuple[] = [
    [ANNA, 3, 0],
    [0, 2, 9],
    [0, 4, 0],
  ];
  const reader = readerOf(encodeAppend(ARRIVALS_ROOT, writer(1, 1), 0, [header, ...arrivals]));
  expect([0, 1, 2, 3].map((clock) => reader.at(ANNA, clock)?.number)).toEqual([1, 2, 3, 4]);
  expect([reader.head, reader.at(ANNA, 3)?.timeMs]).toEqual([4, 1]);
});

test('[AR7] reading in any portions tells the same arrivals as reading at once, restores included', () => {
  const step = fc.record({ by: fc.nat(3), count: fc.nat(3), restore: fc.nat(12), lost: fc.nat(3), read: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const page = new ChatBuilder().page(1);
      const doc = new Y.Doc();
      const reader = new ArrivalReader(doc);
      let told: unknown[] = [];
      const read = (): void => {
        for (const update of page.updates.splice(0)) Y.applyUpdate(doc, update);
        const { restarted, runs } = reader.read();
        told = restarted ? [...runs] : [...told, ...runs];
      };
      for (const [index, { by, count, restore, lost, read: now }] of steps.entries()) {
        if (restore === 0) page.restore(lost, index * 1_000);
        if (count > 0) page.append(writer(2 + by, 5), ...entries(count));
        page.arrive(writer(2 + by, 5), index * 1_000);
        if (now) read();
      }
      read();
      expect(told).toEqual(page.valid);
      for (const { writer: by, clock } of page.entries) {
        expect(reader.at(by, clock)).toEqual(page.arrivalOf({ writer: by, clock }));
      }
    }),
    { numRuns: 300 },
  );
});
