import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChatBuilder, writer } from '../../../tests/support/chat-builder.ts';
import type { ClockRange, Tuple } from '../log/append.ts';
import type { Place } from '../log/entry-id.ts';
import { HEAD } from '../log/entry-kind.ts';
import type { Run } from '../log/verdict.ts';
import type { Writer } from '../log/writer.ts';
import { ChatErasures } from './erasure.ts';

const ANNA = writer(2, 1);
const ANNA_LATER = writer(2, 2);
const JONAS = writer(3, 1);

const message = (text: string): Tuple => [HEAD.message, 2, text];
const copyOf = (to: Place, text: string): Tuple => [HEAD.message, 2, text, { first: [to.writer, to.clock] }];
const edit = (to: Place, text: string): Tuple => [HEAD.edit, 4, to.writer, to.clock, text];
const retraction = (to: Place): Tuple => [HEAD.retraction, 6, to.writer, to.clock];
const reaction = (to: Place): Tuple => [HEAD.reaction, 8, to.writer, to.clock, '👍'];
const place = (by: Writer, clock: number): Place => ({ writer: by, clock });
const run = (by: Writer, from: number, ...entries: Tuple[]): Run => ({
  writer: by,
  from,
  to: from + entries.length,
  entries,
});
const range = (by: Writer, from: number, to = from + 1): ClockRange => ({ writer: by, from, to });

/** What a server holds while it judges: document, then whatever was accepted since. */
class Server {
  readonly #entries = new Map<Writer, (Tuple | undefined)[]>();
  readonly #erasures: ChatErasures;

  constructor(chat = new ChatBuilder()) {
    const page = chat.page(1);
    for (const { writer: by, clock, tuple, erased } of page.entries) this.#log(by)[clock] = erased ? undefined : tuple;
    this.#erasures = new ChatErasures(page.doc());
  }

  accept(...runs: Run[]): ClockRange[] {
    const ranges = this.#erasures.plan(runs, { at: (by, clock) => this.#entries.get(by)?.[clock] });
    for (const one of runs) for (const [i, tuple] of one.entries.entries()) this.#log(one.writer)[one.from + i] = tuple;
    for (const { writer: by, from, to } of ranges) this.#log(by).fill(undefined, from, to);
    return ranges;
  }

  get living(): [Writer, number, Tuple][] {
    return [...this.#entries].flatMap(([by, tuples]) =>
      tuples.flatMap((tuple, clock): [Writer, number, Tuple][] => (tuple === undefined ? [] : [[by, clock, tuple]])),
    );
  }

  #log(by: Writer): (Tuple | undefined)[] {
    let log = this.#entries.get(by);
    if (log === undefined) this.#entries.set(by, (log = []));
    return log;
  }
}

test('[PG5] a retraction erases the message and its edits, and stays itself', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  page.append(ANNA, message('one'), message('two'), edit(place(ANNA, 0), 'one, edited'));
  page.append(JONAS, reaction(place(ANNA, 0)));
  const server = new Server(chat);
  expect(server.accept(run(ANNA_LATER, 0, retraction(place(ANNA, 0))))).toEqual([range(ANNA, 0), range(ANNA, 2)]);
  expect(server.accept(run(ANNA_LATER, 1, retraction(place(ANNA, 0))))).toEqual([]);
});

test('[PG5] message, edit and retraction of one update are planned together', () => {
  const entries = [message('one'), edit(place(ANNA, 0), 'edited'), retraction(place(ANNA, 0)), message('two')];
  expect(new Server().accept(run(ANNA, 0, ...entries))).toEqual([range(ANNA, 0, 2)]);
});

test('[PG6] an edit that comes after the retraction is erased as it arrives', () => {
  const server = new Server();
  server.accept(run(ANNA, 0, message('one'), retraction(place(ANNA, 0))));
  expect(server.accept(run(ANNA_LATER, 0, message('hello'), edit(place(ANNA, 0), 'late')))).toEqual([
    range(ANNA_LATER, 1),
  ]);
});

test('[PG6] a message that comes after its retraction is erased as it arrives', () => {
  const server = new Server();
  expect(server.accept(run(ANNA_LATER, 0, retraction(place(ANNA, 0))))).toEqual([]);
  expect(server.accept(run(ANNA, 0, message('one'), message('two')))).toEqual([range(ANNA, 0)]);
});

test('[PG6] retractions in the stored document are known', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  const first = page.append(ANNA, message('one'), retraction(place(ANNA, 0)));
  page.erase(first);
  expect(new Server(chat).accept(run(ANNA_LATER, 0, copyOf(first, 'one')))).toEqual([range(ANNA_LATER, 0)]);
});

test('[PG7] a message that was sent again is erased in all its places', () => {
  const server = new Server();
  server.accept(run(ANNA, 0, message('filler'), message('one')));
  const again = place(ANNA, 1);
  server.accept(run(ANNA_LATER, 0, copyOf(again, 'one'), edit(again, 'edited')));
  expect(server.accept(run(ANNA, 2, retraction(again)))).toEqual([range(ANNA, 1), range(ANNA_LATER, 0, 2)]);
});

test('[PG7] a message whose first place never came is erased where it lies', () => {
  const server = new Server();
  server.accept(run(ANNA_LATER, 0, copyOf(place(ANNA, 4), 'one')));
  expect(server.accept(run(ANNA_LATER, 1, retraction(place(ANNA, 4))))).toEqual([range(ANNA_LATER, 0)]);
});

test('[PG8] a retraction binds only messages of its author, and only messages', () => {
  const server = new Server();
  server.accept(
    run(ANNA, 0, message('one')),
    run(JONAS, 0, message('two'), reaction(place(ANNA, 0)), retraction(place(JONAS, 0))),
  );
  expect(server.accept(run(JONAS, 3, retraction(place(ANNA, 0))))).toEqual([]);
  expect(server.accept(run(JONAS, 4, retraction(place(JONAS, 1)), retraction(place(JONAS, 2))))).toEqual([]);
});

test('[PG9] whatever the order and the portions, the same entries stay', () => {
  const targets = fc.nat(3);
  const entry = fc.record({
    what: fc.constantFrom('message', 'again', 'edit', 'retract', 'react'),
    by: fc.nat(3),
    target: targets,
  });
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 25 }),
      fc.array(fc.nat(), { minLength: 25, maxLength: 25 }),
      (script, ranks) => {
        const writers = [ANNA, ANNA_LATER, JONAS, writer(3, 2)];
        const logs = writers.map((): Tuple[] => []);
        for (const { what, by, target } of script) {
          const log = logs[by];
          const own = place(writers[by < 2 ? 0 : 2] ?? ANNA, target);
          if (what === 'message') log?.push(message('text'));
          if (what === 'again') log?.push(copyOf(own, 'text'));
          if (what === 'edit') log?.push(edit(own, 'edited'));
          if (what === 'retract') log?.push(retraction(own));
          if (what === 'react') log?.push(reaction(own));
        }
        const atOnce = new Server();
        atOnce.accept(...logs.flatMap((log, by) => (log.length > 0 ? [run(writers[by] ?? ANNA, 0, ...log)] : [])));

        const bit = new Server();
        const next = logs.map(() => 0);
        for (const rank of [...ranks, ...script.keys()]) {
          const by = rank % 4;
          const from = next[by] ?? 0;
          const part = (logs[by] ?? []).slice(from, from + 1 + (rank % 3));
          if (part.length === 0) continue;
          bit.accept(run(writers[by] ?? ANNA, from, ...part));
          next[by] = from + part.length;
        }
        for (const [by, log] of logs.entries()) {
          const from = next[by] ?? 0;
          if (from < log.length) bit.accept(run(writers[by] ?? ANNA, from, ...log.slice(from)));
        }
        const sorted = (server: Server): unknown[] => server.living.sort(([a, b], [c, d]) => a - c || b - d);
        expect(sorted(bit)).toEqual(sorted(atOnce));
        const retracted = new Set(
          atOnce.living.filter((one) => one[2][0] === HEAD.retraction).map((one) => `${one[2][2]}.${one[2][3]}`),
        );
        for (const [by, clock, tuple] of atOnce.living) {
          const first: unknown = tuple[3];
          const id =
            tuple[0] !== HEAD.message
              ? `${tuple[2]}.${tuple[3]}`
              : first === undefined
                ? `${by}.${clock}`
                : (first as { first: number[] }).first.join('.');
          if (tuple[0] === HEAD.message || tuple[0] === HEAD.edit) expect(retracted.has(id)).toBe(false);
        }
      },
    ),
    { numRuns: 300 },
  );
});
