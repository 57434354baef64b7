/** Where a phrase stands in a text as it was written. */
import { folded } from './normalise.ts';
import { matchKind, type Phrase } from './phrase.ts';
import { startsWord } from './words.ts';

/** UTF-16 units of the text, `to` behind the last. */
export interface Mark {
  readonly from: number;
  readonly to: number;
}

/** More than anybody looks at; a text of one letter could have eight thousand. */
const MAX_MARKS = 100;

/** What is to be marked of a text, in order, nothing twice: the matches at words' starts, or those inside words when there are no others. */
export function marksOf(text: string, phrase: Phrase): readonly Mark[] {
  const { normalised, origins } = traced(text.toWellFormed());
  const kind = matchKind(normalised, phrase);
  if (kind === undefined) return [];
  const marks: Mark[] = [];
  let at = normalised.indexOf(phrase.text);
  while (at >= 0 && marks.length < MAX_MARKS) {
    const end = at + phrase.text.length;
    const isMarked = kind === 'inside' || startsWord(normalised, at);
    if (isMarked) marks.push({ from: origins[at]?.from ?? 0, to: origins[end - 1]?.to ?? text.length });
    at = normalised.indexOf(phrase.text, isMarked ? end : at + 1);
  }
  return marks;
}

/** What may be composed with one another stands in one of these, and so does a run of white space. */
const PART = /[\s\u0085]+|\P{M}\p{M}*|\p{M}+/gu;
/** Parts of one Korean syllable are no marks, and are composed all the same. */
const HANGUL_PART = /^[\u1161-\u1175\u11a8-\u11c2]/u;

/** The normalised text, and for each of its units the part of the text that it comes from. */
function traced(text: string): { readonly normalised: string; readonly origins: readonly Mark[] } {
  const parts: Mark[] = [];
  for (const { 0: part, index: from } of text.matchAll(PART)) {
    const before = HANGUL_PART.test(part) ? parts.pop() : undefined;
    parts.push({ from: before?.from ?? from, to: from + part.length });
  }
  const origins: Mark[] = [];
  let normalised = '';
  for (const part of parts) {
    const fold = folded(text.slice(part.from, part.to));
    // Nothing stands before the first word.
    if (normalised === '' && fold === ' ') continue;
    normalised += fold;
    for (let unit = 0; unit < fold.length; unit += 1) origins.push(part);
  }
  return { normalised: normalised.trimEnd(), origins };
}
