/** One message from its parts: the entry itself in all places where it lies, and what was said of it. */
import type { EntryId, Place } from '../log/entry-id.ts';
import { accountOf, type Account, type Writer } from '../log/writer.ts';
import type { Arrival, ArrivalLookup } from './arrivals.ts';
import type { ChatEntry } from './entry.ts';
import type { TimelineMessage } from './timeline.ts';

/** An entry and where it lies. */
export interface LyingEntry {
  readonly page: number;
  readonly writer: Writer;
  readonly clock: number;
  readonly entry: ChatEntry;
  readonly arrivals: ArrivalLookup;
}

export interface MessageParts {
  readonly id: EntryId;
  /** The place that the id names. */
  readonly place: Place;
  readonly copies: Set<LyingEntry>;
  readonly edits: Set<LyingEntry>;
  readonly retractions: Set<LyingEntry>;
  readonly reactions: Set<LyingEntry>;
}

/** The message, or undefined when there is none to show; `previous` itself when it would be the same. */
export function mergeMessage(parts: MessageParts, previous: TimelineMessage | undefined): TimelineMessage | undefined {
  if (parts.copies.size === 0 || parts.retractions.size > 0) return undefined;
  const [copy, arrival] = firstArrived(parts.copies);
  const edit = latest(parts.edits);
  const message: TimelineMessage = {
    id: parts.id,
    author: accountOf(parts.place.writer),
    page: copy.page,
    place: { writer: copy.writer, clock: copy.clock },
    stamp: copy.entry.stamp,
    text: textOf(edit ?? copy),
    edited: edit !== undefined,
    arrival,
    reactions: reactionsOf(parts.reactions),
  };
  return previous !== undefined && isSame(previous, message) ? previous : message;
}

/** Pages first: nothing keeps a hostile writer from writing in two of them. */
const byPlace = (one: LyingEntry, other: LyingEntry): number =>
  one.page - other.page || one.writer - other.writer || one.clock - other.clock;

function firstArrived(copies: ReadonlySet<LyingEntry>): readonly [LyingEntry, Arrival | undefined] {
  let best: readonly [LyingEntry, Arrival | undefined] | undefined;
  for (const copy of copies) {
    const arrival = copy.arrivals.at(copy.writer, copy.clock);
    if (best === undefined) {
      best = [copy, arrival];
      continue;
    }
    const [one, other] = [arrival?.number ?? Infinity, best[1]?.number ?? Infinity];
    if (one < other || (one === other && byPlace(copy, best[0]) < 0)) best = [copy, arrival];
  }
  if (best === undefined) throw new RangeError('a message lies somewhere');
  return best;
}

const textOf = ({ entry }: LyingEntry): string => (entry.kind === 'message' || entry.kind === 'edit' ? entry.text : '');

/** Later by stamp, then by the id's place (a copy that was sent again is no later), then by where it lies. */
function isLater(one: LyingEntry, other: LyingEntry): boolean {
  const [a, b] = [one.entry.first ?? one, other.entry.first ?? other];
  const order = one.entry.stamp - other.entry.stamp || a.writer - b.writer || a.clock - b.clock || byPlace(one, other);
  return order > 0;
}

function latest(entries: ReadonlySet<LyingEntry>): LyingEntry | undefined {
  let found: LyingEntry | undefined;
  for (const entry of entries) if (found === undefined || isLater(entry, found)) found = entry;
  return found;
}

const NO_REACTIONS: TimelineMessage['reactions'] = [];

/** The latest reaction of each person; emoji and people in the order in which they came first. */
function reactionsOf(entries: ReadonlySet<LyingEntry>): TimelineMessage['reactions'] {
  if (entries.size === 0) return NO_REACTIONS;
  const byAccount = new Map<Account, LyingEntry>();
  for (const entry of entries) {
    const account = accountOf(entry.writer);
    const known = byAccount.get(account);
    if (known === undefined || isLater(entry, known)) byAccount.set(account, entry);
  }
  const inOrder = [...byAccount].sort(([, one], [, other]) => (isLater(one, other) ? 1 : -1));
  const byEmoji = new Map<string, Account[]>();
  for (const [account, { entry }] of inOrder) {
    if (entry.kind !== 'reaction' || entry.emoji === '') continue;
    const accounts = byEmoji.get(entry.emoji);
    if (accounts === undefined) byEmoji.set(entry.emoji, [account]);
    else accounts.push(account);
  }
  return [...byEmoji].map(([emoji, accounts]) => ({ emoji, accounts }));
}

function isSame(one: TimelineMessage, other: TimelineMessage): boolean {
  return (
    one.text === other.text &&
    one.arrival?.number === other.arrival?.number &&
    one.arrival?.timeMs === other.arrival?.timeMs &&
    one.place.writer === other.place.writer &&
    one.place.clock === other.place.clock &&
    one.page === other.page &&
    one.stamp === other.stamp &&
    one.edited === other.edited &&
    one.reactions.length === other.reactions.length &&
    one.reactions.every(({ emoji, accounts }, index) => {
      const now = other.reactions[index];
      return (
        emoji === now?.emoji &&
        accounts.length === now.accounts.length &&
        accounts.every((a, i) => a === now.accounts[i])
      );
    })
  );
}
