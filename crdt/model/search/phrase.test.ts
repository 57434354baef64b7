import { expect, test } from 'vitest';
import { marksOf } from './marks.ts';
import { normalise } from './normalise.ts';
import { MAX_PHRASE, matchKind, parsePhrase } from './phrase.ts';

const kindOf = (text: string, typed: string): string | undefined => {
  const phrase = parsePhrase(typed);
  return phrase === undefined ? 'no phrase' : matchKind(normalise(text), phrase);
};

test.each([
  ['Der Schlüssel liegt beim Hausmeister', 'schlüssel LIEGT', 'word-start'],
  ['Der Schlüssel\n  liegt beim Hausmeister', 'Schlüssel liegt', 'word-start'],
  ['Der Schlüssel liegt', 'schlüssel lie', 'word-start'],
  ['Der Schlüssel liegt', 'Schlussel', undefined],
  ['Der Schlussel liegt', 'Schlüssel', undefined],
  ['Straße', 'strasse', undefined],
  ['STRASSE', 'straße', undefined],
  ['Haustürschlüssel', 'Schlüssel', 'inside'],
  ['Haustürschlüssel und Schlüssel', 'Schlüssel', 'word-start'],
  ['Schlüssel, liegt', 'schlüssel liegt', undefined],
  ['Objekt K#111 frei', 'K#111', 'word-start'],
  ['Objekt K#111 frei', '#111', 'word-start'],
  ['Objekt K#1112 frei', 'K#111', 'word-start'],
  ['Akte R#2021-09-274', 'r#2021-09-274', 'word-start'],
  ['Akte R#2021-09-274', '09-274', 'word-start'],
  ['https://example.org/haus?id=7', 'example.org/haus', 'word-start'],
  ['wirklich?!', '?!', 'word-start'],
  ['wirklich?!', '!', 'word-start'],
  ['玄関の鍵はどこ', '鍵は', 'word-start'],
  ['钥匙在门口', '门口', 'word-start'],
  ['המפתח אצל השומר', 'אצל', 'word-start'],
  ['المفتاح عند البواب', 'البواب', 'word-start'],
  ['المفتاح عند البواب', 'بواب', 'inside'],
  ['열쇠는 경비실에', '경비', 'word-start'],
  ['Passt👍🏽', '👍🏽', 'word-start'],
  ['Tu\u0308r zu', 'tür', 'word-start'],
  ['C# und C++', 'c#', 'word-start'],
  ['C# und C++', 'c++', 'word-start'],
  ['a\ud83db', 'a\ud83d', 'word-start'],
  ['x'.repeat(50_000), 'x'.repeat(300), 'word-start'],
])('[SE4] %s has "%s": %s', (text, typed, kind) => {
  expect(kindOf(text.slice(0, 60_000), typed)).toBe(kind);
});

test.each(['', ' ', '\n\t\u00a0'])('[SE5] of a blank phrase nothing is looked for', (typed) => {
  expect(parsePhrase(typed)).toBeUndefined();
});

test('[SE5] of a very long phrase the beginning is looked for, and that is told', () => {
  const long = parsePhrase('ab '.repeat(4_000));
  expect(long?.isCut).toBe(true);
  expect(long?.text.length).toBeLessThanOrEqual(MAX_PHRASE);
  expect(parsePhrase('a'.repeat(MAX_PHRASE))?.isCut).toBe(false);
  const pairs = parsePhrase('👍'.repeat(MAX_PHRASE));
  expect([pairs?.isCut, pairs?.text]).toEqual([true, '👍'.repeat(MAX_PHRASE / 2)]);
  expect(parsePhrase(`x${'👍'.repeat(MAX_PHRASE)}`)?.text).toBe(`x${'👍'.repeat(MAX_PHRASE / 2 - 1)}`);
});

test.each([
  ['schlüssel liegt be', ['schlüss', 'liegt'], ['liegt'], 'be'],
  ['schlüssel', [], [], 'schlüss'],
  ['k#111', ['k'], [], '111'],
  ['c#', ['c'], [], undefined],
  ['?!', [], [], undefined],
  ['鍵は', ['鍵', 'は'], ['鍵', 'は'], undefined],
  ['ok 👍', ['ok', '👍'], ['👍'], undefined],
  ['\u0308b c d', ['c'], ['c'], 'd'],
])(
  '[SE6] of "%s" the words are whole that no text with a match can have otherwise',
  (typed, words, innerWords, unfinished) => {
    expect(parsePhrase(typed)).toMatchObject({ words, innerWords, unfinished });
  },
);

const marked = (text: string, typed: string): string[] => {
  const phrase = parsePhrase(typed);
  return phrase === undefined ? [] : marksOf(text, phrase).map(({ from, to }) => text.slice(from, to));
};

test.each([
  ['Der  Schlüssel\n liegt', 'schlüssel liegt', ['Schlüssel\n liegt']],
  ['  Tu\u0308r, TÜR', 'tür', ['Tu\u0308r', 'TÜR']],
  ['Haustürschlüssel', 'schlüssel', ['schlüssel']],
  ['Haustürschlüssel, Schlüssel', 'schlüssel', ['Schlüssel']],
  ['aaaa', 'aa', ['aa']],
  ['İstanbul İst', 'i̇st', ['İst', 'İst']],
  ['\u1112\u1161\u11ab 한국', '한', ['\u1112\u1161\u11ab', '한']],
  ['nichts', 'da', []],
])('[SE7] in %s, %s is marked as it was written', (text, typed, parts) => {
  expect(marked(text, typed)).toEqual(parts);
});

test('[SE7] so many marks and no more', () => {
  expect(marked('a '.repeat(4_000), 'a')).toHaveLength(100);
});
