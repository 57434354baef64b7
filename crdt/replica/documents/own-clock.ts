/** The device's clock, corrected by what the server has told of its own. */
import { nextStamp, stampMs, type Stamp } from '../../model/log/stamp.ts';

/** Stamps further ahead than this are not followed: one wrong clock must not drag everybody's along. */
const FOLLOW_AHEAD_MS = 5 * 60_000;

export class OwnClock {
  readonly #nowMs: () => number;
  #offsetMs: number | undefined;

  /** `offsetMs`: what an earlier run had adopted. */
  constructor(nowMs: () => number, offsetMs: number | undefined) {
    this.#nowMs = nowMs;
    this.#offsetMs = offsetMs;
  }

  /** Unix ms, as the server would say. */
  nowMs(): number {
    return this.#nowMs() + (this.#offsetMs ?? 0);
  }

  /** Takes over the server's time; gives the offset when it has changed by more than a second, to be kept. */
  adopt(serverTimeMs: number): number | undefined {
    const offsetMs = Math.round(serverTimeMs - this.#nowMs());
    const moved = this.#offsetMs === undefined || Math.abs(offsetMs - this.#offsetMs) > 1_000;
    if (!moved) return undefined;
    this.#offsetMs = offsetMs;
    return offsetMs;
  }

  /** Another tab has adopted the server's time. */
  adoptOffset(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }

  /** True when a new entry is to come after that stamp; one far in the future is not followed. */
  follows(stamp: Stamp): boolean {
    return stampMs(stamp) <= this.nowMs() + FOLLOW_AHEAD_MS;
  }

  /**
   * The stamp of a new entry, after `last` if that is to be followed. `waiting`: one that will sort by its arrival, which is yet to
   * come; what follows it does the same, and comes after it, however wrong the clock was that stamped it.
   */
  stamp(last: Stamp | undefined, waiting?: Stamp): Stamp {
    const followed = last !== undefined && this.follows(last) ? last : undefined;
    if (waiting === undefined) return nextStamp(this.nowMs(), followed, this.#offsetMs === undefined);
    return nextStamp(this.nowMs(), followed !== undefined && followed > waiting ? followed : waiting, true);
  }
}
