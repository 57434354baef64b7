import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeAppend, logRoot } from '../../model/log/append.ts';
import { accountOf, makeWriter, type Account } from '../../model/log/writer.ts';
import { OwnWriter } from './own-writer.ts';

const ANNA = 5 as Account;

const drawing = (...numbers: number[]) => {
  const left = [...numbers];
  return () => left.shift() ?? 0;
};

test('[RP8 WR2] a writer that the document knows already is not used', () => {
  const doc = new Y.Doc();
  const taken = makeWriter(ANNA, 1);
  Y.applyUpdate(doc, encodeAppend(logRoot(taken), taken, 0, [[17, 1, 'somebody else']]));
  const { writer, clock } = new OwnWriter(ANNA, drawing(1, 2)).place(doc);
  expect(writer).toBe(makeWriter(ANNA, 2));
  expect(accountOf(writer)).toBe(ANNA);
  expect(clock).toBe(0);
});

test('[RP8] clocks go on from what was made durable, and not from what failed', () => {
  const doc = new Y.Doc();
  const own = new OwnWriter(ANNA, drawing(3));
  const { writer } = own.place(doc);
  expect(own.place(doc)).toEqual({ writer, clock: 0 });
  Y.applyUpdate(
    doc,
    encodeAppend(logRoot(writer), writer, 0, [
      [17, 1, 'one'],
      [17, 2, 'two'],
    ]),
  );
  own.advance(2);
  expect(own.place(doc)).toEqual({ writer, clock: 2 });
});

test('[RP8 WR2] a writer into which somebody else writes is left', () => {
  const doc = new Y.Doc();
  const own = new OwnWriter(ANNA, drawing(3, 4));
  const { writer } = own.place(doc);
  Y.applyUpdate(doc, encodeAppend(logRoot(writer), writer, 0, [[17, 1, 'a twin']]));
  expect(own.place(doc)).toEqual({ writer: makeWriter(ANNA, 4), clock: 0 });
});
