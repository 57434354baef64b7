/** How much of a long chat is drawn: some dozens of messages, growing upwards on demand, so that opening costs the same at any length. */
import { createEffect, createMemo, createSignal, type Accessor } from 'solid-js';
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import type { Conversation } from '../../reactive/conversation.ts';

/** Three screens of a phone, two of a monitor: what a slow phone draws without a pause. */
const STEP = 40;
/** Drawn at most while one reads at the end and new messages come in. */
const MOST = 4 * STEP;

export interface TimelineWindow {
  /** Index of the first message that is drawn. */
  readonly from: Accessor<number>;
  readonly hasEarlier: Accessor<boolean>;
  /** Draws a step more, from the device's next page when this one is exhausted. */
  earlier(): Promise<void>;
  /** Draws at least from this index on. */
  include(index: number): void;
}

export function createWindow(conversation: Conversation, atBottom: Accessor<boolean>): TimelineWindow {
  // The window hangs on a message, not on an index: messages may come in above it. 'start' draws all that is loaded.
  const [top, setTop] = createSignal<EntryId | 'start' | undefined>(undefined);
  const last = (): number => Math.max(0, conversation.messages().length - STEP);
  const from = createMemo<number>((before) => {
    const id = top();
    if (id === undefined) return last();
    if (id === 'start') return 0;
    const index = conversation.messages().findIndex((message) => message.id === id);
    // The message was retracted: stay about where one was.
    return index === -1 ? Math.min(before, last()) : index;
  }, 0);
  const drawFrom = (index: number): void =>
    void setTop(index <= 0 ? 'start' : (conversation.messages()[index]?.id ?? 'start'));
  createEffect(() => {
    if (atBottom() && conversation.messages().length - from() > MOST) drawFrom(last());
    else if (top() === undefined && conversation.messages().length > 0) drawFrom(from());
  });
  return {
    from,
    hasEarlier: () => from() > 0 || conversation.hasEarlier(),
    async earlier() {
      if (from() === 0) {
        setTop(conversation.messages()[0]?.id);
        await conversation.loadEarlier();
      }
      drawFrom(from() - STEP);
    },
    include(index) {
      if (index < from()) drawFrom(index);
    },
  };
}
