import { expect, test } from 'vitest';
import type { TimelineMessage } from '../../../crdt/model/chat/timeline.ts';
import { entryId } from '../../../crdt/model/log/entry-id.ts';
import { stampAt } from '../../../crdt/model/log/stamp.ts';
import { makeWriter, type Account } from '../../../crdt/model/log/writer.ts';
import { timelineRows, type TimelineRow, type UnreadLine } from './timeline-rows.ts';

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

const rowsOf = (messages: readonly TimelineMessage[], line?: UnreadLine, keep?: number): readonly TimelineRow[] =>
  timelineRows({ messages, range: { from: 0, to: messages.length }, me: ANNA, line, keep, dayOf });
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

test('[M6] the unread line stands before its message and begins a group', () => {
  const late = message(JONAS, NOON_MS + 1);
  const messages = [message(JONAS, NOON_MS), late, message(ANNA, NOON_MS + 2), message(JONAS, NOON_MS + 3)];
  const rows = rowsOf(messages, { before: late.id, count: 2 });
  expect(groups(rows)).toBe('day [3] unread [3] [2] [3]');
  expect(rows.find((row) => row.kind === 'unread')).toMatchObject({ count: 2 });
});

test('[M4] an own message waits until it has arrived at the server, and again while a change of it has not', () => {
  const rows = rowsOf([
    message(ANNA, NOON_MS),
    message(ANNA, NOON_MS, { arrival: undefined }),
    message(ANNA, NOON_MS, { edited: true, pendingEdit: true }),
    message(JONAS, NOON_MS),
  ]);
  expect(rows.filter((row) => row.kind === 'message').map((row) => row.waits)).toEqual([false, true, true, false]);
});

test('[C8] a part of a long timeline looks as it does in the whole: its edges know what is beyond them', () => {
  const messages = Array.from({ length: 9 }, (_, index) => message(JONAS, NOON_MS + index));
  const part = (from: number, to: number) =>
    groups(timelineRows({ messages, range: { from, to }, me: ANNA, line: undefined, keep: undefined, dayOf }));
  expect([part(0, 3), part(3, 6), part(6, 9)]).toEqual(['day [3 3 3', '3 3 3', '3 3 3]']);
});

test('[A4] the message with the focus is drawn once, in the part or beside it', () => {
  const messages = Array.from({ length: 9 }, (_, index) => message(JONAS, NOON_MS + index));
  const kept = (keep: number) =>
    timelineRows({ messages, range: { from: 3, to: 6 }, me: ANNA, line: undefined, keep, dayOf }).map((row) =>
      row.kind === 'message' && row.hidden !== undefined
        ? `${row.hidden} ${messages.findIndex(({ id }) => id === row.key)}`
        : row.kind,
    );
  expect([kept(0), kept(4), kept(8)]).toEqual([
    ['kept 0', 'message', 'message', 'message'],
    ['message', 'message', 'message'],
    ['message', 'message', 'message', 'kept 8'],
  ]);
});

test('[A4] what is built ahead stands hidden after what is shown, in order, and without days; the message with the focus once, too', () => {
  const messages = Array.from({ length: 12 }, (_, index) => message(JONAS, NOON_MS + index));
  const hidden = (keep: number) =>
    timelineRows({
      messages,
      range: { from: 2, to: 4 },
      ahead: { from: 7, to: 9 },
      me: ANNA,
      line: undefined,
      keep,
      dayOf,
    }).map((row) => {
      const index = messages.findIndex(({ id }) => id === row.key);
      return row.kind === 'message' && row.hidden !== undefined ? `${row.hidden} ${index}` : index;
    });
  expect([hidden(0), hidden(3), hidden(5), hidden(8), hidden(11)]).toEqual([
    ['kept 0', 2, 3, 'ahead 7', 'ahead 8'],
    [2, 3, 'ahead 7', 'ahead 8'],
    [2, 3, 'kept 5', 'ahead 7', 'ahead 8'],
    [2, 3, 'ahead 7', 'ahead 8'],
    [2, 3, 'ahead 7', 'ahead 8', 'kept 11'],
  ]);
});

test('[C14] what arrives more than five minutes after it was written shows both times', () => {
  const arrival = { number: 9, timeMs: NOON_MS + 6 * MINUTE_MS };
  const [, row] = rowsOf([message(JONAS, NOON_MS, { arrival })]);
  expect(row).toMatchObject({ timeMs: NOON_MS, arrivedMs: arrival.timeMs });
});

test('[M6] keys are unique, so that no row is drawn for another', () => {
  const [first, ...rest] = [message(JONAS, NOON_MS), message(ANNA, NOON_MS + 86_400_000), message(JONAS, NOON_MS)];
  const rows = rowsOf([first, ...rest], { before: first.id, count: 1 });
  expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
});
