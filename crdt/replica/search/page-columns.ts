/**
 * The messages of a page as columns, for what is kept of it: one text and four arrays are written and read many times quicker than as
 * many objects.
 */
import { isClock, type Place } from '../../model/log/entry-id.ts';
import { isWriter, type Writer } from '../../model/log/writer.ts';
import type { IndexedMessage } from '../../model/search/text-block.ts';

export interface PageColumns {
  readonly writers: Float64Array;
  readonly clocks: Uint32Array;
  readonly timesMs: Float64Array;
  /** Where each text ends in `texts`. */
  readonly ends: Uint32Array;
  /** As they were written, one behind the other. */
  readonly texts: string;
}

export function toColumns(messages: readonly IndexedMessage[]): PageColumns {
  let end = 0;
  return {
    writers: Float64Array.from(messages, ({ writer }) => writer),
    clocks: Uint32Array.from(messages, ({ clock }) => clock),
    timesMs: Float64Array.from(messages, ({ timeMs }) => timeMs),
    ends: Uint32Array.from(messages, ({ text }) => (end += text.length)),
    texts: messages.map(({ text }) => text).join(''),
  };
}

export function fromColumns({ writers, clocks, timesMs, ends, texts }: PageColumns): IndexedMessage[] {
  return Array.from(ends, (end, index) => ({
    writer: (writers[index] ?? 0) as Writer,
    clock: clocks[index] ?? 0,
    timeMs: timesMs[index] ?? 0,
    text: texts.slice(index === 0 ? 0 : ends[index - 1], end),
  }));
}

/** The text of the message of that place; undefined when there is none. */
export function textAt({ writers, clocks, ends, texts }: PageColumns, { writer, clock }: Place): string | undefined {
  for (let index = clocks.indexOf(clock); index >= 0; index = clocks.indexOf(clock, index + 1)) {
    if (writers[index] === writer) return texts.slice(index === 0 ? 0 : ends[index - 1], ends[index]);
  }
  return undefined;
}

/** What a database gives may be anything. */
export function isColumns(value: object): value is PageColumns {
  const { writers, clocks, timesMs, ends, texts } = value as Readonly<Record<string, unknown>>;
  return (
    writers instanceof Float64Array &&
    clocks instanceof Uint32Array &&
    timesMs instanceof Float64Array &&
    ends instanceof Uint32Array &&
    typeof texts === 'string' &&
    [writers, clocks, timesMs].every(({ length }) => length === ends.length) &&
    writers.every(isWriter) &&
    clocks.every(isClock) &&
    timesMs.every(Number.isFinite) &&
    ends.every((end, index) => end >= (index === 0 ? 0 : (ends[index - 1] ?? 0))) &&
    (ends.at(-1) ?? 0) === texts.length
  );
}
