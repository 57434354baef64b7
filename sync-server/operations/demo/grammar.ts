/**
 * Templates: `(a|b|)` stands for one of its choices, which may be empty and may contain further choices; `{slot}` for what the
 * speaker has in mind.
 */
import type { Random } from './random.ts';

/** Templates of one language, by what they do in a message. */
export interface Language {
  readonly greetings: readonly string[];
  readonly sentences: readonly string[];
  readonly replies: readonly string[];
  readonly closings: readonly string[];
}

/** Gives the text of a slot. */
export type Fill = (slot: string) => string;

/** Writes one text out of a template. Parentheses without a `|` in them stay as they are. */
export function writeOut(template: string, random: Random, fill: Fill): string {
  let text = template;
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/\(([^()]*\|[^()]*)\)/g, (_, choices: string) => random.pick(choices.split('|')));
  }
  return text.replace(/\{(\w+)\}/g, (_, slot: string) => fill(slot));
}
