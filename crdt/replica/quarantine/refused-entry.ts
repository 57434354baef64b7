/** Raw entries outside of a document: what they ask for, and how they are sent again. */
import { parseChatEntry, type ChatAction } from '../../model/chat/entry.ts';
import type { Tuple } from '../../model/log/append.ts';
import { entryId, type Place } from '../../model/log/entry-id.ts';
import { encodeFirst, readFirst } from '../../model/log/extras.ts';
import type { Account } from '../../model/log/writer.ts';

/** The place that the entry names as its first one; undefined when it was written where it lay. */
export function firstOf(tuple: Tuple): Place | undefined {
  const last = tuple.at(-1);
  if (typeof last !== 'object' || last === null) return undefined;
  return readFirst(last) ?? undefined;
}

/** The entry without its first place. */
export const withoutFirst = (tuple: Tuple): Tuple => (firstOf(tuple) === undefined ? tuple : tuple.slice(0, -1));

/** The entry as it is sent again: under the id of the place given. */
export const withFirst = (tuple: Tuple, first: Place): Tuple => [...withoutFirst(tuple), encodeFirst(first)];

/** What the person had asked for; undefined for other entries than a chat's. */
export function actionOf(tuple: Tuple, author: Account): ChatAction | undefined {
  const entry = parseChatEntry(tuple, author);
  if (typeof entry === 'string') return undefined;
  switch (entry.kind) {
    case 'message':
      return { kind: 'message', text: entry.text };
    case 'edit':
      return { kind: 'edit', target: entryId(entry.target.writer, entry.target.clock), text: entry.text };
    case 'retraction':
      return { kind: 'retraction', target: entryId(entry.target.writer, entry.target.clock) };
    case 'reaction':
      return { kind: 'reaction', target: entryId(entry.target.writer, entry.target.clock), emoji: entry.emoji };
  }
}
