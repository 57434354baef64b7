/** What the timeline shows, as flat rows with stable keys: days, the unread line, messages, and own texts that are not sent yet. Pure. */
import { isSentLate, shownTimeMs, type TimelineMessage } from '../../../crdt/model/chat/timeline.ts';
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';

/** Messages of one person within this time stand together. */
const GROUP_MS = 5 * 60_000;

export interface DayRow {
  readonly kind: 'day';
  readonly key: string;
  readonly timeMs: number;
}
export interface UnreadRow {
  readonly kind: 'unread';
  readonly key: string;
  readonly count: number;
}
export interface MessageRow {
  readonly kind: 'message';
  readonly key: EntryId;
  readonly author: Account;
  readonly own: boolean;
  readonly text: string;
  readonly edited: boolean;
  readonly timeMs: number;
  /** C14: only when it was sent late. */
  readonly arrivedMs: number | undefined;
  readonly sent: boolean;
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
}
export type TimelineRow = DayRow | UnreadRow | MessageRow;

interface RowsInput {
  readonly messages: readonly TimelineMessage[];
  /** Index of the first message to show. */
  readonly from: number;
  readonly me: Account;
  /** Messages of others past this arrival number stand below the unread line; undefined draws none. */
  readonly unreadAfter: number | undefined;
  /** Calendar day of a time, in the device's zone. */
  readonly dayOf: (timeMs: number) => number;
}

const isUnread = (message: TimelineMessage, me: Account, after: number): boolean =>
  message.author !== me && message.arrival !== undefined && message.arrival.number > after;

export const firstUnreadIndex = (messages: readonly TimelineMessage[], me: Account, after: number): number =>
  messages.findIndex((message) => isUnread(message, me, after));

export function timelineRows({ messages, from, me, unreadAfter, dayOf }: RowsInput): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  const firstUnread = unreadAfter === undefined ? -1 : firstUnreadIndex(messages, me, unreadAfter);
  const shown = messages.slice(from);
  const times = shown.map(shownTimeMs);
  const together = (index: number): boolean => {
    const [one, other] = [shown[index - 1], shown[index]];
    const [oneMs, otherMs] = [times[index - 1] ?? 0, times[index] ?? 0];
    if (one === undefined || other === undefined || one.author !== other.author) return false;
    return from + index !== firstUnread && Math.abs(otherMs - oneMs) <= GROUP_MS && dayOf(oneMs) === dayOf(otherMs);
  };
  for (const [index, message] of shown.entries()) {
    const timeMs = times[index] ?? 0;
    if (index === 0 || dayOf(times[index - 1] ?? 0) !== dayOf(timeMs)) {
      // Keyed by the message: a message with a wrong clock may show a day twice.
      rows.push({ kind: 'day', key: `day-${message.id}`, timeMs });
    }
    if (from + index === firstUnread) {
      const after = unreadAfter ?? 0;
      const count = messages.filter((one) => isUnread(one, me, after)).length;
      rows.push({ kind: 'unread', key: 'unread', count });
    }
    rows.push({
      kind: 'message',
      key: message.id,
      author: message.author,
      own: message.author === me,
      text: message.text,
      edited: message.edited,
      timeMs,
      arrivedMs: isSentLate(message) ? message.arrival?.timeMs : undefined,
      sent: message.arrival !== undefined,
      startsGroup: !together(index),
      endsGroup: !together(index + 1),
    });
  }
  return rows;
}
