import { expect, test } from 'vitest';
import type { TimelineMessage } from '../../../crdt/model/chat/timeline.ts';
import { entryId } from '../../../crdt/model/log/entry-id.ts';
import { stampAt } from '../../../crdt/model/log/stamp.ts';
import { makeWriter, type Account } from '../../../crdt/model/log/writer.ts';
import { makeSeen, type Seen } from './seen.ts';

const ANNA = 2 as Account;
const JONAS = 3 as Account;

function arrived(author: Account, number: number): TimelineMessage {
  const writer = makeWriter(author, 7);
  return {
    id: entryId(writer, number),
    author,
    page: 1,
    place: { writer, clock: number },
    stamp: stampAt(Date.UTC(2026, 2, 3) + number),
    text: String(number),
    edited: false,
    pendingEdit: false,
    arrival: { number, timeMs: Date.UTC(2026, 2, 3) + number },
    reactions: [],
  };
}

function reader(messages: readonly TimelineMessage[], marker = 0): Seen {
  return makeSeen({
    marker,
    isOthers: ({ author }) => author === JONAS,
    arrivedAfter: (number) => messages.filter(({ arrival }) => (arrival?.number ?? 0) > number),
  });
}

const numbers = (messages: readonly TimelineMessage[]): (number | undefined)[] =>
  messages.map(({ arrival }) => arrival?.number);

test('[C12] the marker goes as far as everything has been seen, and over own messages', () => {
  const messages = [arrived(JONAS, 1), arrived(ANNA, 2), arrived(JONAS, 4), arrived(JONAS, 5), arrived(ANNA, 6)];
  const seen = reader(messages);
  seen.add(messages.slice(0, 1));
  expect([seen.marker(), numbers(seen.unseen(messages))]).toEqual([2, [4, 5]]);
  seen.add(messages.slice(2));
  expect([seen.marker(), numbers(seen.unseen(messages))]).toEqual([6, []]);
});

test('[C12] a message that nobody has seen holds the marker, whatever came after it was seen', () => {
  const messages = [arrived(JONAS, 1), arrived(JONAS, 2), arrived(JONAS, 3)];
  const seen = reader(messages);
  seen.add(messages.slice(1));
  expect([seen.marker(), numbers(seen.unseen(messages))]).toEqual([0, [1]]);
  seen.add(messages.slice(0, 1));
  expect([seen.marker(), numbers(seen.unseen(messages))]).toEqual([3, []]);
});

test('[C12] what another device has read counts here, and the marker never goes back', () => {
  const messages = [arrived(JONAS, 1), arrived(JONAS, 2), arrived(JONAS, 3)];
  const seen = reader(messages, 1);
  seen.add(messages.slice(2));
  seen.raise(2);
  expect(seen.marker()).toBe(3);
  seen.raise(1);
  expect([seen.marker(), numbers(seen.unseen([...messages]))]).toEqual([3, []]);
});
