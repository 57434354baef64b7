/** The log against a plain model of it: any appends, erasures, facts, compactions and reopenings. */
import * as Y from 'yjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ArrivalReader } from '../../../crdt/model/chat/arrivals.ts';
import type { ClockRange } from '../../../crdt/model/log/append.ts';
import { encodeSet } from '../../../crdt/model/log/set-entry.ts';
import { stampAt } from '../../../crdt/model/log/stamp.ts';
import type { Account, Writer } from '../../../crdt/model/log/writer.ts';
import { meDocument, type DocumentName } from '../../../crdt/model/protocol/document-name.ts';
import { messages, writerOf } from '../append-builder.ts';
import { PAGE, SECOND_PAGE } from '../log-store.contract.ts';
import type { AppendResult, CommittedArrival } from '../log-store.ts';
import { streamOf } from '../stream.ts';
import { createLogFolder } from './log-folder.ts';

const DOCUMENTS: readonly DocumentName[] = [PAGE, SECOND_PAGE, meDocument(5 as Account)];
const WRITERS: readonly Writer[] = [writerOf(5), writerOf(5, 2 ** 32 - 1), writerOf(6), writerOf(2 ** 21 - 1)];

const document = fc.constantFrom(...DOCUMENTS);
const erasure = fc.record({
  writer: fc.constantFrom(...WRITERS),
  from: fc.nat({ max: 12 }),
  length: fc.integer({ min: 1, max: 4 }),
});
const append = fc.record({
  kind: fc.constant('append' as const),
  document,
  writer: fc.constantFrom(...WRITERS),
  entries: fc.integer({ min: 1, max: 3 }),
  /** How far off the writer's next clock it is; mostly not at all. */
  off: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(-1, 1) }),
  erase: fc.array(erasure, { maxLength: 2 }),
});
const step = fc.oneof(
  /** Appends of one turn share a commit. */
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('turn' as const),
      appends: fc.array(append, { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      document,
      facts: fc.nat({ max: 2 }),
      erase: fc.array(erasure, { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('compact' as const), document }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
);

/** What must be true, told without storage: every update that was handed out, and clocks. */
class Model {
  readonly #updates = new Map<DocumentName, Uint8Array[]>();
  readonly #clocks = new Map<string, number>();
  readonly numbers = new Map<string, number>();
  readonly arrivals = new Map<DocumentName, CommittedArrival[]>();
  sequence = 0;

  next(name: DocumentName, writer: Writer): number {
    return this.#clocks.get(`${name} ${writer}`) ?? 0;
  }
  clocks(name: DocumentName): Map<Writer, number> {
    return new Map(WRITERS.map((writer) => [writer, this.next(name, writer)] as const).filter(([, next]) => next > 0));
  }
  take(name: DocumentName, updates: readonly Uint8Array[], sequence: number): void {
    if (updates.length > 0) {
      expect(sequence).toBe(this.sequence + 1);
      this.sequence = sequence;
    }
    this.#updates.set(name, [...(this.#updates.get(name) ?? []), ...updates]);
  }
  arrive(name: DocumentName, arrival: CommittedArrival): void {
    const { writer, from, to, number } = arrival;
    expect(from).toBe(this.next(name, writer));
    this.#clocks.set(`${name} ${writer}`, to);
    const stream = streamOf(name);
    expect(number).toBe((this.numbers.get(stream) ?? 0) + to - from);
    this.numbers.set(stream, number);
    this.arrivals.set(name, [...(this.arrivals.get(name) ?? []), arrival]);
  }
  doc(name: DocumentName): Y.Doc {
    return build(this.#updates.get(name) ?? []);
  }
}

function build(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

/** Everything that a reader can tell of a document. */
function contentOf(doc: Y.Doc): unknown {
  const roots = [...doc.share.keys()].toSorted().map((name) => [name, doc.getArray(name).toJSON()]);
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].toSorted(([a], [b]) => a - b);
  return { roots: roots.filter(([, entries]) => entries?.length !== 0), clocks, waits: doc.store.pendingDs !== null };
}

const ranges = (erase: readonly { writer: Writer; from: number; length: number }[]): ClockRange[] =>
  erase.map(({ writer, from, length }) => ({ writer, from, to: from + length }));

test('[SV16] whatever happens, a document loads as all that was handed out, and numbers have no gap and no double', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const { open, remove } = await createLogFolder();
      let store = await open();
      const model = new Model();
      try {
        for (const doing of steps) {
          switch (doing.kind) {
            case 'turn': {
              // Clocks as a caller that reserves them ahead counts them.
              const reserved = new Map<string, number>();
              const results = doing.appends.map((call): [typeof call, Promise<AppendResult>] => {
                const key = `${call.document} ${call.writer}`;
                const next = reserved.get(key) ?? model.next(call.document, call.writer);
                const from = Math.max(0, next + call.off);
                if (from === next) reserved.set(key, from + call.entries);
                const texts = Array.from({ length: call.entries }, (_, index) => `text ${from + index}`);
                return [call, store.append(messages(call.document, call.writer, from, texts, ranges(call.erase)))];
              });
              for (const [call, promise] of results) {
                const result = await promise;
                expect(result.kind).toBe(
                  call.off === 0 || (call.off === -1 && result.kind === 'stored') ? 'stored' : 'clock',
                );
                if (result.kind !== 'stored') continue;
                for (const arrival of result.arrivals) model.arrive(call.document, arrival);
                model.take(call.document, result.updates, result.sequence);
              }
              break;
            }
            case 'write': {
              const facts = Array.from({ length: doing.facts }, (_, value) => encodeSet(stampAt(0), 'key', value));
              const result = await store.write({ document: doing.document, facts, erase: ranges(doing.erase) });
              if (result.kind !== 'stored') throw new Error(result.kind);
              model.take(doing.document, result.updates, result.sequence);
              break;
            }
            case 'compact':
              await store.compact(doing.document);
              break;
            case 'reopen':
              await store.close();
              store = await open();
          }
        }
        expect(await store.sequence()).toBe(model.sequence);
        for (const name of DOCUMENTS) {
          const loaded = await store.load(name);
          expect(contentOf(build(loaded.updates))).toEqual(contentOf(model.doc(name)));
          expect(loaded.clocks).toEqual(model.clocks(name));
          const { runs } = new ArrivalReader(build(loaded.updates)).read();
          expect(runs).toEqual(model.arrivals.get(name) ?? []);
        }
      } finally {
        await store.close();
        await remove();
      }
    }),
    { seed: 20_261_122, numRuns: 12 },
  );
}, 60_000);
