/**
 * What a list shows of a chat, page by page: the newest message, and how much is unread. Small enough to be kept for a thousand chats
 * and read at once; valid as long as its page stands where it stood.
 */
import { placeOf, type EntryId } from '../log/entry-id.ts';
import type { Stamp } from '../log/stamp.ts';
import type { Account } from '../log/writer.ts';
import { effectiveStamp } from './effective-stamp.ts';
import { shownTimeMs, type Timeline, type TimelineMessage } from './timeline.ts';
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
  readonly stamp: Stamp;
}

export interface PageDigest {
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

/**
 * Digests of some of a timeline's pages. `known`: those of before, so that what had arrived by then is not gone through again; `before`:
 * a number after which everything in a page arrived, so that for a new page not all that is older is.
 */
export function digestPages(
  timeline: Timeline,
  pages: readonly number[],
  reader: Reader,
  known: (page: number) => PageDigest | undefined = () => undefined,
  before: (page: number) => number = () => 0,
): ReadonlyMap<number, PageDigest> {
  const upTo = readUpTo(reader);
  const latest = latestOfPages(timeline.messages, pages);
  const digests = new Map(
    pages.map((page) => [page, { latest: latest.get(page), others: known(page)?.others ?? 0, upTo, unread: 0 }]),
  );
  const since = Math.min(upTo, ...pages.map((page) => known(page)?.others ?? before(page)));
  for (const message of timeline.arrivedAfter(since)) {
    const digest = digests.get(message.page);
    if (digest === undefined || message.arrival === undefined || message.author === reader.account) continue;
    digest.others = Math.max(digest.others, message.arrival.number);
    if (isUnread(message, reader)) digest.unread += 1;
  }
  return digests;
}

/** Looks from the end, where most pages have theirs. */
function latestOfPages(
  messages: readonly TimelineMessage[],
  pages: readonly number[],
): ReadonlyMap<number, PlacedLatest> {
  const missing = new Set(pages);
  const latest = new Map<number, PlacedLatest>();
  for (let index = messages.length - 1; index >= 0 && missing.size > 0; index -= 1) {
    const message = messages[index];
    if (message !== undefined && missing.delete(message.page)) latest.set(message.page, placedLatest(message));
  }
  return latest;
}

/** The newest message of a timeline. */
export function latestOf({ last }: Timeline): PlacedLatest | undefined {
  return last === undefined ? undefined : placedLatest(last);
}

const placedLatest = (message: TimelineMessage): PlacedLatest => ({
  id: message.id,
  author: message.author,
  text: previewOf(message.text),
  timeMs: shownTimeMs(message),
  sent: message.arrival !== undefined && !message.pendingEdit,
  effective: effectiveStamp(message.stamp, message.arrival),
  stamp: message.stamp,
});

/** The one that comes later in the timeline. */
export function laterOf(one: PlacedLatest | undefined, other: PlacedLatest | undefined): PlacedLatest | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return follows(one, other) ? one : other;
}

function follows(one: PlacedLatest, other: PlacedLatest): boolean {
  const order = one.effective - other.effective || one.stamp - other.stamp;
  if (order !== 0) return order > 0;
  const [a, b] = [placeOf(one.id), placeOf(other.id)];
  if (a === undefined || b === undefined) return b === undefined;
  return (a.writer - b.writer || a.clock - b.clock) > 0;
}

/** To whoever looks at them. */
export const isSameLatest = (one: LatestMessage | undefined, other: LatestMessage | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    one.id === other.id &&
    one.text === other.text &&
    one.timeMs === other.timeMs &&
    one.sent === other.sent);

export const isSameDigest = (one: PageDigest, other: PageDigest): boolean =>
  isSameLatest(one.latest, other.latest) &&
  one.latest?.effective === other.latest?.effective &&
  one.latest?.stamp === other.latest?.stamp &&
  one.others === other.others &&
  one.upTo === other.upTo &&
  one.unread === other.unread;
