import type { SignedIn } from './identity.ts';

/** Cookies longer than this are none of ours and are looked up each time. */
const LONGEST_COOKIE = 2_048;

export interface SessionMemoryLimits {
  readonly sessionMemoryMs: number;
  readonly rememberedSessions: number;
}

/** Sessions that were found just now, by the Cookie header that named them: each look into the file costs two milliseconds. */
export class SessionMemory {
  readonly #limits: SessionMemoryLimits;
  readonly #nowMs: () => number;
  readonly #found = new Map<string, { readonly signedIn: SignedIn; readonly untilMs: number }>();
  #ends = 0;

  constructor(limits: SessionMemoryLimits, nowMs: () => number) {
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /** How many sessions have ended; what was looked up while another one ended must not be remembered. */
  get ends(): number {
    return this.#ends;
  }

  find(cookie: string): SignedIn | undefined {
    const known = this.#found.get(cookie);
    if (known === undefined) return undefined;
    const nowMs = this.#nowMs();
    if (nowMs < known.untilMs && nowMs < known.signedIn.expiresMs) return known.signedIn;
    this.#found.delete(cookie);
    return undefined;
  }

  /** `ends` as it was before the look-up. */
  remember(cookie: string, signedIn: SignedIn, ends: number): void {
    if (ends !== this.#ends || cookie.length > LONGEST_COOKIE) return;
    // The longest known goes first; a session that is in use comes back at its next request.
    for (const oldest of this.#found.keys()) {
      if (this.#found.size < this.#limits.rememberedSessions) break;
      this.#found.delete(oldest);
    }
    this.#found.set(cookie, { signedIn, untilMs: this.#nowMs() + this.#limits.sessionMemoryMs });
  }

  /** Call when sessions have ended, and again when the file says so, too. */
  ended(isEnded: (signedIn: SignedIn) => boolean): void {
    this.#ends += 1;
    for (const [cookie, { signedIn }] of this.#found) if (isEnded(signedIn)) this.#found.delete(cookie);
  }
}
