/** What a row has room for: the text around the first match. */
import type { Mark } from '../../crdt/model/search/marks.ts';

export interface SnippetPart {
  readonly text: string;
  readonly isMarked: boolean;
}

/** The narrowest list shows so many units from the beginning. */
const SURE = 56;
/** Units before a match that stands behind them: it begins in the first line. */
const BEFORE = 24;
/** Units in all; two lines of the widest list have fewer. */
const LENGTH = 320;
/** A word that goes on for longer is cut. */
const WORD = 16;

/** The start of the snippet: at a word's beginning if there is one near, never within a character. */
function beginning(text: string, first: Mark | undefined): number {
  if (first === undefined || first.to <= SURE) return 0;
  const from = first.from - BEFORE;
  if (from <= 0) return 0;
  const space = text.slice(from, Math.min(first.from, from + WORD)).search(/\s/u);
  if (space >= 0) return from + space + 1;
  const code = text.charCodeAt(from);
  return code >= 0xdc00 && code <= 0xdfff ? from + 1 : from;
}

/** One line of it, whatever somebody has written; marks are those of the text, in order. */
export function snippetOf(text: string, marks: readonly Mark[]): readonly SnippetPart[] {
  const start = beginning(text, marks[0]);
  const end = Math.min(text.length, start + LENGTH);
  const parts: SnippetPart[] = [];
  const add = (from: number, to: number, isMarked: boolean): void => {
    const shown = text.slice(from, to).toWellFormed().replace(/\s+/gu, ' ');
    if (shown !== '') parts.push({ text: shown, isMarked });
  };
  if (start > 0) parts.push({ text: '… ', isMarked: false });
  let at = start;
  for (const { from, to } of marks) {
    if (from >= end) break;
    add(at, from, false);
    add(from, Math.min(to, end), true);
    at = to;
  }
  if (at < end) add(at, end, false);
  if (end < text.length) parts.push({ text: ' …', isMarked: false });
  return parts;
}
