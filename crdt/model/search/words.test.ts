import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalise } from './normalise.ts';
import { isSpaced, placedWords, startsWord, wordsOf } from './words.ts';

const starts = (text: string): string[] =>
  Array.from({ length: text.length }, (_, index) => index)
    .filter((index) => startsWord(text, index))
    .map((index) => text.slice(index));

test.each([
  ['letters in lower case', 'Haustür SCHLÜSSEL Straße ẞ', 'haustür schlüssel straße ß'],
  ['composed letters', 'Tu\u0308r A\u030a \u1112\u1161\u11ab', 'tür å 한'],
  ['one space for white space of any kind and length', ' a\r\n\tb\u00a0\u2003c\u0085d\u3000', 'a b c d'],
  ['a sigma of one form', 'ΟΔΟΣ οδος', 'οδοσ οδοσ'],
  ['everything else as it is', 'K#111 – „ß“ ﬁ ½ ①', 'k#111 – „ß“ ﬁ ½ ①'],
  ['no half characters', 'a\ud83db', 'a\ufffdb'],
  ['nothing of nothing', ' \n', ''],
])('[SE1] the form of comparison has %s', (_, text, form) => {
  expect(normalise(text)).toBe(form);
});

const text = fc.string({
  unit: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'ß', 'ä', 'Ö', ' ', '1', '.', '#', '-', '_', '\n') },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '鍵',
        'か',
        'ー',
        'ก',
        'ั',
        '한',
        '\u1100',
        '\u1161',
        '\u11a8',
        'ש',
        '\u05b8',
        '👍',
        '🏽',
        '\u200d',
        '👩',
        '🇩',
        '🇪',
        '\ufe0f',
        '\u0308',
        'Σ',
        'İ',
        '\ud83d',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }) },
  ),
  maxLength: 30,
});

test('[SE1] a form of comparison is its own', () => {
  fc.assert(fc.property(text, (written) => normalise(normalise(written)) === normalise(written)));
});

test.each([
  [
    'geht’s um k#111?',
    ['geht’s um k#111?', '’s um k#111?', 's um k#111?', 'um k#111?', 'k#111?', '#111?', '111?', '?'],
  ],
  ['haustür', ['haustür']],
  ['鍵かぎ', ['鍵かぎ', 'かぎ', 'ぎ']],
  ['ok👍🏽ja', ['ok👍🏽ja', '👍🏽ja', 'ja']],
  ['❤️a', ['❤️a', 'a']],
  ['👩‍🔧x', ['👩‍🔧x', 'x']],
  ['q̈x', ['q̈x']],
  ['a鍵b', ['a鍵b', '鍵b', 'b']],
])('[SE2] words of %s start where a reader begins them', (written, expected) => {
  expect(starts(written).filter((rest) => !rest.startsWith(' '))).toEqual(expected);
});

test.each([
  ['der schlüssel, k#111: r#2021-09-274', ['der', 'schlüss', 'k', '111', 'r', '2021', '09', '274']],
  ['鍵を ok', ['鍵', 'を', 'ok']],
  ['ขอบ', ['ข', 'อ', 'บ']],
  ['👍🏽 prima❤️', ['👍', 'prima', '❤']],
  ['…!?', []],
  ['x'.repeat(50_000), ['x'.repeat(7)]],
])('[SE3] the words of %s are indexed', (written, words) => {
  expect(wordsOf(normalise(written))).toEqual(words);
});

test('[SE3] a spaced word that is indexed starts where words start, and nothing that follows it is of it', () => {
  fc.assert(
    fc.property(text, (written) => {
      const normalised = normalise(written);
      for (const { word, from } of placedWords(normalised)) {
        if (!isSpaced(word)) continue;
        const joined = normalised[from - 1] === '\u200d';
        if (!joined) expect([normalised, from, startsWord(normalised, from)]).toEqual([normalised, from, true]);
        for (let inner = from + 1; inner < from + word.length; inner += 1) {
          expect([normalised, inner, startsWord(normalised, inner)]).toEqual([normalised, inner, false]);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});
