import type { Rate } from '../limits.ts';

/** Token buckets by name (an address, an account). The longest unused are forgotten first; a forgotten one is full again. */
export class TokenBuckets {
  readonly #rate: Rate;
  readonly #most: number;
  readonly #nowMs: () => number;
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(rate: Rate, most: number, nowMs: () => number) {
    this.#rate = rate;
    this.#most = most;
    this.#nowMs = nowMs;
  }

  /** Takes `cost` tokens; 0 when they were there, else the milliseconds until they will be (nothing is taken then). */
  take(name: string, cost = 1): number {
    const nowMs = this.#nowMs();
    const known = this.#buckets.get(name);
    this.#buckets.delete(name);
    const gained = known === undefined ? this.#rate.burst : ((nowMs - known.atMs) / 1_000) * this.#rate.perSecond;
    const tokens = Math.min(this.#rate.burst, (known?.tokens ?? 0) + Math.max(0, gained));
    const enough = tokens >= cost;
    this.#buckets.set(name, { tokens: enough ? tokens - cost : tokens, atMs: nowMs });
    if (this.#buckets.size > this.#most) {
      for (const oldest of this.#buckets.keys()) {
        this.#buckets.delete(oldest);
        break;
      }
    }
    return enough ? 0 : Math.ceil(((cost - tokens) / this.#rate.perSecond) * 1_000);
  }

  /** Takes tokens for what was only known behind `take`; what is not there has to be waited for the next time. */
  charge(name: string, cost: number): void {
    const known = this.#buckets.get(name);
    if (known !== undefined) known.tokens -= cost;
  }
}
