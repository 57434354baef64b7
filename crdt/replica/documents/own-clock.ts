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

  /** The stamp of a new entry, after `seen` unless that lies far in the future. */
  stamp(seen: Stamp | undefined): Stamp {
    const nowMs = this.nowMs();
    const after = seen !== undefined && stampMs(seen) <= nowMs + FOLLOW_AHEAD_MS ? seen : undefined;
    return nextStamp(nowMs, after, this.#offsetMs === undefined);
  }
}
