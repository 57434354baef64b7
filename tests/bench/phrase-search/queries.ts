/** Phrases to look for, taken out of the texts by chance, as many of each category as it takes for a worst one to show. */
import { normalise } from '../../../crdt/model/search/normalise.ts';
import type { MatchKind } from '../../../crdt/model/search/phrase.ts';
import type { Random } from '../../support/random.ts';
import { countWords, type WordCounts } from './word-counts.ts';
import { wholeWordsOf } from './whole-words.ts';

export interface Query {
  readonly category: string;
  readonly typed: string;
  readonly kind: MatchKind;
}

interface Category {
  readonly name: string;
  readonly count: number;
  readonly kind?: MatchKind;
  /** From a text, or nothing where it has none. */
  readonly draw: (text: string) => string | undefined;
}

/** Words beside one another with nothing but a space between them. */
const WORD_RUN = /[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*/gu;
const PUNCTUATED = /[\p{L}\p{N}]+ ?[.,:;!?()/"&^-]+ ?[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)?/gu;
const PUNCTUATION = /[^\p{L}\p{N}\p{Extended_Pictographic}\p{M}\p{RI}\s\u200d]{1,3}/gu;
const UMLAUT = /[\p{L}\p{N}]*[äöüßéçñıłğöá][\p{L}\p{N}]*(?: [\p{L}\p{N}]+){0,2}/giu;
const EMOJI =
  /(?:[\p{L}\p{N}.!?]+ )?(?:\p{RI}\p{RI}|\p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}]*(?:\u200d\p{Extended_Pictographic}\p{M}*)*)/gu;
const LINE_BREAK = /\S+\n\S+(?: \S+)?/gu;
const CODE =
  /(?:[\p{L}]+ )?(?:[A-Z]{1,2}#[\dA-Z-]+|https:\S+|\S+@\S+\.org|[\d.,]+ €|[\p{L}]+(?:straße|str\.|weg|allee) \d+)/gu;
const OTHER_SCRIPT = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Arabic}\p{sc=Cyrillic}\p{sc=Thai}]{2,6}/gu;
const LONG_WORD = /\p{L}{8,}(?: [\p{L}\p{N}]+)?/gu;

const CONSONANTS = 'bcdfghjklmnpqrstvwxz'.split('');

const OF_EACH_LENGTH = 12;
const MAX_WORDS = 5;
/** Texts looked at for one category, before it is said that they don't have it. */
const MAX_DRAWS = 1_000_000;

export function drawQueries(random: Random, texts: readonly string[]): readonly Query[] {
  const counts = countWords(texts);
  const unknown = (): string => Array.from({ length: 8 }, () => random.pick(CONSONANTS)).join('');
  const normalised = texts.map((text) => normalise(text));
  const isNowhere = (phrase: string): boolean => !normalised.some((text) => text.includes(normalise(phrase)));
  const one = (pattern: RegExp) => (text: string) => {
    const found = text.match(pattern);
    return found === null ? undefined : random.pick(found);
  };
  const run = (text: string, words: number): string | undefined => {
    const all = one(WORD_RUN)(text)?.split(' ') ?? [];
    if (all.length < words) return undefined;
    const from = random.integer(0, all.length - words);
    return all.slice(from, from + words).join(' ');
  };
  const followed = (text: string, word: string): string => `${run(text, random.integer(1, 2)) ?? unknown()} ${word}`;

  const categories: Category[] = [];
  for (let words = 1; words <= MAX_WORDS; words += 1) {
    for (const [name, fits] of Object.entries(words === 1 ? ONE_WORD : SEVERAL_WORDS)) {
      const draw = (text: string): string | undefined => {
        const phrase = run(text, words);
        return phrase !== undefined && fits(shares(phrase, counts)) ? phrase : undefined;
      };
      categories.push({ name: `${words} ${name}`, count: OF_EACH_LENGTH, draw });
    }
  }
  categories.push(
    {
      name: 'unfinished',
      count: 24,
      draw: (text) => {
        const phrase = run(text, random.integer(1, 4));
        return phrase?.slice(0, phrase.length - random.integer(1, 5)) || undefined;
      },
    },
    { name: 'punctuation within', count: 14, draw: one(PUNCTUATED) },
    { name: 'punctuation alone', count: 6, draw: one(PUNCTUATION) },
    { name: 'umlaut', count: 14, draw: one(UMLAUT) },
    { name: 'emoji', count: 14, draw: one(EMOJI) },
    { name: 'line break', count: 14, draw: one(LINE_BREAK) },
    { name: 'code', count: 20, draw: one(CODE) },
    { name: 'other script', count: 14, draw: one(OTHER_SCRIPT) },
    { name: 'miss: a word that is nowhere', count: 12, draw: (text) => followed(text, unknown()) },
    {
      name: 'miss: words never side by side',
      count: 16,
      draw: (text) => {
        const phrase = followed(text, run(random.pick(texts), 1) ?? '');
        return isNowhere(phrase) ? phrase : undefined;
      },
    },
    {
      name: 'inside words',
      count: 30,
      kind: 'inside',
      draw: (text) => one(LONG_WORD)(text)?.slice(random.integer(2, 4)),
    },
  );
  return categories.flatMap((category) => [...drawn(random, texts, category)]);
}

function* drawn(
  random: Random,
  texts: readonly string[],
  { name, count, kind, draw }: Category,
): Generator<Query, void> {
  const phrases = new Set<string>();
  for (let draws = 0; phrases.size < count; draws += 1) {
    if (draws === MAX_DRAWS) throw new Error(`the texts have too few of: ${name}`);
    const typed = draw(random.pick(texts));
    if (typed !== undefined && normalise(typed) !== '') phrases.add(typed);
  }
  for (const typed of phrases) yield { category: name, typed, kind: kind ?? 'word-start' };
}

interface Shares {
  readonly rare: number;
  readonly common: number;
  readonly all: number;
}

const ONE_WORD: Readonly<Record<string, (shares: Shares) => boolean>> = {
  rare: ({ rare }) => rare === 1,
  common: ({ common }) => common === 1,
  between: ({ rare, common }) => rare + common === 0,
};
const SEVERAL_WORDS: Readonly<Record<string, (shares: Shares) => boolean>> = {
  rare: ({ rare, common }) => rare > 0 && common === 0,
  common: ({ common, all }) => common === all,
  mixed: ({ rare, common }) => rare > 0 && common > 0,
};

function shares(phrase: string, counts: WordCounts): Shares {
  const all = wholeWordsOf(normalise(phrase));
  return {
    all: all.length,
    rare: all.filter((word) => counts.isRare(word)).length,
    common: all.filter((word) => counts.isCommon(word)).length,
  };
}
