/** One message from its parts: the entry itself in all places where it lies, and what was said of it. */
import type { EntryId, Place } from '../log/entry-id.ts';
import type { Stamp } from '../log/stamp.ts';
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

/** Everything that lies in the chat under a message's id: copies of it, edits, retractions, reactions; in any order. */
export interface MessageParts {
  readonly id: EntryId;
  /** The place that the id names. */
  readonly place: Place;
  readonly lying: readonly LyingEntry[];
}

/** The message, or undefined when there is none to show; `previous` itself when it would be the same. */
export function mergeMessage(parts: MessageParts, previous: TimelineMessage | undefined): TimelineMessage | undefined {
  let copy: LyingEntry | undefined;
  let arrival: Arrival | undefined;
  let edit: LyingEntry | undefined;
  let reactions: LyingEntry[] | undefined;
  for (const one of parts.lying) {
    switch (one.entry.kind) {
      case 'retraction':
        return undefined;
      case 'message': {
        const arrived = one.arrivals.at(one.writer, one.clock);
        if (copy === undefined || arrivesBefore(one, arrived, copy, arrival)) [copy, arrival] = [one, arrived];
        break;
      }
      case 'edit':
        if (edit === undefined || isLater(one, edit)) edit = one;
        break;
      case 'reaction':
        (reactions ??= []).push(one);
    }
  }
  if (copy === undefined) return undefined;
  const message: TimelineMessage = {
    id: parts.id,
    author: accountOf(parts.place.writer),
    page: copy.page,
    place: { writer: copy.writer, clock: copy.clock },
    stamp: copy.entry.stamp,
    text: textOf(edit ?? copy),
    edited: edit !== undefined,
    pendingEdit: edit !== undefined && edit.arrivals.at(edit.writer, edit.clock) === undefined,
    arrival,
    reactions: reactions === undefined ? NO_REACTIONS : reactionsOf(reactions),
  };
  return previous !== undefined && isSame(previous, message) ? previous : message;
}

/** Pages first: nothing keeps a hostile writer from writing in two of them. */
const byPlace = (one: LyingEntry, other: LyingEntry): number =>
  one.page - other.page || one.writer - other.writer || one.clock - other.clock;

function arrivesBefore(
  one: LyingEntry,
  at: Arrival | undefined,
  other: LyingEntry,
  otherAt: Arrival | undefined,
): boolean {
  const [number, otherNumber] = [at?.number ?? Infinity, otherAt?.number ?? Infinity];
  return number < otherNumber || (number === otherNumber && byPlace(one, other) < 0);
}

const textOf = ({ entry }: LyingEntry): string => (entry.kind === 'message' || entry.kind === 'edit' ? entry.text : '');

/**
 * Later by stamp, believed or not: only the author's own clock is at stake, and each edit or reaction is stamped after the ones before
 * it (`lastWord`). Then by the id's place (a copy that was sent again is no later), then by where it lies.
 */
function isLater(one: LyingEntry, other: LyingEntry): boolean {
  const [a, b] = [one.entry.first ?? one, other.entry.first ?? other];
  const order = one.entry.stamp - other.entry.stamp || a.writer - b.writer || a.clock - b.clock || byPlace(one, other);
  return order > 0;
}

/** The latest stamp of the account's edits and reactions among what lies under a message: the next one has to come after it. */
export function lastWord(lying: readonly LyingEntry[], account: Account): Stamp | undefined {
  let last: Stamp | undefined;
  for (const { writer, entry } of lying) {
    if ((entry.kind !== 'edit' && entry.kind !== 'reaction') || accountOf(writer) !== account) continue;
    if (last === undefined || entry.stamp > last) last = entry.stamp;
  }
  return last;
}

const NO_REACTIONS: TimelineMessage['reactions'] = [];

/** The latest reaction of each person; emoji and people in the order in which they came first. */
function reactionsOf(entries: readonly LyingEntry[]): TimelineMessage['reactions'] {
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
    one.pendingEdit === other.pendingEdit &&
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
