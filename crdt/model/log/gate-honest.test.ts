import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { append, rawUpdate } from '../../../tests/support/raw-update.ts';
import { encodeAppend, encodeErasure, logRoot, type Tuple } from './append.ts';
import { gate } from './gate.ts';
import { DocumentLedger } from './ledger.ts';
import { nextClock, readLog } from './read-log.ts';
import { makeWriter, type Account, type Writer } from './writer.ts';

const ME = 7 as Account;
const MINE = [1, 2, 3].map((bits) => makeWriter(ME, bits));
const THEIRS = [1, 2].map((bits) => makeWriter(8 as Account, bits));
const WRITERS = [...MINE, ...THEIRS];

/** Who appends how much, what of it is erased, what the server has and how it is sent. */
const traffic = fc.record({
  appends: fc.array(fc.tuple(fc.nat(WRITERS.length - 1), fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    maxLength: 20,
  }),
  erasures: fc.array(fc.tuple(fc.nat(WRITERS.length - 1), fc.nat(8)), { maxLength: 5 }),
  stored: fc.nat(20),
  erasedOnServer: fc.boolean(),
  way: fc.constantFrom('state', 'difference', 'diffUpdate', 'merged', 'single'),
});

const appendsOf = (list: readonly (readonly [number, number])[]): Uint8Array[] => {
  const clocks = new Map<Writer, number>();
  return list.map(([index, count]) => {
    const writer = WRITERS[index] ?? makeWriter(ME, 0);
    const clock = clocks.get(writer) ?? 0;
    clocks.set(writer, clock + count);
    const entries = Array.from({ length: count }, (_, at): Tuple => [17, `${writer} ${clock + at}`]);
    return encodeAppend(logRoot(writer), writer, clock, entries);
  });
};
const docOf = (updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
};
const living = (doc: Y.Doc, writer: Writer): (Tuple | undefined)[] =>
  [...readLog(doc, writer)].map(({ tuple }) => tuple);

test('[GA15] [GA5] [GA6] nothing that Yjs makes of an honest document is refused, and the own logs end up whole', () => {
  fc.assert(
    fc.property(traffic, ({ appends, erasures, stored, erasedOnServer, way }) => {
      const updates = appendsOf(appends);
      const device = docOf(updates);
      const ranges = erasures.flatMap(([index, clock]) => {
        const writer = WRITERS[index];
        return writer !== undefined && clock < nextClock(device, writer)
          ? [{ writer, from: clock, to: clock + 1 }]
          : [];
      });
      const distinct = ranges.filter(
        (one, at) => ranges.findIndex((each) => each.writer === one.writer && each.from === one.from) === at,
      );
      const erasure = encodeErasure(distinct);
      Y.applyUpdate(device, erasure);

      const server = docOf(updates.slice(0, stored));
      if (erasedOnServer) {
        const known = distinct.filter((range) => range.from < nextClock(server, range.writer));
        Y.applyUpdate(server, encodeErasure(known));
      }
      const vector = Y.encodeStateVector(server);
      const sent = {
        state: () => [Y.encodeStateAsUpdate(device)],
        difference: () => [Y.encodeStateAsUpdate(device, vector)],
        diffUpdate: () => [Y.diffUpdate(Y.mergeUpdates([...updates, erasure]), vector)],
        merged: () => [Y.mergeUpdates([erasure, ...updates.toReversed()])],
        single: () => [...updates, erasure],
      }[way]();

      const ledger = new DocumentLedger(server);
      for (const update of sent) {
        const verdict = gate(update, ledger, { account: ME, mayWrite: true }, () => undefined);
        expect(verdict).toMatchObject({ kind: 'accepted', gaps: [] });
        if (verdict.kind === 'accepted' && verdict.update !== undefined) Y.applyUpdate(server, verdict.update);
      }
      expect(server.store.pendingStructs).toBeNull();
      for (const writer of MINE) {
        const mine = living(device, writer);
        const theirs = living(server, writer);
        expect(theirs).toHaveLength(mine.length);
        for (const [clock, entry] of theirs.entries())
          if (entry !== undefined && mine[clock] !== undefined) expect(entry).toEqual(mine[clock]);
      }
      for (const writer of THEIRS)
        expect(nextClock(server, writer)).toBeLessThanOrEqual(nextClock(docOf(updates.slice(0, stored)), writer));
    }),
    { numRuns: 300 },
  );
});

test('[GA15] blocks may come in any order', () => {
  const blocks = MINE.map((writer) => ({ client: writer, clock: 0, structs: [append(writer, 0, [[17, 'a']])] }));
  for (const order of [blocks, blocks.toReversed()]) {
    const verdict = gate(
      rawUpdate({ blocks: order }),
      new DocumentLedger(new Y.Doc()),
      { account: ME, mayWrite: true },
      () => undefined,
    );
    expect(verdict).toMatchObject({ kind: 'accepted', runs: [{}, {}, {}] });
  }
});
