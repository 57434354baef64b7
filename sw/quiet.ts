/**
 * Pauses of a worker that is to be replaced. Chromium ends it in its next pause; what is asked of it in that very moment starts it
 * again, and the new version then waits for half a minute or longer. So the new one is let in when nothing has been asked for a while.
 */
const QUIET_MS = 250;
/** Who asks all the time must not keep the new version out. */
const AT_MOST_MS = 2_000;

export class Quiet {
  readonly #nowMs: () => number;
  #askedMs = -Infinity;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Something is asked of the worker. */
  asked(): void {
    this.#askedMs = this.#nowMs();
  }

  async come(): Promise<void> {
    const sinceMs = this.#nowMs();
    for (;;) {
      const nowMs = this.#nowMs();
      const leftMs = Math.min(this.#askedMs + QUIET_MS, sinceMs + AT_MOST_MS) - nowMs;
      if (leftMs <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, leftMs));
    }
  }
}
