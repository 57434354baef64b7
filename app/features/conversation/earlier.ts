/** Fetches the pages before those in hand. */
import { createSignal, untrack, type Accessor } from 'solid-js';
import { stampMs, type Stamp } from '../../../crdt/model/log/stamp.ts';
import type { Conversation } from '../../reactive/conversation.ts';

export interface Earlier {
  readonly loading: Accessor<boolean>;
  /** Fetches until the first message in hand is so much earlier, or there is nothing earlier; once at a time. */
  fetch(byMs: number): Promise<void>;
}

export function createEarlier(conversation: Conversation): Earlier {
  const [loading, setLoading] = createSignal(false);
  const first = (): Stamp | undefined => untrack(conversation.messages)[0]?.stamp;
  const isEarlierBy = (byMs: number, before: Stamp | undefined): boolean => {
    const now = first();
    return now !== undefined && (before === undefined || stampMs(now) <= stampMs(before) - byMs);
  };
  return {
    loading,
    async fetch(byMs) {
      if (untrack(loading) || !untrack(conversation.hasEarlier)) return;
      setLoading(true);
      const before = first();
      try {
        do await conversation.loadEarlier();
        // Before a page that is not here, earlier ones would stand with a hole.
        while (untrack(conversation.complete) && untrack(conversation.hasEarlier) && !isEarlierBy(byMs, before));
      } finally {
        setLoading(false);
      }
    },
  };
}
