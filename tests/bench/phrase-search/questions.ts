/** What is said between the bench and the processes in which the ways run. */
import * as v from 'valibot';

const matchKind = v.picklist(['word-start', 'inside']);

const questionSchema = v.variant('kind', [
  /** To build from the file's pages and answer a first phrase. */
  v.object({ kind: v.literal('build'), file: v.string(), typed: v.string(), limit: v.number() }),
  /** To do the rest, and tell what is held. */
  v.object({ kind: v.literal('settle') }),
  v.object({ kind: v.literal('search'), typed: v.string(), match: matchKind, limit: v.number() }),
  v.object({ kind: v.literal('narrows'), typed: v.string() }),
]);
export type Question = v.InferOutput<typeof questionSchema>;
export const readQuestion = (value: unknown): Question => v.parse(questionSchema, value);

/** What was found, in short: the same for the same messages in the same order. */
const found = v.object({ count: v.number(), digest: v.string() });
export type FoundInShort = v.InferOutput<typeof found>;

export const answers = {
  build: v.object({ buildMs: v.number(), firstAnswerMs: v.number(), found }),
  settle: v.object({ hastenMs: v.number(), heldBytes: v.number(), peakBytes: v.number() }),
  search: v.object({ tookMs: v.number(), found }),
  narrows: v.boolean(),
};
export type Answer<Kind extends Question['kind']> = v.InferOutput<(typeof answers)[Kind]>;
