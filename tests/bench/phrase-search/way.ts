/** A way to find messages by their exact wording. */
import { normalise } from '../../../crdt/model/search/normalise.ts';
import type { MatchKind, Phrase } from '../../../crdt/model/search/phrase.ts';
import { startsWord } from '../../../crdt/model/search/words.ts';
import type { StoredPage } from './page-file.ts';

export interface Way {
  /** Takes all pages, the newest first. From then on it answers in full. */
  build(pages: Iterable<StoredPage>): void;
  /** What it does after that to answer sooner. */
  hasten?(): void;
  /** Times of the messages, newest first, at most `limit`; a time says which message it is. */
  search(phrase: Phrase, kind: MatchKind, limit: number): readonly number[];
  /** True when it need not look through everything. */
  narrows?(phrase: Phrase): boolean;
  /** What it holds outside of JavaScript's memory. */
  nativeBytes?(): number;
}

export interface OrderedTexts {
  /** Normalised, oldest first. */
  readonly texts: readonly string[];
  readonly times: Float64Array;
}

export const NO_TEXTS: OrderedTexts = { texts: [], times: new Float64Array() };

/** All texts in one order, which those need that don't keep to pages. */
export function inOrder(pages: Iterable<StoredPage>): OrderedTexts {
  const all: { readonly timeMs: number; readonly text: string }[] = [];
  for (const { messages } of pages) {
    for (const { timeMs, text } of messages) all.push({ timeMs, text: normalise(text) });
  }
  all.sort((one, other) => one.timeMs - other.timeMs);
  return { texts: all.map(({ text }) => text), times: Float64Array.from(all, ({ timeMs }) => timeMs) };
}

/** Said by the rule alone, apart from the product's own matching: at the start of a word somewhere, only inside of some, or nowhere. */
export function has(text: string, phrase: string, kind: MatchKind): boolean {
  let at = text.indexOf(phrase);
  if (at < 0) return false;
  for (; at >= 0; at = text.indexOf(phrase, at + 1)) if (startsWord(text, at)) return kind === 'word-start';
  return kind === 'inside';
}
