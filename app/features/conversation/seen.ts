/** Which messages of others have been seen, and how far the read marker may go because of it. */
import type { TimelineMessage } from '../../../crdt/model/chat/timeline.ts';

interface SeenParts {
  /** Where the marker stands at first. */
  readonly marker: number;
  readonly isOthers: (message: TimelineMessage) => boolean;
  /** Messages in hand past a number, in the order of their arrival. */
  readonly arrivedAfter: (number: number) => readonly TimelineMessage[];
}

export interface Seen {
  /** These have been seen now. */
  add(messages: readonly TimelineMessage[]): void;
  /** Another device has read up to here. */
  raise(number: number): void;
  /** All messages of others that arrived up to here have been seen. */
  marker(): number;
  /**
   * Messages of others past the marker that have not been seen, in the order of their arrival. There may be thousands and it is asked
   * with every movement, so they are looked for again only when `of`, the messages in hand, is another array.
   */
  unseen(of: readonly TimelineMessage[]): readonly TimelineMessage[];
}

export function makeSeen({ marker: start, isOthers, arrivedAfter }: SeenParts): Seen {
  let marker = start;
  /** Arrival numbers past the marker; they go as it passes them. */
  const numbers = new Set<number>();
  let known: readonly TimelineMessage[] = [];
  let knownOf: unknown;
  const numberOf = (message: TimelineMessage): number => message.arrival?.number ?? 0;
  function advance(): void {
    for (const message of arrivedAfter(marker)) {
      const number = numberOf(message);
      if (isOthers(message) && !numbers.delete(number)) return;
      marker = number;
    }
  }
  return {
    add(messages) {
      for (const message of messages) {
        const number = numberOf(message);
        if (number <= marker || numbers.has(number) || !isOthers(message)) continue;
        numbers.add(number);
        knownOf = undefined;
      }
      advance();
    },
    raise(number) {
      if (number <= marker) return;
      marker = number;
      knownOf = undefined;
      for (const one of numbers) if (one <= marker) numbers.delete(one);
      advance();
    },
    marker: () => marker,
    unseen(of) {
      if (of !== knownOf) {
        known = arrivedAfter(marker).filter((message) => isOthers(message) && !numbers.has(numberOf(message)));
        knownOf = of;
      }
      return known;
    },
  };
}
