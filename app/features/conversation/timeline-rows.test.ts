import { expect, test } from 'vitest';
import type { TimelineMessage } from '../../../crdt/model/chat/timeline.ts';
import { entryId } from '../../../crdt/model/log/entry-id.ts';
import { stampAt } from '../../../crdt/model/log/stamp.ts';
import { makeWriter, type Account } from '../../../crdt/model/log/writer.ts';
import { timelineRows, type TimelineRow } from './timeline-rows.ts';

const ANNA = 2 as Account;
const JONAS = 3 as Account;
const NOON_MS = Date.UTC(2026, 2, 3, 12);
const MINUTE_MS = 60_000;
const dayOf = (timeMs: number): number => Math.floor(timeMs / 86_400_000);

let clock = 0;
function message(author: Account, timeMs: number, more: Partial<TimelineMessage> = {}): TimelineMessage {
  const writer = makeWriter(author, 7);
  clock += 1;
  return {
    id: entryId(writer, clock),
    author,
    page: 1,
    place: { writer, clock },
    stamp: stampAt(timeMs),
    text: `text ${clock}`,
    edited: false,
    pendingEdit: false,
    arrival: { number: clock, timeMs },
    reactions: [],
    ...more,
  };
}

const rowsOf = (messages: readonly TimelineMessage[], unreadAfter?: number): readonly TimelineRow[] =>
  timelineRows({ messages, from: 0, me: ANNA, unreadAfter, dayOf });
const groups = (rows: readonly TimelineRow[]): string =>
  rows
    .map((row) =>
      row.kind === 'message' ? (row.startsGroup ? '[' : '') + row.author + (row.endsGroup ? ']' : '') : row.kind,
    )
    .join(' ');

test('[M6] messages of one person within five minutes stand together', () => {
  const rows = rowsOf([
    message(JONAS, NOON_MS),
    message(JONAS, NOON_MS + 4 * MINUTE_MS),
    message(JONAS, NOON_MS + 10 * MINUTE_MS),
    message(ANNA, NOON_MS + 11 * MINUTE_MS),
  ]);
  expect(groups(rows)).toBe('day [3 3] [3] [2]');
});

test('[M6] a new day gets a separator and begins a group', () => {
  const midnightMs = Date.UTC(2026, 2, 4);
  expect(groups(rowsOf([message(JONAS, midnightMs - MINUTE_MS), message(JONAS, midnightMs)]))).toBe('day [3] day [3]');
});

test('[M6] the unread line stands before the first message of others past the marker, counts them, and begins a group', () => {
  const read = message(JONAS, NOON_MS);
  const late = message(JONAS, NOON_MS + 1);
  const own = message(ANNA, NOON_MS + 2);
  const rows = rowsOf([read, late, own, message(JONAS, NOON_MS + 3)], read.arrival?.number);
  expect(groups(rows)).toBe('day [3] unread [3] [2] [3]');
  expect(rows.find((row) => row.kind === 'unread')).toMatchObject({ count: 2 });
});

test('[M4] a message is sent when it has arrived at the server, and not before', () => {
  const rows = rowsOf([message(ANNA, NOON_MS), message(ANNA, NOON_MS, { arrival: undefined })]);
  expect(rows.filter((row) => row.kind === 'message').map((row) => row.sent)).toEqual([true, false]);
});

test('[C14] what arrives more than five minutes after it was written shows both times', () => {
  const arrival = { number: 9, timeMs: NOON_MS + 6 * MINUTE_MS };
  const [, row] = rowsOf([message(JONAS, NOON_MS, { arrival })]);
  expect(row).toMatchObject({ timeMs: NOON_MS, arrivedMs: arrival.timeMs });
});

test('[M6] keys are unique, so that no row is drawn for another', () => {
  const rows = rowsOf([message(JONAS, NOON_MS), message(ANNA, NOON_MS + 86_400_000), message(JONAS, NOON_MS)], 0);
  expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
});
