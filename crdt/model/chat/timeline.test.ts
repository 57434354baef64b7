import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ChatBuilder, writer, type PageBuilder, type Recorded } from '../../../tests/support/chat-builder.ts';
import type { Tuple } from '../log/append.ts';
import { entryId, type Place } from '../log/entry-id.ts';
import { HEAD } from '../log/entry-kind.ts';
import { stampAfter, stampAt, type Stamp } from '../log/stamp.ts';
import { accountOf } from '../log/writer.ts';
import { PageReader } from './page-reader.ts';
import { isSentLate, Timeline } from './timeline.ts';

const T0 = Date.UTC(2026, 10, 22);
const MINUTE = 60_000;
const at = (minute: number, unsure = false): Stamp => stampAt(T0 + minute * MINUTE, unsure);
const message = (stamp: number, text: string, ...extras: Tuple): Tuple => [HEAD.message, stamp, text, ...extras];
const edit = (stamp: number, to: Place, text: string): Tuple => [HEAD.edit, stamp, to.writer, to.clock, text];
const retraction = (stamp: number, to: Place): Tuple => [HEAD.retraction, stamp, to.writer, to.clock];
const reaction = (stamp: number, to: Place, emoji: string): Tuple => [HEAD.reaction, stamp, to.writer, to.clock, emoji];

const ANNA = writer(2, 7);
const ANNA_LATER = writer(2, 3);
const JONAS = writer(3, 5);

function timelineOf(chat: ChatBuilder): Timeline {
  const timeline = new Timeline();
  timeline.apply(...chat.pages.map((page) => new PageReader(page.doc(), page.page).read()));
  return timeline;
}

/** A page and a timeline that is fed with what has come to it; tells whether that changed anything. */
function growing() {
  const page = new ChatBuilder().page(1);
  const doc = new Y.Doc();
  const reader = new PageReader(doc, 1);
  const timeline = new Timeline();
  const feed = (): boolean => {
    for (const update of page.updates.splice(0)) Y.applyUpdate(doc, update);
    return timeline.apply(reader.read());
  };
  return { page, timeline, feed };
}

const texts = (timeline: Timeline): string[] => timeline.messages.map((one) => one.text);

test('[TL1] messages stand in the order of their stamps, whoever wrote them and whenever they arrived', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  page.append(JONAS, message(at(3), 'third'), message(at(5), 'fifth'));
  page.arrive(JONAS, T0 + 5 * MINUTE);
  page.append(ANNA, message(at(1), 'first, written offline'), message(at(4), 'fourth'));
  page.arrive(ANNA, T0 + 60 * MINUTE);
  expect(texts(timelineOf(chat))).toEqual(['first, written offline', 'third', 'fourth', 'fifth']);
});

test('[TL2] a stamp more than five minutes ahead of its arrival sorts by the arrival', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  page.append(ANNA, message(at(400 * 24 * 60), 'a year ahead'));
  page.arrive(ANNA, T0 + 2 * MINUTE);
  page.append(
    JONAS,
    message(at(1), 'before'),
    message(at(3), 'after'),
    message(at(8), 'five minutes ahead is believed'),
  );
  page.arrive(JONAS, T0 + 3 * MINUTE);
  const timeline = timelineOf(chat);
  expect(texts(timeline)).toEqual(['before', 'a year ahead', 'after', 'five minutes ahead is believed']);
});

test('[TL3] an unsure stamp sorts by its arrival, and last until it has one', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  page.append(ANNA, message(at(-60 * 24 * 365, true), 'unsure'));
  page.append(JONAS, message(at(1), 'one'), message(at(30), 'two'));
  page.arrive(JONAS, T0 + 30 * MINUTE);
  expect(texts(timelineOf(chat))).toEqual(['one', 'two', 'unsure']);
  page.arrive(ANNA, T0 + 31 * MINUTE);
  page.append(JONAS, message(at(40), 'three'));
  expect(texts(timelineOf(chat))).toEqual(['one', 'two', 'unsure', 'three']);
});

test('[TL3] unsure messages that have not arrived stand in the order of their stamps, whichever tab wrote them', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  page.append(ANNA_LATER, message(at(1, true), 'one'), message(at(3, true), 'three'));
  page.append(ANNA, message(at(2, true), 'two'));
  expect(texts(timelineOf(chat))).toEqual(['one', 'two', 'three']);
});

test('[TL4] the latest edit of the author shows; an edit of another account does not bind', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  const first = page.append(ANNA, message(at(1), 'the key is with the caretaker'));
  page.append(ANNA_LATER, edit(at(5), first, 'the key is with us'), edit(at(3), first, 'no key'));
  page.append(JONAS, edit(at(9), first, 'hostile'), retraction(at(9), first));
  expect(timelineOf(chat).messages).toMatchObject([{ text: 'the key is with us', edited: true, author: 2 }]);
});

test('[TL4] the last word is the latest edit or reaction of the account, whatever its clock said', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  const original = page.append(ANNA, message(at(1), 'original'));
  const id = entryId(original.writer, original.clock);
  const [anna, jonas] = [accountOf(ANNA), accountOf(JONAS)];
  expect(timelineOf(chat).lastWord(id, anna)).toBeUndefined();
  const yearAhead = at(400 * 24 * 60, true);
  page.append(ANNA, edit(yearAhead, original, 'by a wrong clock'));
  page.append(JONAS, reaction(at(2), original, '👍'));
  expect(timelineOf(chat).lastWord(id, anna)).toBe(yearAhead);
  expect(timelineOf(chat).lastWord(id, jonas)).toBe(at(2));
  page.append(ANNA_LATER, edit(stampAfter(yearAhead), original, 'by the corrected clock'));
  page.arrive(ANNA_LATER, T0 + 3 * MINUTE);
  page.arrive(ANNA, T0 + 4 * MINUTE);
  expect(texts(timelineOf(chat))).toEqual(['by the corrected clock']);
});

test('[TL5] a retraction hides the message, also when it is read before it', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  const first = page.append(ANNA, message(at(1), 'wrong chat'));
  page.append(ANNA_LATER, retraction(at(2), first));
  expect(texts(timelineOf(chat))).toEqual([]);

  const doc = new Y.Doc();
  const reader = new PageReader(doc, 1);
  const timeline = new Timeline();
  for (const update of page.updates.toReversed()) {
    Y.applyUpdate(doc, update);
    timeline.apply(reader.read());
    expect(texts(timeline)).toEqual([]);
  }
});

test('[TL6] each person has one reaction to a message, the latest; an empty one takes it back', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  const first = page.append(ANNA, message(at(1), 'sold!'));
  page.append(JONAS, reaction(at(2), first, '👍'), reaction(at(3), first, '🎉'));
  page.append(ANNA, reaction(at(4), first, '🎉'));
  page.append(writer(4, 1), reaction(at(2), first, '👍'), reaction(at(3), first, ''));
  expect(timelineOf(chat).messages[0]?.reactions).toEqual([{ emoji: '🎉', accounts: [3, 2] }]);
});

test('[TL7] a message that was sent again shows once; the copy that arrived first counts', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  const first = page.append(ANNA, message(at(1), 'hello'));
  page.append(ANNA_LATER, message(at(1), 'hello', { first: [first.writer, first.clock] }));
  const id = `${first.writer}.${first.clock}`;
  expect(timelineOf(chat).messages).toMatchObject([{ id, place: { writer: ANNA_LATER } }]);
  page.arrive(ANNA, T0 + 2 * MINUTE);
  expect(timelineOf(chat).messages).toMatchObject([{ id, place: { writer: ANNA }, arrival: { number: 1 } }]);
  page.arrive(ANNA_LATER, T0 + 3 * MINUTE);
  expect(timelineOf(chat).messages).toMatchObject([{ id, place: { writer: ANNA }, arrival: { number: 1 } }]);
});

test('[TL7] copies in two pages show once, as the one that arrived first', () => {
  const chat = new ChatBuilder();
  const first = chat.page(1).append(ANNA, message(at(1), 'hello'));
  chat.page(2).append(ANNA_LATER, message(at(1), 'hello', { first: [first.writer, first.clock] }));
  chat.page(2).arrive(ANNA_LATER, T0 + 2 * MINUTE);
  chat.page(1).arrive(ANNA, T0 + 3 * MINUTE);
  expect(timelineOf(chat).messages).toMatchObject([{ page: 2, arrival: { number: 1 } }]);
});

test('[TL8 WR4] entries of a later grammar are skipped', () => {
  const chat = new ChatBuilder();
  chat.page(1).append(ANNA, [99, at(1), 'a poll'], message(at(2), 'text'), [HEAD.message, 'no stamp', 'text']);
  expect(texts(timelineOf(chat))).toEqual(['text']);
});

test('[TL9] an erased message is gone, an erased edit gives way to the one before', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  const first = page.append(ANNA, message(at(1), 'one'), message(at(2), 'two'));
  const late = page.append(ANNA, edit(at(3), first, 'one, edited'));
  const timeline = new Timeline();
  const doc = page.doc();
  const reader = new PageReader(doc, 1);
  doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    timeline.apply(reader.read(transaction));
  });
  timeline.apply(reader.read());
  expect(texts(timeline)).toEqual(['one, edited', 'two']);
  page.erase(late);
  Y.applyUpdate(doc, page.updates.at(-1) ?? new Uint8Array());
  expect(texts(timeline)).toEqual(['one', 'two']);
  page.erase(first);
  Y.applyUpdate(doc, page.updates.at(-1) ?? new Uint8Array());
  expect(texts(timeline)).toEqual(['two']);
});

test('[TL10] what did not change stays the same object, and the same array when nothing did', () => {
  const { page, timeline, feed } = growing();
  const first = page.append(ANNA, message(at(1), 'one'), message(at(2), 'two'));
  page.arrive(ANNA, T0 + 2 * MINUTE);
  expect(feed()).toBe(true);
  const before = timeline.messages;
  expect(feed()).toBe(false);
  expect(timeline.messages).toBe(before);
  page.append(JONAS, reaction(at(3), { ...first, clock: 1 }, '👍'));
  page.arrive(JONAS, T0 + 3 * MINUTE);
  expect(feed()).toBe(true);
  expect(timeline.messages[0]).toBe(before[0]);
  expect(timeline.messages[1]).not.toBe(before[1]);
  expect(before[1]?.reactions).toEqual([]);
});

test('[TL10] [TL13] who holds the array keeps it as it was, and the pages that changed are told once', () => {
  const { page, timeline, feed } = growing();
  const first = page.append(ANNA, message(at(1), 'one'), message(at(5), 'three'));
  feed();
  const before = timeline.messages;
  expect([timeline.takeChangedPages(), timeline.takeChangedPages()]).toEqual([[1], []]);
  page.append(JONAS, message(at(3), 'two'), message(at(6), 'four'));
  page.append(ANNA, retraction(at(7), first));
  feed();
  expect(before.map(({ text }) => text)).toEqual(['one', 'three']);
  expect(texts(timeline)).toEqual(['two', 'three', 'four']);
  expect(timeline.last?.text).toBe('four');
  expect(timeline.messages.map(({ id }) => timeline.indexOf(id))).toEqual([0, 1, 2]);
  expect(timeline.takeChangedPages()).toEqual([1]);
});

test('[TL11] a message that arrived more than five minutes after it was written was sent late', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  page.append(ANNA, message(at(0), 'from the basement'));
  page.arrive(ANNA, T0 + 90 * MINUTE);
  page.append(JONAS, message(at(90), 'at once'), message(at(900), 'clock ahead'));
  page.arrive(JONAS, T0 + 91 * MINUTE);
  expect(timelineOf(chat).messages.map((one) => [one.text, isSentLate(one)])).toEqual([
    ['from the basement', true],
    ['at once', false],
    ['clock ahead', false],
  ]);
});

test('[TL12] after a restore only arrivals of the history that counts are shown', () => {
  const { page, timeline, feed } = growing();
  page.append(ANNA, message(at(1), 'in the backup'));
  page.arrive(ANNA, T0 + 2 * MINUTE);
  page.append(ANNA, message(at(3), 'after it'));
  page.arrive(ANNA, T0 + 4 * MINUTE);
  feed();
  page.restore(1, T0 + 10 * MINUTE);
  feed();
  expect(timeline.messages.map((one) => one.arrival?.number)).toEqual([1, undefined]);
  page.arrive(ANNA, T0 + 11 * MINUTE);
  feed();
  expect(timeline.messages.map((one) => one.arrival?.number)).toEqual([1, 2 + 2 ** 20 + 1]);
});

test('[TL12] a new arrival at the same time is another one', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  const doc = new Y.Doc();
  const reader = new PageReader(doc, 1);
  const timeline = new Timeline();
  const numbers = (): unknown => {
    for (const update of page.updates.splice(0)) Y.applyUpdate(doc, update);
    timeline.apply(reader.read());
    return timeline.messages.map((one) => one.arrival?.number);
  };
  page.append(ANNA, message(at(1), 'one'));
  page.arrive(ANNA, T0 + 2 * MINUTE);
  expect(numbers()).toEqual([1]);
  page.restore(1, T0 + 2 * MINUTE);
  page.arrive(ANNA, T0 + 2 * MINUTE);
  expect(numbers()).toEqual([1 + 2 ** 20 + 1]);
});

// ---- Any order of receipt: against a simple implementation that sees only the builder's record. ----

interface Expected {
  readonly id: string;
  readonly text: string;
  readonly place: string;
  readonly number: number | undefined;
  readonly reactions: string;
}

const account = (by: number): number => Math.floor(by / 2 ** 32);
const key = (by: unknown, clock: unknown): string => `${String(by)}.${String(clock)}`;

/** The whole timeline from scratch, by the letter of the rules. */
function rebuild(chat: ChatBuilder): Expected[] {
  const all = chat.pages.flatMap((page) =>
    page.entries.filter((one) => !one.erased).map((one) => ({ ...one, arrival: page.arrivalOf(one) })),
  );
  type One = (typeof all)[number];
  const firstOf = (one: One): readonly [number, number] => {
    const extras: unknown = one.tuple[one.tuple[0] === HEAD.message ? 3 : one.tuple[0] === HEAD.retraction ? 4 : 5];
    return (extras as { first: [number, number] } | undefined)?.first ?? [one.writer, one.clock];
  };
  const idOf = (one: One): string => key(...firstOf(one));
  const targetOf = (one: One): string => key(one.tuple[2], one.tuple[3]);
  const stampOf = (one: One): number => Number(one.tuple[1]);
  const lexical = (a: readonly number[], b: readonly number[]): number => {
    for (const [index, value] of a.entries()) {
      const other = b[index] ?? 0;
      if (value !== other) return value < other ? -1 : 1;
    }
    return 0;
  };
  const effectiveOf = (one: One): number => {
    const stamp = stampOf(one);
    const ms = Math.floor(stamp / 4096) + Date.UTC(2020, 0, 1);
    const unsure = stamp % 2 === 1;
    if (one.arrival === undefined) return unsure ? Number.MAX_SAFE_INTEGER + stamp : stamp;
    const believed = !unsure && ms - one.arrival.timeMs <= 300_000;
    return believed ? stamp : (one.arrival.timeMs - Date.UTC(2020, 0, 1)) * 4096;
  };
  const age = (one: One): number[] => [stampOf(one), ...firstOf(one), one.page, one.writer, one.clock];
  const later = (a: One, b: One): number => lexical(age(a), age(b));
  const messages = all.filter((one) => one.tuple[0] === HEAD.message);
  const shown: { expected: Expected; order: number[] }[] = [];
  for (const id of new Set(messages.map(idOf))) {
    const about = all.filter((one) => one.tuple[0] !== HEAD.message && targetOf(one) === id);
    const own = about.filter((one) => account(one.writer) === account(Number(id.split('.')[0])));
    if (own.some((one) => one.tuple[0] === HEAD.retraction)) continue;
    const copies = messages
      .filter((one) => idOf(one) === id)
      .sort((a, b) =>
        lexical(
          [a.arrival?.number ?? Infinity, a.page, a.writer, a.clock],
          [b.arrival?.number ?? Infinity, b.page, b.writer, b.clock],
        ),
      );
    const copy = copies[0];
    if (copy === undefined) continue;
    const edits = own.filter((one) => one.tuple[0] === HEAD.edit).sort(later);
    const reactions = about.filter((one) => one.tuple[0] === HEAD.reaction).sort(later);
    const byAccount = new Map(reactions.map((one) => [account(one.writer), one]));
    shown.push({
      order: [effectiveOf(copy), stampOf(copy), ...firstOf(copy)],
      expected: {
        id,
        text: String(edits.at(-1)?.tuple[4] ?? copy.tuple[2]),
        place: `${copy.page}:${key(copy.writer, copy.clock)}`,
        number: copy.arrival?.number,
        reactions: [...byAccount]
          .filter(([, one]) => one.tuple[4] !== '')
          .map(([who, one]) => `${who}${String(one.tuple[4])}`)
          .sort()
          .join(' '),
      },
    });
  }
  return shown.sort((a, b) => lexical(a.order, b.order)).map((one) => one.expected);
}

const told = (timeline: Timeline): Expected[] =>
  timeline.messages.map((one) => ({
    id: one.id,
    text: one.text,
    place: `${one.page}:${key(one.place.writer, one.place.clock)}`,
    number: one.arrival?.number,
    reactions: one.reactions
      .flatMap(({ emoji, accounts }) => accounts.map((who) => `${who}${emoji}`))
      .sort()
      .join(' '),
  }));

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

interface Step {
  readonly what: 'message' | 'edit' | 'retract' | 'react' | 'again' | 'arrive' | 'erase' | 'restore';
  readonly page: number;
  readonly by: number;
  readonly minute: number;
  readonly unsure: boolean;
  readonly choice: number;
}

/** A chat by a script; every step is possible at every moment. */
function play(steps: readonly Step[]): ChatBuilder {
  const chat = new ChatBuilder();
  const byAll = [writer(2, 9), writer(2, 4), writer(3, 8), writer(3, 1), writer(4, 6)];
  const everywhere = (): Recorded[] => chat.pages.flatMap((page) => page.entries);
  const own = (by: number): Recorded[] =>
    everywhere().filter((one) => one.tuple[0] === HEAD.message && account(one.writer) === account(by));
  const id = (one: Recorded): Place => {
    const extras: unknown = one.tuple[3];
    const first = (extras as { first: [number, number] } | undefined)?.first;
    return first === undefined ? one : { writer: first[0] as Place['writer'], clock: first[1] };
  };
  for (const [index, { what, page: number, by: who, minute, unsure, choice }] of steps.entries()) {
    const page: PageBuilder = chat.page(1 + (number % 3));
    const by = pick(byAll, who) ?? writer(2, 9);
    const stamp = at(minute, unsure);
    const mine = pick(own(by), choice);
    const anyone = pick(
      everywhere().filter((one) => one.tuple[0] === HEAD.message),
      choice,
    );
    if (what === 'message') page.append(by, message(stamp, `m${index}`));
    if (what === 'edit' && mine) page.append(by, edit(stamp, id(mine), `e${index}`));
    if (what === 'retract' && mine) page.append(by, retraction(stamp, id(mine)));
    if (what === 'react' && anyone) page.append(by, reaction(stamp, id(anyone), pick(['👍', '🎉', ''], choice) ?? ''));
    if (what === 'again' && mine) {
      const first = id(mine);
      page.append(by, [...mine.tuple.slice(0, 3), { first: [first.writer, first.clock] }]);
    }
    if (what === 'arrive') page.arrive(by, T0 + index * MINUTE);
    if (what === 'erase') {
      const entry = pick(page.entries, choice);
      if (entry) page.erase(entry);
    }
    if (what === 'restore') page.restore(choice % 3, T0 + index * MINUTE);
  }
  return chat;
}

const STEP = fc.record<Step>({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('message' as const) },
    { weight: 5, arbitrary: fc.constant('arrive' as const) },
    { weight: 6, arbitrary: fc.constantFrom('edit' as const, 'react' as const, 'again' as const) },
    { weight: 3, arbitrary: fc.constantFrom('retract' as const, 'erase' as const, 'restore' as const) },
  ),
  page: fc.nat(5),
  by: fc.nat(20),
  minute: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -500_000, max: 500_000 })),
  unsure: fc.nat(5).map((one) => one === 0),
  choice: fc.nat(40),
});

test('[TL13] any order of receipt, page by page or mixed, by event or by looking, gives the same timeline', () => {
  fc.assert(
    fc.property(
      fc.array(STEP, { minLength: 1, maxLength: 60 }),
      fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 200 }),
      (steps, seeds) => {
        const chat = play(steps);
        const expected = rebuild(chat);
        expect(told(timelineOf(chat))).toEqual(expected);

        const timeline = new Timeline();
        const readers = chat.pages.map((page) => {
          const doc = new Y.Doc();
          const reader = new PageReader(doc, page.page);
          const byEvent = (seeds[0] ?? 0) % 2 === 0;
          if (byEvent) {
            doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
              timeline.apply(reader.read(transaction));
            });
          }
          return { doc, read: () => (byEvent ? false : timeline.apply(reader.read())) };
        });
        const deliveries = chat.pages
          .flatMap((page, index) => page.updates.map((update) => ({ update, index })))
          .map((one, position) => ({ ...one, rank: (pick(seeds, position) ?? 0) * 31 + position * 7 }))
          .sort((a, b) => (a.rank % 1009) - (b.rank % 1009));
        for (const { update, index, rank } of deliveries) {
          const page = readers[index];
          if (page === undefined) continue;
          Y.applyUpdate(page.doc, update);
          // Twice now and then, as after a reconnect.
          if (rank % 5 === 0) Y.applyUpdate(page.doc, update);
          if (rank % 3 !== 0) page.read();
        }
        for (const page of readers) page.read();
        expect(told(timeline)).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});
