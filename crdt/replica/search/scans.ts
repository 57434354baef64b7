/** Searches that go through an index in turns, and what changes it: never in the midst of one. */
import { nextTurn } from '../next-turn.ts';

/** Then others have their turn: a frame is twice as long. */
const TURN_MS = 8;

export class Scans {
  readonly #nowMs: () => number;
  readonly #running = new Set<Promise<unknown>>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** What the generator comes to; undefined when the signal was aborted before. */
  async run<T>(turns: Generator<void, T>, signal: AbortSignal): Promise<T | undefined> {
    const running = this.#inTurns(turns, signal);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Makes the change as soon as no search is under way. */
  async change(make: () => void): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
    make();
  }

  async #inTurns<T>(turns: Generator<void, T>, signal: AbortSignal): Promise<T | undefined> {
    let untilMs = this.#nowMs() + TURN_MS;
    for (;;) {
      const { done, value } = turns.next();
      if (done === true) return value;
      if (this.#nowMs() < untilMs) continue;
      await nextTurn();
      if (signal.aborted) return undefined;
      untilMs = this.#nowMs() + TURN_MS;
    }
  }

  /** Makes a change again and again until there is nothing left of it, or a turn is over; true when there may be more. */
  async changeInTurn(makeNext: () => boolean): Promise<boolean> {
    let isMore = true;
    await this.change(() => {
      const untilMs = this.#nowMs() + TURN_MS;
      while (isMore && this.#nowMs() < untilMs) isMore = makeNext();
    });
    return isMore;
  }
}
