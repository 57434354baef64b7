/**
 * What a list shows of a chat, page by page: the newest message, how much is unread. Small enough to be kept for a thousand chats and
 * read at once, and valid as long as its page stands where it stood.
 */
import { placeOf, type EntryId } from '../log/entry-id.ts';
import type { Account } from '../log/writer.ts';
import { effectiveStamp } from './effective-stamp.ts';
import { shownTimeMs, type TimelineMessage } from './timeline.ts';
import { isUnread, readUpTo, type Reader } from './unread.ts';

/** The newest message of a chat, by its timeline. */
export interface LatestMessage {
  readonly id: EntryId;
  readonly author: Account;
  /** The beginning of the text. */
  readonly text: string;
  readonly timeMs: number;
  /** The server has it as it is shown. */
  readonly sent: boolean;
}

export interface PlacedLatest extends LatestMessage {
  /** What it sorts by in the timeline, before its id. */
  readonly effective: number;
}

export interface PageDigest {
  /** Arrival number of the last thing that was in the page. */
  readonly head: number;
  readonly latest: PlacedLatest | undefined;
  /** Arrival number of the last message of somebody else; 0 when there is none. */
  readonly others: number;
  /** So many messages are unread for a person who has read up to `upTo`. */
  readonly upTo: number;
  readonly unread: number;
}

/** UTF-16 units of a text that a list can show. */
const PREVIEW_LENGTH = 200;

/** The beginning of a text, without half a character at its end. */
export function previewOf(text: string): string {
  const cut = text.slice(0, PREVIEW_LENGTH);
  return cut.isWellFormed() ? cut : cut.slice(0, -1).toWellFormed();
}

/** Digests of the pages of some messages, by page; the messages are in the order of the timeline. */
export function digestPages(
  messages: readonly TimelineMessage[],
  reader: Reader,
): ReadonlyMap<number, Omit<PageDigest, 'head'>> {
  const upTo = readUpTo(reader);
  const digests = new Map<number, { latest: PlacedLatest; others: number; upTo: number; unread: number }>();
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (message === undefined) continue;
    let digest = digests.get(message.page);
    if (digest === undefined) {
      digest = { latest: placedLatest(message), others: 0, upTo, unread: 0 };
      digests.set(message.page, digest);
    }
    if (message.author === reader.account || message.arrival === undefined) continue;
    if (message.arrival.number > digest.others) digest.others = message.arrival.number;
    if (isUnread(message, reader)) digest.unread += 1;
  }
  return digests;
}

/** Of a page in which no message is. */
export const emptyDigest = (reader: Reader): Omit<PageDigest, 'head'> => ({
  latest: undefined,
  others: 0,
  upTo: readUpTo(reader),
  unread: 0,
});

const placedLatest = (message: TimelineMessage): PlacedLatest => ({
  id: message.id,
  author: message.author,
  text: previewOf(message.text),
  timeMs: shownTimeMs(message),
  sent: message.arrival !== undefined && !message.pendingEdit,
  effective: effectiveStamp(message.stamp, message.arrival),
});

/** The one that comes later in the timeline. */
export function laterOf(one: PlacedLatest | undefined, other: PlacedLatest | undefined): PlacedLatest | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return follows(one, other) ? one : other;
}

function follows(one: PlacedLatest, other: PlacedLatest): boolean {
  if (one.effective !== other.effective) return one.effective > other.effective;
  const [a, b] = [placeOf(one.id), placeOf(other.id)];
  if (a === undefined || b === undefined) return b === undefined;
  return (a.writer - b.writer || a.clock - b.clock) > 0;
}

export const isSameLatest = (one: LatestMessage | undefined, other: LatestMessage | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    one.id === other.id &&
    one.text === other.text &&
    one.timeMs === other.timeMs &&
    one.sent === other.sent);
