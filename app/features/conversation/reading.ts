/** What counts as read: the page is visible and the end of the conversation in view. And where the unread line stands meanwhile. */
import { createEffect, createSignal, onCleanup, untrack, type Accessor } from 'solid-js';
import type { Conversation } from '../../reactive/conversation.ts';
import type { House } from '../../reactive/house.ts';
import { firstUnreadIndex } from './timeline-rows.ts';

/** Messages that come in together move the marker once. */
const MARK_AFTER_MS = 250;

export interface Reading {
  /** Below this arrival number everything was read when the line was drawn; it does not move while one reads. */
  readonly unreadAfter: Accessor<number | undefined>;
}

function createVisible(): Accessor<boolean> {
  const [visible, setVisible] = createSignal(document.visibilityState === 'visible');
  const look = (): void => void setVisible(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', look);
  onCleanup(() => document.removeEventListener('visibilitychange', look));
  return visible;
}

const headOf = (conversation: Conversation): number =>
  conversation.messages().reduce((head, message) => Math.max(head, message.arrival?.number ?? 0), 0);

export function createReading(house: House, conversation: Conversation, atBottom: Accessor<boolean>): Reading {
  const visible = createVisible();
  const [unreadAfter, setUnreadAfter] = createSignal<number>();
  let marked = untrack(() => house.readUpTo(conversation.chat));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const mark = (): void => {
    clearTimeout(timer);
    timer = undefined;
    void conversation.markRead(marked);
  };
  createEffect(() => {
    const head = headOf(conversation);
    if (visible() && atBottom()) {
      if (head <= marked) return;
      marked = head;
      timer ??= setTimeout(mark, MARK_AFTER_MS);
    } else if (unreadAfter() === undefined && firstUnreadIndex(conversation.messages(), house.account, marked) >= 0) {
      setUnreadAfter(marked);
    }
  });
  onCleanup(() => {
    if (timer !== undefined) mark();
  });
  return { unreadAfter };
}
