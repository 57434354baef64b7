/** The messages of a timeline that have arrived, by arrival number: what is unread is read off its end. */
import type { TimelineMessage } from './timeline.ts';

const numberOf = (message: TimelineMessage): number => message.arrival?.number ?? 0;

export class ArrivedMessages {
  #messages: TimelineMessage[] = [];

  /** Messages past an arrival number, in the order of their arrival. Costs what it answers. */
  after(number: number): readonly TimelineMessage[] {
    return this.#messages.slice(this.#firstPast(number));
  }

  /** Each pair is a message as it was and as it is now; undefined where there was or is none, or none that had arrived. */
  change(changes: Iterable<readonly [TimelineMessage | undefined, TimelineMessage | undefined]>): void {
    const gone = new Set<number>();
    const fresh: TimelineMessage[] = [];
    for (const [before, now] of changes) {
      const [was, is] = [before?.arrival?.number, now?.arrival?.number];
      if (was !== undefined && was === is && now !== undefined) this.#messages[this.#firstPast(was - 1)] = now;
      else {
        if (was !== undefined) gone.add(was);
        if (is !== undefined && now !== undefined) fresh.push(now);
      }
    }
    if (gone.size > 0) this.#messages = this.#messages.filter((message) => !gone.has(numberOf(message)));
    if (fresh.length === 0) return;
    fresh.sort((one, other) => numberOf(one) - numberOf(other));
    const [first] = fresh;
    const at = first === undefined ? 0 : this.#firstPast(numberOf(first));
    // What comes in has the highest numbers, an earlier page lower ones than all: both go in as one piece.
    const later = this.#messages[at];
    const last = fresh.at(-1);
    const apart = later === undefined || last === undefined || numberOf(later) > numberOf(last);
    if (at === this.#messages.length) for (const message of fresh) this.#messages.push(message);
    else if (apart) this.#messages = [...this.#messages.slice(0, at), ...fresh, ...this.#messages.slice(at)];
    else this.#messages = this.#messages.concat(fresh).sort((one, other) => numberOf(one) - numberOf(other));
  }

  #firstPast(number: number): number {
    let [low, high] = [0, this.#messages.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const message = this.#messages[middle];
      if (message !== undefined && numberOf(message) <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
