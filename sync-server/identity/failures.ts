import type { ServerLimits } from '../limits.ts';

type FailureLimits = Pick<
  ServerLimits,
  'freeFailures' | 'freeFailuresPerAddress' | 'longestWaitMs' | 'failureMemoryMs' | 'rememberedCallers'
>;

/**
 * Slows guessing down: after some wrong passwords for an e-mail address (existing or not) or from a network address, each further one
 * doubles the wait, up to a bound, so that nobody can lock somebody else out for long.
 */
export class SignInFailures {
  readonly #limits: FailureLimits;
  readonly #nowMs: () => number;
  readonly #failures = new Map<string, { count: number; lastMs: number }>();

  constructor(limits: FailureLimits, nowMs: () => number) {
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /** Milliseconds to wait before the next attempt; 0 when it may be made. */
  waitMs(email: string, address: string): number {
    return Math.max(
      this.#waitMs(`email ${email.toLowerCase()}`, this.#limits.freeFailures),
      this.#waitMs(`address ${address}`, this.#limits.freeFailuresPerAddress),
    );
  }

  failed(email: string, address: string): void {
    this.#count(`email ${email.toLowerCase()}`);
    this.#count(`address ${address}`);
  }

  /** A right password forgives the person's failures, but only this one of the network address. */
  succeeded(email: string, address: string): void {
    this.#failures.delete(`email ${email.toLowerCase()}`);
    const known = this.#failures.get(`address ${address}`);
    if (known !== undefined) known.count -= 1;
  }

  #waitMs(name: string, free: number): number {
    const known = this.#failures.get(name);
    if (known === undefined || known.count < free) return 0;
    const waitMs = Math.min(this.#limits.longestWaitMs, 1_000 * 2 ** Math.min(20, known.count - free));
    return Math.max(0, known.lastMs + waitMs - this.#nowMs());
  }

  #count(name: string): void {
    const nowMs = this.#nowMs();
    const known = this.#failures.get(name);
    const count = known !== undefined && nowMs - known.lastMs < this.#limits.failureMemoryMs ? known.count + 1 : 1;
    this.#failures.delete(name);
    this.#failures.set(name, { count, lastMs: nowMs });
    if (this.#failures.size > this.#limits.rememberedCallers) {
      for (const oldest of this.#failures.keys()) {
        this.#failures.delete(oldest);
        break;
      }
    }
  }
}
