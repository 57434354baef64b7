/**
 * What counts as read (C12). The read marker is one arrival number: what arrived up to it is read. It may only pass messages that the
 * person has had a chance to read, so:
 *
 * - A message of somebody else is seen when it has been in view, or the view has moved over it, while the page was visible and its
 *   window in front. "Latest" moves the view, too: who presses it, told how many messages lie in between, has done with them. Who is led
 *   to a message by its address has not.
 * - The marker is the greatest number up to which all messages of others have been seen. One that was written offline and arrives
 *   late, sorted in above the view, is not seen: it holds the marker, and a button above says that something new is further up, until
 *   one has been there. Till then the number beside the chat counts what came after it again: rather too many than one missed.
 * - Messages in pages that are not loaded are not seen.
 *
 * The line of new messages stands above the first that was unseen when the chat was opened, or that came in while one was not looking
 * at the end. It stays while one reads and goes when one sends or leaves.
 */
import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';
import { effectiveStamp } from '../../../crdt/model/chat/effective-stamp.ts';
import type { TimelineMessage } from '../../../crdt/model/chat/timeline.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import type { House } from '../../reactive/house.ts';
import type { View } from './roll.ts';
import { makeSeen } from './seen.ts';
import type { UnreadLine } from './timeline-rows.ts';

/** Messages that come in together move the marker once. */
const MARK_AFTER_MS = 250;

export interface Reading {
  readonly line: Accessor<UnreadLine | undefined>;
  /** Unseen messages of others below what is in view. */
  readonly newBelow: Accessor<number>;
  /** The same above it, and of them the first in hand; earlier ones may have to be loaded first. */
  readonly newAbove: Accessor<NewAbove>;
  /** The chat is opened now: what is unseen stands below the line. */
  opened(): void;
  /** Whether somebody looks at the page now; what came before is to have been told by `looked`. */
  watched(watching: boolean): void;
  /** The view is elsewhere now, and nobody has seen what lies in between. */
  jumped(): void;
  /** The view, the messages or the marker have changed. */
  looked(view: View | undefined): void;
}

export interface NewAbove {
  readonly count: number;
  readonly first: TimelineMessage | undefined;
}

/** What messages are sorted by before anything else. */
const orderOf = ({ stamp, arrival }: TimelineMessage): number => effectiveStamp(stamp, arrival);

const NOTHING: NewAbove = { count: 0, first: undefined };

export function createReading(house: House, conversation: Conversation): Reading {
  const { chat } = conversation;
  const isOthers = (message: TimelineMessage): boolean => message.author !== house.account;
  let watching = false;
  const seen = makeSeen({
    marker: untrack(() => house.readUpTo(chat)),
    isOthers,
    arrivedAfter: (number) => conversation.arrivedAfter(number),
  });
  const [line, setLine] = createSignal<UnreadLine | undefined>(undefined, {
    equals: (one, other) => one?.before === other?.before && one?.count === other?.count,
  });
  const [newBelow, setNewBelow] = createSignal(0);
  const [newAbove, setNewAbove] = createSignal(NOTHING, {
    equals: (one, other) => one.count === other.count && one.first?.id === other.first?.id,
  });
  /** Between these messages the view has been since one began to look. */
  let before: readonly [TimelineMessage, TimelineMessage] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lineHead = 0;

  /** Unread in pages that are not loaded, of which nothing is known but that they are more. */
  const elsewhere = (): number => {
    const others = conversation.arrivedAfter(house.readUpTo(chat)).filter(isOthers).length;
    return Math.max(0, conversation.unread() - others);
  };
  const mark = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (elsewhere() === 0) void conversation.markRead(seen.marker());
  };

  function see({ first, last }: View): void {
    const messages = conversation.messages();
    const [from, to] = [messages[first], messages[last]];
    if (from === undefined || to === undefined) return;
    const passed = (before ?? []).map(({ id }) => conversation.indexOf(id)).filter((index) => index >= 0);
    seen.add(messages.slice(Math.min(first, ...passed), Math.max(last, ...passed) + 1));
    before = [from, to];
    if (seen.marker() > house.readUpTo(chat)) timer ??= setTimeout(() => untrack(mark), MARK_AFTER_MS);
  }

  function count(view: View): void {
    let [below, above] = [0, 0];
    let firstAbove: { readonly index: number; readonly message: TimelineMessage } | undefined;
    const messages = conversation.messages();
    const last = messages[view.last];
    const lastOrder = last === undefined ? Infinity : orderOf(last);
    for (const message of seen.unseen(conversation.messages())) {
      // There may be thousands of them, nearly all below.
      const index = orderOf(message) > lastOrder ? messages.length : conversation.indexOf(message.id);
      if (index > view.last) below += 1;
      else if (index < view.first) {
        above += 1;
        if (firstAbove === undefined || index < firstAbove.index) firstAbove = { index, message };
      }
    }
    setNewBelow(below);
    setNewAbove({ count: above + elsewhere(), first: firstAbove?.message });
  }

  /** Before the first unseen message, whatever its arrival; the line counts those that are unseen when it is drawn. */
  function drawLine(): void {
    const unseen = seen.unseen(conversation.messages());
    let first = Infinity;
    for (const { id } of unseen) first = Math.min(first, conversation.indexOf(id));
    const message = conversation.messages()[first];
    if (message === undefined) return setLine(undefined);
    lineHead = unseen.at(-1)?.arrival?.number ?? 0;
    setLine({ before: message.id, count: unseen.length });
  }

  /** The message below the line was deleted: the line goes on to the next that was new then. */
  function mendLine(): void {
    const now = line();
    if (now === undefined || conversation.indexOf(now.before) >= 0) return;
    const rest = conversation
      .arrivedAfter(seen.marker())
      .filter((message) => isOthers(message) && (message.arrival?.number ?? 0) <= lineHead)
      .toSorted((one, other) => conversation.indexOf(one.id) - conversation.indexOf(other.id));
    const [first] = rest;
    setLine(first === undefined ? undefined : { before: first.id, count: rest.length });
  }

  function looked(view: View | undefined): void {
    seen.raise(house.readUpTo(chat));
    mendLine();
    if (!watching) before = undefined;
    else if (view !== undefined) see(view);
    const unseen = seen.unseen(conversation.messages());
    const newest = unseen.at(-1)?.arrival?.number ?? 0;
    // Unseen and in nobody's view: so the line stands where reading will go on. While one reads on, it stays where it is.
    if (newest > lineHead) {
      if (line() === undefined || (!watching && seen.marker() >= lineHead)) drawLine();
    }
    if (view === undefined) {
      setNewBelow(0);
      setNewAbove(NOTHING);
    } else count(view);
  }

  createEffect(
    on(
      () => conversation.saving().length,
      (now, last = 0) => {
        if (now > last) setLine(undefined);
      },
    ),
  );
  onCleanup(() => {
    if (timer !== undefined) untrack(mark);
  });
  return {
    line,
    newBelow,
    newAbove,
    opened() {
      seen.raise(untrack(() => house.readUpTo(chat)));
      untrack(drawLine);
    },
    watched(now) {
      watching = now;
    },
    jumped() {
      before = undefined;
    },
    looked: (view) => untrack(() => looked(view)),
  };
}
