import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../model/log/writer.ts';
import { makeWriter } from '../../model/log/writer.ts';
import { fromColumns, isColumns, textAt, toColumns } from './page-columns.ts';

const message = fc.record({
  writer: fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 3 })).map(([account, random]) => {
    return makeWriter(account as Account, random);
  }),
  clock: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  timeMs: fc.integer(),
  text: fc.string({ unit: 'binary' }),
});

test('[SE21] what is kept of a page gives back its messages, whatever their texts are', () => {
  fc.assert(
    fc.property(fc.array(message), (messages) => {
      const columns = structuredClone(toColumns(messages));
      expect(isColumns(columns)).toBe(true);
      expect(fromColumns(columns)).toEqual(messages);
      for (const one of messages) {
        const same = messages.find(({ writer, clock }) => writer === one.writer && clock === one.clock);
        expect(textAt(columns, one)).toBe(same?.text);
      }
      expect(textAt(columns, { writer: makeWriter(10 as Account, 1), clock: 0 })).toBeUndefined();
    }),
  );
});

test('[SE22] columns that do not belong together are none', () => {
  const whole = toColumns([
    { writer: makeWriter(2 as Account, 1), clock: 0, timeMs: 1, text: 'eins' },
    { writer: makeWriter(2 as Account, 1), clock: 1, timeMs: 2, text: 'zwei' },
  ]);
  for (const change of [
    { writers: Float64Array.of(1, 2) },
    { writers: [1, 2] },
    { clocks: Uint32Array.of(0) },
    { clocks: Uint32Array.of(0, 2 ** 31) },
    { timesMs: Float64Array.of(1, Number.NaN) },
    { ends: Uint32Array.of(4, 3) },
    { ends: Uint32Array.of(4, 9) },
    { texts: 'eins' },
    { texts: undefined },
  ]) {
    expect(isColumns({ ...whole, ...change })).toBe(false);
  }
});
