import { expect, test } from 'vitest';
import { ChatBuilder, writer } from '../../../tests/support/chat-builder.ts';
import type { Tuple } from '../log/append.ts';
import { HEAD } from '../log/entry-kind.ts';
import { stampAt } from '../log/stamp.ts';
import { accountOf } from '../log/writer.ts';
import { PageReader } from './page-reader.ts';
import { Timeline, type TimelineMessage } from './timeline.ts';
import { countUnread, firstUnread, markerAfter, type Reader } from './unread.ts';

const ANNA = writer(2, 1);
const ANNA_OFFLINE = writer(2, 2);
const JONAS = writer(3, 1);
const jonas = (marker: number, joined = 0): Reader => ({ account: accountOf(JONAS), marker, joined });
const T0 = Date.UTC(2026, 0, 1);
const message = (minute: number, text: string): Tuple => [HEAD.message, stampAt(T0 + minute * 60_000), text];

function messagesOf(chat: ChatBuilder): readonly TimelineMessage[] {
  const timeline = new Timeline();
  timeline.apply(...chat.pages.map((page) => new PageReader(page.doc(), page.page).read()));
  return timeline.messages;
}

test('[UN1] unread are the messages of others that arrived after the marker', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  page.append(ANNA, message(1, 'one'), message(2, 'two'), message(3, 'three'));
  page.arrive(ANNA, 0);
  page.append(JONAS, message(4, 'own'));
  page.arrive(JONAS, 0);
  const messages = messagesOf(chat);
  expect([0, 1, 2, 3, 4].map((marker) => countUnread(messages, jonas(marker)))).toEqual([3, 2, 1, 0, 0]);
  expect(firstUnread(messages, jonas(1))?.text).toBe('two');
  expect(markerAfter(messages, 2)).toBe(4);
  expect(markerAfter(messages, 9)).toBe(9);
});

test('[UN2] what was written offline and arrives late is unread wherever it sorts, even in an old page', () => {
  const chat = new ChatBuilder();
  chat.page(1).append(ANNA_OFFLINE, message(1, 'from the basement'));
  chat.page(2).append(ANNA, message(10, 'read'));
  chat.page(2).arrive(ANNA, T0 + 600_000);
  expect(countUnread(messagesOf(chat), jonas(1))).toBe(0);
  chat.page(1).arrive(ANNA_OFFLINE, T0 + 900_000);
  const messages = messagesOf(chat);
  expect(messages.map((one) => one.text)).toEqual(['from the basement', 'read']);
  expect(countUnread(messages, jonas(1))).toBe(1);
  expect(firstUnread(messages, jonas(1))?.text).toBe('from the basement');
});

test('[UN3] what has not arrived is unread for nobody; edits and reactions make nothing unread', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  const first = page.append(ANNA, message(1, 'one'));
  page.arrive(ANNA, 0);
  page.append(
    ANNA,
    [HEAD.edit, 9_000, first.writer, first.clock, 'edited'],
    [HEAD.reaction, 9_000, first.writer, first.clock, '👍'],
  );
  page.arrive(ANNA, 0);
  page.append(ANNA, message(9, 'waiting in another tab'));
  expect(countUnread(messagesOf(chat), jonas(1))).toBe(0);
});

test('[UN4] what came before one joined counts as read', () => {
  const chat = new ChatBuilder();
  chat.page(1).append(ANNA, message(1, 'one'), message(2, 'two'));
  chat.page(1).arrive(ANNA, 0);
  expect(countUnread(messagesOf(chat), jonas(0, 1))).toBe(1);
});

test('[UN5] a retracted message is no longer unread, and one that was sent again counts once', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  const first = page.append(ANNA, message(1, 'one'), message(2, 'two'));
  page.append(ANNA_OFFLINE, [...message(1, 'one'), { first: [first.writer, first.clock] }]);
  page.arrive(ANNA, 0);
  page.arrive(ANNA_OFFLINE, 0);
  expect(countUnread(messagesOf(chat), jonas(0))).toBe(2);
  page.append(ANNA, [HEAD.retraction, 9_000, first.writer, first.clock]);
  page.arrive(ANNA, 0);
  page.erase(first);
  expect(countUnread(messagesOf(chat), jonas(0))).toBe(1);
});
