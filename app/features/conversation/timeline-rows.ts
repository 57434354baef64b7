/** What the timeline shows, as flat rows with stable keys: days, the unread line, and messages. Pure; costs what is drawn. */
import { isSentLate, shownTimeMs, type TimelineMessage } from '../../../crdt/model/chat/timeline.ts';
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import type { Range } from './range.ts';

/** Messages of one person within this time stand together. */
const GROUP_MS = 5 * 60_000;

export interface DayRow {
  readonly kind: 'day';
  readonly key: string;
  /** The message below it. */
  readonly message: EntryId;
  readonly timeMs: number;
}
export interface UnreadRow {
  readonly kind: 'unread';
  readonly key: string;
  readonly message: EntryId;
  readonly count: number;
}
export interface MessageRow {
  readonly kind: 'message';
  readonly key: EntryId;
  readonly message: EntryId;
  readonly author: Account;
  readonly own: boolean;
  readonly text: string;
  readonly edited: boolean;
  readonly timeMs: number;
  /** C14: only when it was sent late. */
  readonly arrivedMs: number | undefined;
  /** Undefined until the server has it. */
  readonly arrival: number | undefined;
  /** Something of one's own about it, the message or a change of it, is on this device alone. */
  readonly waits: boolean;
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
  /** Out of sight: there because the focus is on it, or built ahead of being shown. */
  readonly hidden: 'kept' | 'ahead' | undefined;
}
export type TimelineRow = DayRow | UnreadRow | MessageRow;

/** Where the unread line stands, and what it says. */
export interface UnreadLine {
  readonly before: EntryId;
  readonly count: number;
}

interface RowsInput {
  readonly messages: readonly TimelineMessage[];
  readonly range: Range;
  /** After the range, built and not shown yet. */
  readonly ahead?: Range | undefined;
  readonly me: Account;
  readonly line: UnreadLine | undefined;
  /** Index of a message that is drawn in any case. */
  readonly keep: number | undefined;
  /** Calendar day of a time, in the device's zone. */
  readonly dayOf: (timeMs: number) => number;
}

export function timelineRows({ messages, range, ahead, me, line, keep, dayOf }: RowsInput): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  const isNewDay = (index: number): boolean => {
    const [one, other] = [messages[index - 1], messages[index]];
    return one === undefined || other === undefined || dayOf(shownTimeMs(one)) !== dayOf(shownTimeMs(other));
  };
  const together = (index: number): boolean => {
    const [one, other] = [messages[index - 1], messages[index]];
    if (one === undefined || other === undefined || one.author !== other.author || other.id === line?.before)
      return false;
    return Math.abs(shownTimeMs(other) - shownTimeMs(one)) <= GROUP_MS && !isNewDay(index);
  };
  const push = (index: number, hidden: MessageRow['hidden']): void => {
    const message = messages[index];
    if (message === undefined) return;
    const { id, author } = message;
    const timeMs = shownTimeMs(message);
    // Keyed by the message: a message with a wrong clock may show a day twice.
    if (hidden === undefined && isNewDay(index)) rows.push({ kind: 'day', key: `day-${id}`, message: id, timeMs });
    if (hidden === undefined && id === line?.before)
      rows.push({ kind: 'unread', key: 'unread', message: id, count: line.count });
    rows.push({
      kind: 'message',
      key: id,
      message: id,
      author,
      own: author === me,
      text: message.text,
      edited: message.edited,
      timeMs,
      arrivedMs: isSentLate(message) ? message.arrival?.timeMs : undefined,
      arrival: message.arrival?.number,
      waits: author === me && (message.arrival === undefined || message.pendingEdit),
      startsGroup: !together(index),
      endsGroup: !together(index + 1),
      hidden,
    });
  };
  const pushKept = (from: number, to: number): void => {
    if (keep !== undefined && keep >= from && keep < to) push(keep, 'kept');
  };
  const { from, to } = ahead ?? { from: range.to, to: range.to };
  pushKept(0, range.from);
  for (let index = range.from; index < range.to; index += 1) push(index, undefined);
  pushKept(range.to, from);
  for (let index = from; index < to; index += 1) push(index, 'ahead');
  pushKept(to, messages.length);
  return rows;
}
