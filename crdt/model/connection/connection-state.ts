/** The states of the connection, what can happen to it, and what it wants done. See machine.ts. */

export type ConnectionState =
  /** Not begun. */
  | { readonly kind: 'idle' }
  /** A socket is being opened. */
  | ({ readonly kind: 'connecting' } & Trying)
  /** The socket is open; the server has not welcomed us yet. */
  | ({ readonly kind: 'greeting' } & Trying)
  | { readonly kind: 'online' }
  /** Between two attempts. */
  | ({ readonly kind: 'waiting' } & Trying)
  /** The session has ended; somebody must sign in. */
  | { readonly kind: 'signed-out' }
  /** Client and server speak different protocol versions. Asks again now and then: it may be the server that is behind. */
  | { readonly kind: 'outdated' }
  /** For good. */
  | { readonly kind: 'stopped'; readonly sinceMs: number };

interface Trying {
  /** Attempts that have failed since we were last online. */
  readonly failed: number;
  /** Since when there is no connection, unix ms; undefined during the first attempt. */
  readonly offlineSinceMs: number | undefined;
}

export type ConnectionEvent =
  /** Begin, or go on after signing in. */
  | { readonly kind: 'start' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'welcomed' }
  /** Any sign of life from the server. */
  | { readonly kind: 'frame' }
  /** The watch has run out: nothing was heard. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'retry-due' }
  /** The network is back, the page became visible, a push came: worth trying at once. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'network-lost' }
  | { readonly kind: 'session-ok' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'protocol-mismatch' }
  | { readonly kind: 'stop' };

export type ConnectionEffect =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  /** Tell `retry-due` after so long; replaces an earlier one. */
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'cancel-retry' }
  /** Tell `silence` after so long; replaces an earlier one. */
  | { readonly kind: 'watch'; readonly delayMs: number }
  | { readonly kind: 'cancel-watch' }
  /** GET /api/session; tell `session-ok`, `signed-out` or `protocol-mismatch`. */
  | { readonly kind: 'ask-session' };

export interface ConnectionTimings {
  /** No frame for so long: the line counts as dead. The server sends one every 10 s. */
  readonly silenceMs: number;
  /** First and longest pause between attempts. */
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
}

export interface ConnectionInput {
  readonly nowMs: number;
  /** 0 (inclusive) to 1 (exclusive). */
  readonly random: number;
  readonly timings: ConnectionTimings;
}

export interface ConnectionStep {
  readonly state: ConnectionState;
  /** To be carried out in order. */
  readonly effects: readonly ConnectionEffect[];
}

/** What the app shows. */
export type ConnectionPicture =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline'; readonly sinceMs: number }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'outdated' };
