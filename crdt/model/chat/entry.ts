/**
 * What people write in a chat. Plain JSON tuples, version and kind first, targets by place:
 *
 *     message     [head, stamp, text, extras?]
 *     edit        [head, stamp, target writer, target clock, text, extras?]
 *     retraction  [head, stamp, target writer, target clock, extras?]
 *     reaction    [head, stamp, target writer, target clock, emoji or '' to take it back, extras?]
 *
 * A target is the message's id (the place where it was first written). Edits and retractions bind only messages of the same author.
 */
import type { Json, Tuple } from '../log/append.ts';
import { entryId, isClock, type EntryId, type Place } from '../log/entry-id.ts';
import { HEAD } from '../log/entry-kind.ts';
import { readFirst } from '../log/extras.ts';
import { LIMITS } from '../log/limits.ts';
import { isStamp, type Stamp } from '../log/stamp.ts';
import { accountOf, isWriter, type Account } from '../log/writer.ts';

interface Common {
  readonly stamp: Stamp;
  /** Where the entry was first written, when it is sent again by another writer. */
  readonly first: Place | undefined;
}

export interface MessageEntry extends Common {
  readonly kind: 'message';
  readonly text: string;
}
export interface EditEntry extends Common {
  readonly kind: 'edit';
  readonly target: Place;
  readonly text: string;
}
export interface RetractionEntry extends Common {
  readonly kind: 'retraction';
  readonly target: Place;
}
export interface ReactionEntry extends Common {
  readonly kind: 'reaction';
  readonly target: Place;
  /** '' takes the author's reaction back; one reaction per person and message, the latest. */
  readonly emoji: string;
}
export type ChatEntry = MessageEntry | EditEntry | RetractionEntry | ReactionEntry;

/** What a person asks for; stamp and place come with the writing. */
export type ChatAction =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'edit'; readonly target: EntryId; readonly text: string }
  | { readonly kind: 'retraction'; readonly target: EntryId }
  | { readonly kind: 'reaction'; readonly target: EntryId; readonly emoji: string };

/** An entry's id: the place where it was first written, else where it lies. */
export const idOfEntry = (entry: { readonly first: Place | undefined }, at: Place): EntryId =>
  entry.first === undefined ? entryId(at.writer, at.clock) : entryId(entry.first.writer, entry.first.clock);

/** The raw entry; `first` only for one that is sent again. */
export function encodeChatEntry(entry: ChatEntry): Tuple {
  const extras: Json[] = entry.first === undefined ? [] : [{ first: [entry.first.writer, entry.first.clock] }];
  switch (entry.kind) {
    case 'message':
      return [HEAD.message, entry.stamp, entry.text, ...extras];
    case 'edit':
      return [HEAD.edit, entry.stamp, entry.target.writer, entry.target.clock, entry.text, ...extras];
    case 'retraction':
      return [HEAD.retraction, entry.stamp, entry.target.writer, entry.target.clock, ...extras];
    case 'reaction':
      return [HEAD.reaction, entry.stamp, entry.target.writer, entry.target.clock, entry.emoji, ...extras];
  }
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LIMITS.textLength && value.isWellFormed() && value.trim() !== '';

const isEmoji = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LIMITS.emojiLength && value.isWellFormed();

/** Elements of each kind, extras left out. */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [HEAD.message, 3],
  [HEAD.edit, 5],
  [HEAD.retraction, 4],
  [HEAD.reaction, 5],
]);

/**
 * Parses a raw chat entry written by `author`; a string names the element that is wrong. The same rules on the device before
 * writing, in the gate, and when reading.
 */
export function parseChatEntry(tuple: Tuple, author: Account): ChatEntry | string {
  const [head, stamp] = tuple;
  if (!isStamp(stamp)) return 'stamp';
  const length = typeof head === 'number' ? LENGTHS.get(head) : undefined;
  if (length === undefined) return 'head';
  if (tuple.length !== length && tuple.length !== length + 1) return 'length';
  const first = tuple.length > length ? readFirst(tuple[length]) : undefined;
  if (first === null || (first !== undefined && accountOf(first.writer) !== author)) return 'extras';

  if (head === HEAD.message) {
    const text = tuple[2];
    return isText(text) ? { kind: 'message', stamp, text, first } : 'text';
  }
  const [, , writer, clock, content] = tuple;
  if (!isWriter(writer) || !isClock(clock)) return 'target';
  const target = { writer, clock };
  if (head === HEAD.reaction)
    return isEmoji(content) ? { kind: 'reaction', stamp, target, emoji: content, first } : 'emoji';
  if (accountOf(writer) !== author) return 'target of another author';
  if (head === HEAD.edit) return isText(content) ? { kind: 'edit', stamp, target, text: content, first } : 'text';
  return { kind: 'retraction', stamp, target, first };
}
