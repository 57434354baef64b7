import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
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
  type RawStruct,
} from '../../../tests/support/raw-update.ts';
import { encodeAppend, encodeErasure, encodeRuns, logRoot, type Tuple } from './append.ts';
import { gate } from './gate.ts';
import { DocumentLedger } from './ledger.ts';
import { LIMITS, type Limits } from './limits.ts';
import { readLog } from './read-log.ts';
import type { CheckEntry, Sender, Verdict } from './verdict.ts';
import { makeWriter, type Account, type Writer } from './writer.ts';

const ME = 7 as Account;
const OTHER = 8 as Account;
const MINE = makeWriter(ME, 100);
const MINE_TOO = makeWriter(ME, 200);
const THEIRS = makeWriter(OTHER, 100);
const sender: Sender = { account: ME, mayWrite: true };

/** A vocabulary of one word. */
const check: CheckEntry = (tuple) => (tuple[0] === 17 ? undefined : 'head');
const entry = (text: string): Tuple => [17, text];
const texts = (...list: readonly string[]): Tuple[] => list.map(entry);

const documentOf = (...updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
};
const judge = (update: Uint8Array, doc: Y.Doc = documentOf(), who: Sender = sender, limits: Limits = LIMITS): Verdict =>
  gate(update, new DocumentLedger(doc), who, check, limits);

const log = (writer: Writer, clock: number, ...list: readonly string[]): Uint8Array =>
  encodeAppend(logRoot(writer), writer, clock, texts(...list));
const logOf = (doc: Y.Doc, writer: Writer): (Tuple | undefined)[] =>
  [...readLog(doc, writer)].map(({ tuple }) => tuple);

const outcome = (verdict: Verdict): string =>
  verdict.kind === 'accepted' ? 'accepted' : `${verdict.code}: ${verdict.detail}`;
const fresh = (verdict: Verdict): Uint8Array => {
  if (verdict.kind !== 'accepted' || verdict.update === undefined) throw new Error(outcome(verdict));
  return verdict.update;
};

describe('what continues an own log', () => {
  test('[GA1] is accepted, and the fresh update is byte for byte what an append writes', () => {
    const update = log(MINE, 0, 'a', 'b');
    expect(judge(update)).toEqual({
      kind: 'accepted',
      update,
      runs: [{ writer: MINE, from: 0, to: 2, entries: texts('a', 'b') }],
      known: 0,
      foreign: 0,
      deletions: 0,
      gaps: [],
    });
  });

  test('[GA1] several structs of several writers become one item each, writers descending', () => {
    const update = rawUpdate({
      blocks: [
        { client: MINE, clock: 0, structs: [append(MINE, 0, texts('a')), append(MINE, 1, texts('b'))] },
        { client: MINE_TOO, clock: 0, structs: [append(MINE_TOO, 0, texts('c'))] },
      ],
    });
    expect(fresh(judge(update))).toEqual(
      encodeRuns([
        { writer: MINE_TOO, from: 0, entries: texts('c') },
        { writer: MINE, from: 0, entries: texts('a', 'b') },
      ]),
    );
  });

  test('[GA1] what is accepted stays when the input is overwritten afterwards', () => {
    const update = log(MINE, 0, 'a');
    const verdict = judge(update);
    update.fill(0);
    const doc = documentOf(fresh(verdict));
    expect(logOf(doc, MINE)).toEqual(texts('a'));
    expect(verdict).toMatchObject({ runs: [{ entries: texts('a') }] });
  });

  test('[GA5] an overlap is skipped, in the middle of an item too', () => {
    const doc = documentOf(log(MINE, 0, 'a', 'b'));
    const verdict = judge(log(MINE, 0, 'a', 'b', 'c', 'd'), doc);
    expect(verdict).toMatchObject({ known: 2, runs: [{ from: 2, to: 4 }] });
    expect(fresh(verdict)).toEqual(log(MINE, 2, 'c', 'd'));
  });

  test('[GA5] what is known alone is accepted with nothing to apply', () => {
    const doc = documentOf(log(MINE, 0, 'a'));
    expect(judge(log(MINE, 0, 'a'), doc)).toMatchObject({ kind: 'accepted', update: undefined, runs: [], known: 1 });
  });

  test('[GA5] another entry at a clock that is taken is a conflict', () => {
    const doc = documentOf(log(MINE, 0, 'a', 'b'));
    expect(judge(log(MINE, 0, 'a', 'x', 'c'), doc)).toMatchObject({ code: 'conflict', writers: [MINE] });
    expect(outcome(judge(rawBlock(MINE, 0, append(MINE, 0, [17])), doc))).toBe('conflict: clock 0');
  });

  test('[GA5] a clock that the server has erased is known, whatever the device still holds there', () => {
    const doc = documentOf(log(MINE, 0, 'a', 'b'), encodeErasure([{ writer: MINE, from: 0, to: 1 }]));
    expect(judge(log(MINE, 0, 'a', 'b', 'c'), doc)).toMatchObject({ known: 2, runs: [{ from: 2, to: 3 }] });
  });

  test('[GA5] a clock that only the device knows as erased is known', () => {
    const doc = documentOf(log(MINE, 0, 'a', 'b'));
    const update = rawBlock(MINE, 0, erased(MINE, 0, 1), append(MINE, 1, texts('b', 'c')));
    const verdict = judge(update, doc);
    expect(verdict).toMatchObject({ known: 2 });
    expect(fresh(verdict)).toEqual(log(MINE, 2, 'c'));
  });
});

describe('what the server has lost', () => {
  test('[GA6] erased clocks behind the next are taken as erased, and what follows them', () => {
    const doc = documentOf(log(MINE, 0, 'a'));
    const update = rawBlock(MINE, 0, append(MINE, 0, texts('a')), erased(MINE, 1, 2), append(MINE, 3, texts('d')));
    const verdict = judge(update, doc);
    expect(verdict).toMatchObject({ runs: [{ from: 1, to: 4, entries: [undefined, undefined, entry('d')] }] });
    Y.applyUpdate(doc, fresh(verdict));
    expect(logOf(doc, MINE)).toEqual([entry('a'), undefined, undefined, entry('d')]);
    Y.applyUpdate(doc, log(MINE, 4, 'e'));
    expect(logOf(doc, MINE)).toHaveLength(5);
  });

  test('[GA6] an erased item that reaches over the next clock counts from there', () => {
    const doc = documentOf(log(MINE, 0, 'a', 'b'));
    const verdict = judge(rawBlock(MINE, 0, erased(MINE, 0, 5)), doc);
    expect(verdict).toMatchObject({ known: 2, runs: [{ from: 2, to: 5, entries: [undefined, undefined, undefined] }] });
  });

  test('[GA6] a log may begin with erased entries', () => {
    const doc = documentOf(fresh(judge(rawBlock(MINE, 0, erased(MINE, 0, 2), append(MINE, 2, texts('c'))))));
    expect(logOf(doc, MINE)).toEqual([undefined, undefined, entry('c')]);
    expect(doc.getArray(logRoot(MINE)).toJSON()).toEqual([entry('c')]);
  });

  test('[GA6] they are bounded', () => {
    expect(outcome(judge(rawBlock(MINE, 0, erased(MINE, 0, LIMITS.erased + 1))))).toBe('too-big: erased entries');
    expect(judge(rawBlock(MINE, 0, erased(MINE, 0, LIMITS.erased)))).toMatchObject({ runs: [{ to: LIMITS.erased }] });
  });

  test('[GA7] a GC struct is known below the next clock and forbidden behind it', () => {
    const doc = documentOf(log(MINE, 0, 'a', 'b'));
    expect(judge(rawBlock(MINE, 0, gc(2), append(MINE, 2, texts('c'))), doc)).toMatchObject({ known: 2 });
    expect(outcome(judge(rawBlock(MINE, 0, gc(3)), doc))).toBe('forbidden: collected struct');
    expect(outcome(judge(rawBlock(MINE, 2, gc(1)), doc))).toBe('forbidden: collected struct');
  });
});

describe('holes', () => {
  test('[GA4] a block that starts past the next clock is a gap', () => {
    expect(judge(log(MINE, 1, 'b'))).toMatchObject({ code: 'gap', writers: [MINE] });
    expect(judge(rawBlock(MINE, 3, erased(MINE, 3, 1)))).toMatchObject({ code: 'gap' });
  });

  test('[GA4] what continues before a Skip is taken, the rest is left out', () => {
    const update = rawBlock(MINE, 0, append(MINE, 0, texts('a')), skip(2), append(MINE, 3, texts('d')));
    const verdict = judge(update);
    expect(verdict).toMatchObject({ kind: 'accepted', gaps: [MINE] });
    expect(fresh(verdict)).toEqual(log(MINE, 0, 'a'));
  });

  test('[GA4] a Skip over what is known is no hole', () => {
    const doc = documentOf(log(MINE, 0, 'a', 'b'));
    const update = rawBlock(MINE, 0, skip(2), append(MINE, 2, texts('c')));
    expect(judge(update, doc)).toMatchObject({ gaps: [], runs: [{ from: 2, to: 3 }] });
  });

  test('[GA4] a hole in one log does not hold up another', () => {
    const update = Y.mergeUpdates([log(MINE, 4, 'e'), log(MINE_TOO, 0, 'a')]);
    expect(judge(update)).toMatchObject({ kind: 'accepted', gaps: [MINE], runs: [{ writer: MINE_TOO }] });
  });

  test('[GA3] [GA4] what lies behind a hole must be an append all the same', () => {
    const update = rawBlock(MINE, 4, { ...append(MINE, 4, texts('e')), origin: [THEIRS, 3] });
    expect(outcome(judge(update))).toBe('forbidden: not at the end of its own log');
  });
});

describe('what is not an append to the own log', () => {
  const doc = documentOf(log(MINE, 0, 'a', 'b'), log(THEIRS, 0, 'x', 'y'));
  const item = append(MINE, 2, texts('c'));
  const { origin: _, ...loose } = item;
  const cases: readonly (readonly [what: string, struct: RawStruct])[] = [
    ['an insertion before another entry', { ...item, rightOrigin: [MINE, 1] }],
    ['an insertion at the start', { ...loose, rightOrigin: [MINE, 0] }],
    ["an insertion into another's log", { ...item, origin: [THEIRS, 1] }],
    ['an insertion behind an earlier entry', { ...item, origin: [MINE, 0] }],
    ['an origin that is the struct itself', { ...item, origin: [MINE, 2] }],
    ['a second beginning of the log', { ...loose, parent: logRoot(MINE) }],
    ["the root of another's log", { ...loose, parent: logRoot(THEIRS) }],
    ['the server’s root', { ...loose, parent: 'arrivals' }],
    ['a nested parent', { ...loose, parent: [THEIRS, 0] }],
    ['a map key', { ...loose, parent: 'facts', key: 'title' }],
    ['a map key behind an origin', { ...item, key: 'title' }],
    ['JSON content', { ...item, content: CONTENT.json, body: both(length(1), strings('1')) }],
    ['a string', { ...item, content: CONTENT.string, body: strings('text') }],
    ['a format', { ...item, content: CONTENT.format, body: strings('bold', 'true') }],
    ['an embed', { ...item, content: CONTENT.embed, body: strings('{}') }],
    ['binary', { ...item, content: CONTENT.binary, body: raw(1, 0) }],
    ['a type', { ...item, content: CONTENT.type, body: raw(0) }],
    ['a subdocument', { ...item, content: CONTENT.doc, body: both(strings('guid'), raw(118, 0)) }],
  ];
  test.each(cases)('[GA3] %s is forbidden', (_what, struct) => {
    expect(judge(rawBlock(MINE, 2, struct), doc)).toMatchObject({ code: 'forbidden', writers: [MINE] });
  });

  test('[GA3] a new log that begins in another root is forbidden', () => {
    for (const root of [logRoot(THEIRS), logRoot(MINE_TOO), 'arrivals', 'facts', '', `${logRoot(MINE)} `]) {
      expect(judge(rawBlock(MINE, 0, append(MINE, 0, texts('a'), root)))).toMatchObject({ code: 'forbidden' });
    }
  });

  test('[GA12] new entries of one who may not write are forbidden, what is known is not', () => {
    const reader: Sender = { account: ME, mayWrite: false };
    expect(judge(log(MINE, 2, 'c'), doc, reader)).toMatchObject({ code: 'forbidden', writers: [MINE] });
    expect(judge(log(MINE, 9, 'c'), doc, reader)).toMatchObject({ code: 'forbidden', writers: [MINE] });
    expect(judge(log(MINE, 0, 'a'), doc, reader)).toMatchObject({ kind: 'accepted' });
  });
});

describe('what belongs to others', () => {
  test('[GA2] [GA8] is dropped and counted, the own entries are taken', () => {
    const doc = documentOf(log(THEIRS, 0, 'x'));
    const update = Y.mergeUpdates([log(THEIRS, 0, 'x', 'y', 'z'), log(MINE, 0, 'a')]);
    const verdict = judge(update, doc);
    expect(verdict).toMatchObject({ known: 1, foreign: 2, runs: [{ writer: MINE }] });
    expect(fresh(verdict)).toEqual(log(MINE, 0, 'a'));
  });

  test('[GA2] the own root under a foreign clientID is foreign', () => {
    const clients = [THEIRS, makeWriter(1 as Account, 5), 5, 2 ** 32 - 1, 0];
    for (const client of clients) {
      const update = rawBlock(client, 0, append(client, 0, texts('a'), logRoot(MINE)));
      expect(judge(update)).toMatchObject({ kind: 'accepted', update: undefined, foreign: 1 });
    }
  });

  test('[GA2] nobody sends as the server', () => {
    const server = makeWriter(1 as Account, 5);
    const update = rawBlock(server, 0, append(server, 0, texts('a')));
    expect(judge(update, documentOf(), { account: 1 as Account, mayWrite: true })).toMatchObject({
      update: undefined,
      foreign: 1,
    });
  });

  test('[GA8] every content that Yjs knows can be stepped over', () => {
    const foreign = (clock: number, content: number, body: RawStruct['body']): RawStruct => ({
      content,
      ...(clock === 0 ? { parent: 'root', key: 'key' } : { origin: [THEIRS, clock - 1] as const }),
      body,
    });
    const structs = [
      foreign(0, CONTENT.type, raw(3, 1, 112)),
      foreign(1, CONTENT.string, strings('a😀')),
      foreign(4, CONTENT.json, both(length(2), strings('1', 'undefined'))),
      foreign(6, CONTENT.format, strings('bold', 'true')),
      foreign(7, CONTENT.embed, strings('{}')),
      foreign(8, CONTENT.binary, raw(2, 1, 2)),
      foreign(9, CONTENT.doc, both(strings('guid'), raw(118, 0))),
      foreign(
        10,
        CONTENT.any,
        values([undefined, 1n, new Uint8Array(3), -0, 1.5, 2 ** 40, { a: [true, false, null] }, -70]),
      ),
      foreign(18, CONTENT.deleted, length(3)),
      gc(2),
      skip(4),
      { ...foreign(27, CONTENT.type, raw(0)), rightOrigin: [THEIRS, 0] as const },
    ];
    const update = rawUpdate({
      blocks: [
        { client: THEIRS, clock: 0, structs },
        { client: MINE, clock: 0, structs: [append(MINE, 0, texts('a'))] },
      ],
    });
    expect(judge(update)).toMatchObject({ kind: 'accepted', foreign: 24, runs: [{ writer: MINE }] });
  });

  test('[GA8] deletions are dropped and counted, of own entries too', () => {
    const doc = documentOf(log(MINE, 0, 'a'), log(THEIRS, 0, 'x'));
    const update = rawUpdate({
      blocks: [{ client: MINE, clock: 1, structs: [append(MINE, 1, texts('b'))] }],
      deletions: [
        [THEIRS, [[0, 1]]],
        [
          MINE,
          [
            [0, 1],
            [5, 2 ** 40],
          ],
        ],
      ],
    });
    const verdict = judge(update, doc);
    expect(verdict).toMatchObject({ deletions: 3 });
    expect(fresh(verdict)).toEqual(log(MINE, 1, 'b'));
  });
});

describe('bad entries', () => {
  const judgeValues = (body: RawStruct['body']): Verdict => judge(rawBlock(MINE, 0, { ...append(MINE, 0, []), body }));

  test('[GA9] one that the vocabulary does not know refuses the whole update and names its writer', () => {
    const update = Y.mergeUpdates([log(MINE, 0, 'a'), rawBlock(MINE_TOO, 0, append(MINE_TOO, 0, [[99]]))]);
    expect(judge(update)).toMatchObject({ code: 'bad-entry', detail: 'head', writers: [MINE_TOO] });
  });

  test.each([
    ['a text instead of a tuple', 'text'],
    ['an object instead of a tuple', { a: 1 }],
    ['null', null],
    ['undefined', undefined],
    ['undefined inside', [17, undefined]],
    ['a bigint', [17, 1n]],
    ['binary', [17, new Uint8Array([1])]],
    ['not a number', [17, Number.NaN]],
    ['infinity', [17, -Infinity]],
    ['negative zero', [17, -0]],
    ['five levels', [17, [[[[]]]]]],
    ['too many members', [17, Array.from({ length: LIMITS.members + 1 }, () => 0)]],
  ])('[GA9] [WR5] %s is refused', (_what, value) => {
    expect(judgeValues(values([value]))).toMatchObject({ code: 'bad-entry', writers: [MINE] });
  });

  test.each([
    ['an integer as float64', [123, 64, 20, 0, 0, 0, 0, 0, 0]],
    ['an integer as float32', [124, 64, 160, 0, 0]],
    ['negative zero as float32', [124, 128, 0, 0, 0]],
    ['a float32 as float64', [123, 63, 248, 0, 0, 0, 0, 0, 0]],
    ['an overlong integer', [125, 128, 0]],
    ['an integer beyond 31 bits', [125, 128, 128, 128, 128, 64]],
    ['an overlong text length', [119, 129, 0, 65]],
    ['half a surrogate pair', [119, 3, 237, 160, 128]],
    ['overlong UTF-8', [119, 2, 192, 128]],
    ['a key twice', [118, 2, 1, 97, 126, 1, 97, 126]],
    ['the key __proto__', [118, 1, 9, ...new TextEncoder().encode('__proto__'), 126]],
    ['an unknown tag', [42]],
  ])('[GA10] %s is refused', (_what, bytes) => {
    const verdict = judgeValues(raw(1, 117, 2, 125, 17, ...bytes));
    expect(verdict).toMatchObject({ kind: 'refused', writers: [MINE] });
    expect(['bad-entry', 'malformed']).toContain(verdict.kind === 'refused' && verdict.code);
  });

  test('[GA10] a text keeps its byte order mark and its zero bytes', () => {
    const verdict = judge(log(MINE, 0, '\ufeffa\0'));
    expect(verdict).toMatchObject({ runs: [{ entries: [[17, '\ufeffa\0']] }] });
  });
});

describe('bounds', () => {
  const limits = (change: Partial<Limits>): Limits => ({ ...LIMITS, ...change });
  const two = Y.mergeUpdates([log(MINE, 0, 'a'), log(MINE_TOO, 0, 'b')]);

  test.each<readonly [string, Uint8Array, Partial<Limits>]>([
    ['update', two, { updateBytes: two.length - 1 }],
    ['writers', two, { writers: 1 }],
    ['new writers', two, { newWriters: 1 }],
    ['entries', two, { entries: 1 }],
    ['structs', two, { structs: 1 }],
    ['entry', two, { entryBytes: 6 }],
  ])('[GA11] %s', (what, update, change) => {
    expect(outcome(judge(update, documentOf(), sender, limits(change)))).toBe(`too-big: ${what}`);
    const generous = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value + 1]));
    expect(outcome(judge(update, documentOf(), sender, limits(generous)))).toBe('accepted');
  });

  test('[GA11] a writer that is known does not count as new', () => {
    const doc = documentOf(log(MINE, 0, 'a'));
    const update = Y.mergeUpdates([log(MINE, 1, 'b'), log(MINE_TOO, 0, 'c')]);
    expect(outcome(judge(update, doc, sender, limits({ newWriters: 1 })))).toBe('accepted');
  });

  test('[GA11] clocks end at 2^31 - 1', () => {
    expect(outcome(judge(rawBlock(MINE, 2 ** 31 - 1, append(MINE, 2 ** 31 - 1, texts('a')))))).toBe(
      'gap: clocks are missing',
    );
    expect(outcome(judge(rawBlock(MINE, 2 ** 31, append(MINE, 2 ** 31, texts('a')))))).toBe('too-big: clock');
    expect(outcome(judge(rawBlock(MINE, 0, erased(MINE, 0, 2 ** 31 + 1))))).toBe('too-big: clock');
    expect(outcome(judge(rawBlock(MINE, 0, skip(2 ** 52))))).toBe('too-big: clock');
    expect(outcome(judge(rawBlock(THEIRS, 2 ** 53 - 1, skip(1))))).toBe('malformed: clock');
  });

  test('[GA11] [GA14] nesting is bounded in what is dropped too', () => {
    const nested = raw(1, ...Array.from({ length: 10_000 }, () => [117, 1]).flat(), 126);
    const item = { content: CONTENT.any, parent: 'log', body: nested };
    expect(judge(rawBlock(THEIRS, 0, item))).toMatchObject({ code: 'malformed' });
    expect(judge(rawBlock(MINE, 0, { ...item, parent: logRoot(MINE) }))).toMatchObject({ code: 'bad-entry' });
  });
});

describe('what Yjs would not write', () => {
  const good = log(MINE, 0, 'a');
  const huge = [255, 255, 255, 255, 255, 255, 255, 15];

  test('[GA13] every beginning of an update is malformed, and so is anything behind it', () => {
    for (let size = 0; size < good.length; size += 1) {
      expect(judge(good.subarray(0, size)), `${size} bytes`).toMatchObject({ code: 'malformed' });
    }
    expect(outcome(judge(Uint8Array.from([...good, 0])))).toBe('malformed: trailing bytes');
  });

  test.each<readonly [string, Uint8Array]>([
    ['an overlong number', Uint8Array.from([129, 0, 0])],
    ['a number beyond 2^53', Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255, 0])],
    ['a huge number of deletions', Uint8Array.from([0, ...huge])],
    ['a huge number of ranges', Uint8Array.from([0, 1, 5, ...huge])],
    [
      'a huge number of entries',
      rawBlock(MINE, 0, { ...append(MINE, 0, []), body: raw(255, 255, 255, 255, 7) }).slice(0, -1),
    ],
    ['a huge text', rawBlock(MINE, 0, { ...append(MINE, 0, []), body: raw(1, 119, ...huge) })],
    ['an empty block', rawUpdate({ blocks: [{ client: MINE, clock: 0, structs: [] }] })],
    ['an empty item', rawBlock(MINE, 0, append(MINE, 0, []))],
    ['an empty Skip', rawBlock(MINE, 0, skip(0))],
    ['a Skip with flags', rawBlock(MINE, 0, { content: 128 + CONTENT.skip, body: length(1) })],
    ['unknown content', rawBlock(THEIRS, 0, { content: 11, parent: 'log', body: length(1) })],
    ['an unknown type', rawBlock(THEIRS, 0, { content: CONTENT.type, parent: 'log', body: raw(7) })],
    [
      'a client twice',
      rawUpdate({
        blocks: [
          { client: MINE, clock: 0, structs: [append(MINE, 0, texts('a'))] },
          { client: MINE, clock: 1, structs: [append(MINE, 1, texts('b'))] },
        ],
      }),
    ],
  ])('[GA13] %s is malformed', (_what, update) => {
    expect(judge(update)).toMatchObject({ code: 'malformed' });
  });
});

test('[GA11] [GA14] a declared size alone costs nothing, and an entry is given up where it gets too big', () => {
  const huge = [255, 255, 255, 255, 255, 255, 255, 15];
  const ofBytes = (...bytes: readonly number[]): Verdict =>
    judge(rawBlock(MINE, 0, { ...append(MINE, 0, []), body: raw(1, ...bytes) }));
  expect(outcome(ofBytes(117, ...huge))).toBe('bad-entry: members');
  expect(outcome(ofBytes(118, ...huge))).toBe('bad-entry: members');
  const wide = Array.from({ length: 1_000 }, () => Array.from({ length: 50 }, () => 0));
  expect(outcome(judge(rawBlock(MINE, 0, append(MINE, 0, [wide]))))).toBe('too-big: entry');
});

test('[GA14] a vocabulary that throws refuses, and its message is not told', () => {
  const verdict = gate(log(MINE, 0, 'secret'), new DocumentLedger(documentOf()), sender, () => {
    throw new TypeError('secret');
  });
  expect(verdict).toEqual({ kind: 'refused', code: 'malformed', detail: 'internal TypeError', writers: [] });
});

test('[GA14] bytes in the middle of a larger buffer are read as well', () => {
  const update = log(MINE, 0, 'a');
  const frame = new Uint8Array(update.length + 9);
  frame.set(update, 5);
  expect(fresh(judge(frame.subarray(5, 5 + update.length)))).toEqual(update);
});
