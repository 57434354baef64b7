import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chatDocument, privateChatId, type ChatId } from '../protocol/document-name.ts';
import { makeWriter, accountOf, type Account } from '../log/writer.ts';
import { marksOf } from './marks.ts';
import { normalise } from './normalise.ts';
import { matchKind, parsePhrase, type MatchKind, type Phrase } from './phrase.ts';
import { PhraseIndex } from './phrase-index.ts';
import type { Found, IndexedMessage, SearchScope } from './text-block.ts';

const CHATS = [1, 2, 3].map((other) => privateChatId(10 as Account, (10 + other) as Account));
const [CHAT] = CHATS as [ChatId];
const WRITERS = [11, 12].map((account) => makeWriter(account as Account, 1));

/** Everything that it answers, however many turns it takes. */
function search(
  index: PhraseIndex,
  phrase: Phrase,
  kind: MatchKind,
  scope: SearchScope = {},
  limit = Infinity,
): readonly Found[] {
  const turns = index.search(phrase, kind, scope, limit);
  for (;;) {
    const { done, value } = turns.next();
    if (done === true) return value;
  }
}

const phraseOf = (typed: string): Phrase => {
  const phrase = parsePhrase(typed);
  if (phrase === undefined) throw new Error('blank');
  return phrase;
};

const message = (clock: number, text: string, timeMs = clock): IndexedMessage => ({
  writer: makeWriter((11 + (clock % 2)) as Account, 1),
  clock,
  timeMs,
  text,
});

const clocksOf = (found: readonly Found[]): number[] => found.map(({ clock }) => clock);

function filled(texts: readonly string[]): PhraseIndex {
  const index = new PhraseIndex();
  index.put(
    chatDocument(CHAT),
    CHAT,
    texts.map((text, clock) => message(clock, text)),
  );
  return index;
}

test('[SE8] the newest come first, no more than asked for, whether MiniSearch has them or not', () => {
  const index = filled(
    Array.from({ length: 1_000 }, (_, at) => `nummer ${at}, ${at % 2 === 0 ? 'gerade Zahl' : 'ungerade'}`),
  );
  const expected = [998, 996, 994];
  expect(clocksOf(search(index, phraseOf('gerade z'), 'word-start', {}, 3))).toEqual(expected);
  while (index.indexNext());
  expect(clocksOf(search(index, phraseOf('gerade z'), 'word-start', {}, 3))).toEqual(expected);
  expect(index.narrows(phraseOf('nummer 77,'), 'word-start')).toBe(true);
  expect(clocksOf(search(index, phraseOf('nummer 77,'), 'word-start'))).toEqual([77]);
  expect(index.messages).toBe(1_000);
});

test('[SE8] matches inside words are a group of their own, without messages of the first', () => {
  const index = filled(['Schlüssel', 'Haustürschlüssel', 'Haustürschlüssel und Schlüssel', 'nichts']);
  expect(clocksOf(search(index, phraseOf('schlüssel'), 'word-start'))).toEqual([2, 0]);
  expect(clocksOf(search(index, phraseOf('schlüssel'), 'inside'))).toEqual([1]);
});

test('[SE9] a page is found as it was put last, and not at all when it was dropped', () => {
  const index = new PhraseIndex();
  const page = chatDocument(CHAT);
  const texts = Array.from({ length: 200 }, (_, at) => `wort${at}`);
  const put = (): void =>
    index.put(
      page,
      CHAT,
      texts.map((text, clock) => message(clock, text)),
    );
  put();
  while (index.indexNext());
  texts[100] = 'anders';
  put();
  for (const isIndexed of [false, true]) {
    if (isIndexed) while (index.indexNext());
    expect(search(index, phraseOf('wort100'), 'word-start')).toEqual([]);
    expect(clocksOf(search(index, phraseOf('anders'), 'word-start'))).toEqual([100]);
  }
  index.drop(page);
  expect([index.messages, search(index, phraseOf('wort'), 'word-start').length]).toEqual([0, 0]);
});

test('[SE8] the newest of many chats come first, also when they have changed since they were gathered', () => {
  const index = new PhraseIndex();
  const pages = CHATS.map((chat, at) => ({
    chat,
    document: chatDocument(chat),
    // One after the other in turns, and at the end one chat alone.
    texts: Array.from({ length: 12_000 }, (_, number) => ({
      timeMs: number < 11_000 ? number * 3 + at : 40_000 + at * 5_000 + number,
      text: `${number % 7 === 0 ? 'der Schlüssel' : 'die Tür'} ${number}`,
    })),
  }));
  const put = ({ document, chat, texts }: (typeof pages)[number]): void =>
    index.put(
      document,
      chat,
      texts.map(({ text, timeMs }, clock) => message(clock, text, timeMs)),
    );
  const expectNewest = (typed: string, limit: number): void => {
    const phrase = phraseOf(typed);
    const times = pages
      .flatMap(({ texts }) => texts)
      .filter(({ text }) => matchKind(normalise(text), phrase) === 'word-start')
      .map(({ timeMs }) => timeMs)
      .toSorted((one, other) => other - one);
    expect(search(index, phrase, 'word-start', {}, limit).map(({ timeMs }) => timeMs)).toEqual(times.slice(0, limit));
  };
  const all = ['der', 'der schl', 'die tür 11', 'der schlüssel 7', 'tür 10999', 'nirgends'];
  for (const page of pages) put(page);
  while (index.indexNext());
  for (const typed of all) for (const limit of [1, 50, 3_000]) expectNewest(typed, limit);
  for (const [at, page] of pages.entries()) {
    page.texts.splice(page.texts.length - 5 - at, 3);
    page.texts.push({ timeMs: 100_000 + at, text: 'der Schlüssel ist da' });
    page.texts[2] = { timeMs: 100_010 + at, text: 'der alte Schlüssel' };
    put(page);
    for (const typed of all) for (const limit of [1, 50]) expectNewest(typed, limit);
  }
  while (index.indexNext());
  for (const typed of [...all, 'der alte']) expectNewest(typed, 50);
});

test('[SE10] what is looked through in one turn has a bound', () => {
  const index = filled(Array.from({ length: 64 * 1_200 }, () => 'immer dasselbe'));
  const turns = index.search(phraseOf('nie dasselbe'), 'word-start', {}, 50);
  expect(turns.next()).toEqual({ done: false, value: undefined });
  expect(turns.next()).toEqual({ done: false, value: undefined });
  expect(turns.next()).toEqual({ done: true, value: [] });
});

const unit = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'ab', 'ba ', ' ', '  ', '\n') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'ü',
      'u\u0308',
      'Ü',
      'ß',
      'ss',
      '#',
      '-',
      '1',
      '.',
      'K#1',
      '鍵',
      'か',
      'กั',
      '한',
      '\u1100\u1161',
      'של',
      'ום\u05b8',
      '👍',
      '👍🏽',
      '👩‍🔧',
      '❤️',
      '🇩🇪',
      'Σ',
      'ς',
      'İ',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom('\ud83d', '\udc4d', '\u200d', '\u0308', 'wort', 'Wörter', 'x'.repeat(45)) },
);
const text = fc.array(unit, { maxLength: 8 }).map((units) => units.join(''));

type Step =
  | { readonly kind: 'put'; readonly chat: number; readonly page: number; readonly texts: readonly string[] }
  | {
      readonly kind: 'edit';
      readonly chat: number;
      readonly page: number;
      readonly at: number;
      readonly text: string | undefined;
    }
  | { readonly kind: 'drop'; readonly chat: number; readonly page: number }
  | { readonly kind: 'index'; readonly blocks: number };

const place = { chat: fc.nat(2), page: fc.integer({ min: 1, max: 2 }) };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), ...place, texts: fc.array(text, { maxLength: 150 }) }),
  fc.record({
    kind: fc.constant('edit' as const),
    ...place,
    at: fc.nat(149),
    text: fc.option(text, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('drop' as const), ...place }),
  fc.record({ kind: fc.constant('index' as const), blocks: fc.nat(9) }),
);

/** What is typed: often a part of some text, as people do who have read it. */
const query = fc.record({
  typed: text,
  at: fc.nat(),
  from: fc.nat(),
  units: fc.integer({ min: 1, max: 12 }),
  ofText: fc.boolean(),
});
const scope: fc.Arbitrary<SearchScope> = fc.record(
  {
    chat: fc.constantFrom(...CHATS),
    author: fc.constantFrom(...WRITERS.map(accountOf)),
    fromMs: fc.nat(200),
    untilMs: fc.nat(200),
  },
  { requiredKeys: [] },
);

test('[SE4 SE8 SE9] whatever was put, edited, taken out and dropped, the answers are those of reading all texts', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(query, scope, fc.constantFrom(1, 3, Infinity)), { minLength: 1, maxLength: 12 }),
      (steps, queries) => {
        const index = new PhraseIndex();
        const pages = new Map<string, { readonly chat: number; readonly messages: readonly IndexedMessage[] }>();
        for (const one of steps) {
          if (one.kind === 'index') {
            for (let blocks = 0; blocks < one.blocks; blocks += 1) index.indexNext();
            continue;
          }
          const chat = CHATS[one.chat] ?? CHAT;
          const document = chatDocument(chat, one.page);
          if (one.kind === 'drop') {
            pages.delete(document);
            index.drop(document);
            continue;
          }
          const before = pages.get(document)?.messages ?? [];
          const messages =
            one.kind === 'put'
              ? one.texts.map((written, clock) => message(clock, written, (clock * 7) % 150))
              : before.flatMap((known, at) =>
                  at !== one.at ? [known] : one.text === undefined ? [] : [{ ...known, text: one.text }],
                );
          pages.set(document, { chat: one.chat, messages });
          index.put(document, chat, messages);
        }
        const all = [...pages].flatMap(([document, { chat, messages }]) =>
          messages.map((known) => ({ ...known, document, chat: CHATS[chat] ?? CHAT })),
        );
        for (const [{ typed, at, from, units, ofText }, within, limit] of queries) {
          const of = all[at % Math.max(1, all.length)]?.text ?? '';
          const phrase = parsePhrase(ofText ? of.slice(from % Math.max(1, of.length)).slice(0, units) : typed);
          if (phrase === undefined) continue;
          for (const kind of ['word-start', 'inside'] as const) {
            const expected = all
              .filter((known) => matchKind(normalise(known.text), phrase) === kind)
              .filter(({ chat }) => within.chat === undefined || chat === within.chat)
              .filter(({ writer }) => within.author === undefined || accountOf(writer) === within.author)
              .filter(({ timeMs }) => timeMs >= (within.fromMs ?? 0) && timeMs < (within.untilMs ?? Infinity));
            const found = search(index, phrase, kind, within, limit);
            const name = (one: { document: string; writer: number; clock: number }): string =>
              `${one.document} ${one.writer} ${one.clock}`;
            const times = (some: readonly { timeMs: number }[]): number[] =>
              some.map(({ timeMs }) => timeMs).toSorted((a, b) => b - a);
            expect(found.map(({ timeMs }) => timeMs)).toEqual(times(expected).slice(0, limit));
            expect(new Set(found.map(name)).size).toBe(found.length);
            const known = new Set(expected.map(name));
            for (const one of found) expect(known.has(name(one))).toBe(true);
          }
          for (const known of all) {
            const isFound = matchKind(normalise(known.text), phrase) !== undefined;
            const marks = marksOf(known.text, phrase);
            expect(marks.length > 0).toBe(isFound);
            for (const { from: begin, to } of marks) {
              expect(normalise(known.text.toWellFormed().slice(begin, to))).toContain(phrase.text);
            }
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
