import { expect, test } from 'vitest';
import { marksOf } from '../../crdt/model/search/marks.ts';
import { parsePhrase } from '../../crdt/model/search/phrase.ts';
import { snippetOf } from './snippet.ts';

function snippet(text: string, typed: string): string {
  const phrase = parsePhrase(typed);
  const marks = phrase === undefined ? [] : marksOf(text, phrase);
  return snippetOf(text, marks)
    .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
    .join('');
}

test('[S3] a short text is shown whole, each match in it marked', () => {
  expect(snippet('Der Schlüssel ist beim Hausmeister.', 'schlüssel ist')).toBe('Der [Schlüssel ist] beim Hausmeister.');
  expect(snippet('Ja, ja, ja!', 'ja')).toBe('[Ja], [ja], [ja]!');
});

test('[S3] of a long text the part around the first match is shown, from the beginning of a word', () => {
  const before = 'Ein langer Anfang, den niemand liest. '.repeat(20);
  const shown = snippet(`${before}Der Schlüssel liegt da. ${before}`, 'schlüssel');
  expect(shown).toMatch(/^… \p{L}/u);
  expect(shown.indexOf('[Schlüssel]')).toBeLessThan(30);
  expect(shown).toMatch(/ …$/u);
  expect(shown.length).toBeLessThan(340);
});

test('[S3] line breaks and runs of white space take one space, in a match as well', () => {
  expect(snippet('Der\n\nSchlüssel \t liegt\nda', 'schlüssel liegt')).toBe('Der [Schlüssel liegt] da');
});

test('[S3] nothing is cut within a character, and lone halves do no harm', () => {
  const hearts = '❤️🏠'.repeat(200);
  expect(snippet(`${hearts} Haus ${hearts}`, 'haus').isWellFormed()).toBe(true);
  expect(snippet(`\ud83c ${'x'.repeat(60)} Haus \udfe0`, 'haus')).toContain('[Haus]');
  expect(snippet(`${'a'.repeat(50_000)} ende`, 'ende')).toMatch(/^… a+ \[ende\]$/u);
});

test('[S3] a text without a match, edited meanwhile, is shown from its beginning', () => {
  expect(snippet('Nichts davon', 'anderes')).toBe('Nichts davon');
});
