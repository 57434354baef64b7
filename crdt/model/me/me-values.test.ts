import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { writer } from '../../../tests/support/chat-builder.ts';
import { encodeAppend, encodeErasure, logRoot, type Json, type Tuple } from '../log/append.ts';
import { encodeSet } from '../log/set-entry.ts';
import { stampAt, type Stamp } from '../log/stamp.ts';
import type { Run } from '../log/verdict.ts';
import type { Writer } from '../log/writer.ts';
import { MeErasures, MeReader } from './me-values.ts';

const PHONE = writer(2, 9);
const DESK = writer(2, 4);
const at = (minute: number): Stamp => stampAt(Date.UTC(2026, 0, 1) + minute * 60_000);
const append = (by: Writer, from: number, ...entries: Tuple[]): Uint8Array =>
  encodeAppend(logRoot(by), by, from, entries);
const run = (by: Writer, from: number, ...entries: Tuple[]): Run => ({
  writer: by,
  from,
  to: from + entries.length,
  entries,
});

function valuesOf(...updates: Uint8Array[]): Record<string, Json> {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const reader = new MeReader(doc);
  reader.read();
  return Object.fromEntries(reader.values);
}

test('[FA9] of a draft the latest counts, of a read marker the greatest', () => {
  const phone = append(PHONE, 0, encodeSet(at(5), 'draft/p-2-3', 'new'), encodeSet(at(1), 'read/p-2-3', 90));
  const desk = append(DESK, 0, encodeSet(at(2), 'draft/p-2-3', 'old'), encodeSet(at(9), 'read/p-2-3', 40));
  const expected = { 'draft/p-2-3': 'new', 'read/p-2-3': 90 };
  expect(valuesOf(phone, desk)).toEqual(expected);
  expect(valuesOf(desk, phone)).toEqual(expected);
});

test('[FA9] a draft that was sent is gone on all devices', () => {
  const desk = append(DESK, 0, encodeSet(at(2), 'draft/p-2-3', 'text'), encodeSet(at(3), 'draft/p-2-3', null));
  expect(valuesOf(desk, append(PHONE, 0, encodeSet(at(1), 'draft/p-2-3', 'te')))).toEqual({});
});

test('[FA9] a reader goes on where it was', () => {
  const doc = new Y.Doc();
  const reader = new MeReader(doc);
  expect(reader.read()).toBe(false);
  Y.applyUpdate(doc, append(DESK, 0, encodeSet(at(1), 'read/p-2-3', 1)));
  expect(reader.read()).toBe(true);
  Y.applyUpdate(doc, append(DESK, 1, encodeSet(at(2), 'read/p-2-3', 2)));
  expect(reader.read()).toBe(true);
  expect(reader.values.get('read/p-2-3')).toBe(2);
  expect(reader.read()).toBe(false);
});

test('[FA10] the server erases what is superseded, also what comes too late', () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, append(DESK, 0, encodeSet(at(1), 'draft/p-2-3', 'a'), encodeSet(at(2), 'read/p-2-3', 5)));
  const erasures = new MeErasures(doc);
  expect(
    erasures.plan([run(DESK, 2, encodeSet(at(3), 'draft/p-2-3', 'b'), encodeSet(at(4), 'draft/p-2-3', 'c'))]),
  ).toEqual([
    { writer: DESK, from: 0, to: 1 },
    { writer: DESK, from: 2, to: 3 },
  ]);
  expect(erasures.plan([run(PHONE, 0, encodeSet(at(9), 'read/p-2-3', 4), encodeSet(at(0), 'draft/i-1', 'x'))])).toEqual(
    [{ writer: PHONE, from: 0, to: 1 }],
  );
});

function valueFor(key: string, value: number): Json {
  if (key.startsWith('read')) return value;
  if (key.startsWith('setting')) return value > 4;
  if (value === 0) return null;
  return key.startsWith('pin') || `text ${value}`;
}

test('[FA9] [FA14] of a pin and of a setting the latest counts, whatever came first', () => {
  const phone = append(PHONE, 0, encodeSet(at(5), 'pin/p-2-3', null), encodeSet(at(6), 'setting/mute-all', true));
  const desk = append(DESK, 0, encodeSet(at(2), 'pin/p-2-3', true), encodeSet(at(9), 'setting/mute-all', false));
  expect(valuesOf(phone, desk)).toEqual({ 'setting/mute-all': false });
  expect(valuesOf(desk, phone)).toEqual({ 'setting/mute-all': false });
});

test('[FA10] [FA14] erasing what is superseded changes no value, whatever is written in whatever order', () => {
  const entry = fc.record({
    by: fc.nat(1),
    minute: fc.nat(20),
    key: fc.constantFrom('read/p-2-3', 'draft/p-2-3', 'draft/i-1', 'pin/p-2-3', 'setting/mute-all'),
    value: fc.nat(9),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
      const plain: Uint8Array[] = [];
      const erased: Uint8Array[] = [];
      const erasures = new MeErasures(new Y.Doc());
      const next = [0, 0];
      for (const { by, minute, key, value } of entries) {
        const writerOf = by === 0 ? PHONE : DESK;
        const tuple = encodeSet(at(minute), key, valueFor(key, value));
        const from = next[by] ?? 0;
        next[by] = from + 1;
        plain.push(append(writerOf, from, tuple));
        const ranges = erasures.plan([run(writerOf, from, tuple)]);
        if (ranges.length > 0) erased.push(encodeErasure(ranges));
      }
      expect(valuesOf(...plain, ...erased)).toEqual(valuesOf(...plain));
      const living = new Y.Doc();
      for (const update of [...plain, ...erased]) Y.applyUpdate(living, update);
      const left = [PHONE, DESK].flatMap((by) => living.getArray<Json>(logRoot(by)).toArray());
      expect(left).toHaveLength(new Set(entries.map((one) => one.key)).size);
    }),
    { numRuns: 200 },
  );
});
