/**
 * The connection as a pure state machine: every state answers every event, effects come out as data, time and randomness go in.
 *
 * It alone decides when to connect; Hocuspocus' HocuspocusProviderWebsocket (4.8) would retry by itself. So each attempt gets a
 * socket of its own, made with `autoConnect: false, maxAttempts: 1` and a `messageReconnectTimeout` that never comes, which is destroyed
 * when it has closed or is given up:
 *
 *   - effect `open`: a fresh socket and its `connect()`. `close`: destroy it; a dead line would never answer a closing handshake;
 *   - `opened` is its `open`, `frame` its `message`, heartbeats included; `closed` its `close` or `maxAttemptsFailed`, once; one that
 *     follows from our own `close` may be told or not, no state minds it;
 *   - `welcomed` is the `welcome` message on the inbox connection.
 *
 * Keep the new state before carrying out its effects, which may cause events at once.
 *
 * A browser does not say why an upgrade was refused. So when an attempt ends before it was welcomed, `ask-session` asks over HTTP and
 * tells `signed-out` (401), `protocol-mismatch` (409) or `session-ok`; no answer, no event.
 */
import type {
  ConnectionEffect,
  ConnectionEvent,
  ConnectionInput,
  ConnectionPicture,
  ConnectionState,
  ConnectionStep,
  ConnectionTimings,
} from './connection-state.ts';

type StateKind = ConnectionState['kind'];
type EventKind = ConnectionEvent['kind'];
type Transition = (state: ConnectionState, input: ConnectionInput) => ConnectionStep;
type Table = { readonly [K in StateKind]: { readonly [E in EventKind]: Transition } };

/** Doubling stops here; 2^10 times the first pause is beyond any longest pause. */
const MAX_DOUBLINGS = 10;

/** Pause before the next attempt: doubles with each failure up to the longest, half of it random so that clients spread out. */
export function retryDelayMs(failed: number, random: number, timings: ConnectionTimings): number {
  const whole = Math.min(timings.retryMaxMs, timings.retryMinMs * 2 ** Math.min(failed, MAX_DOUBLINGS));
  return Math.round(whole / 2 + (whole / 2) * random);
}

const stay: Transition = (state) => ({ state, effects: [] });

const OPEN: ConnectionEffect = { kind: 'open' };
const CLOSE: ConnectionEffect = { kind: 'close' };
const CANCEL_RETRY: ConnectionEffect = { kind: 'cancel-retry' };
const CANCEL_WATCH: ConnectionEffect = { kind: 'cancel-watch' };
const ASK: ConnectionEffect = { kind: 'ask-session' };
const watch = ({ timings }: ConnectionInput): ConnectionEffect => ({ kind: 'watch', delayMs: timings.silenceMs });

interface Tried {
  readonly failed: number;
  readonly offlineSinceMs: number | undefined;
}
const FRESH: Tried = { failed: 0, offlineSinceMs: undefined };

/** How long it has been going badly; a state that is not trying starts afresh. */
const triedIn = (state: ConnectionState): Tried =>
  state.kind === 'connecting' || state.kind === 'greeting' || state.kind === 'waiting'
    ? { failed: state.failed, offlineSinceMs: state.offlineSinceMs }
    : FRESH;

const connect: Transition = (state, input) => ({
  state: { kind: 'connecting', ...triedIn(state) },
  effects: [CANCEL_RETRY, OPEN, watch(input)],
});
const greet: Transition = (state, input) => ({
  state: { kind: 'greeting', ...triedIn(state) },
  effects: [watch(input)],
});
const goOnline: Transition = (_, input) => ({ state: { kind: 'online' }, effects: [watch(input)] });
const listen: Transition = (state, input) => ({ state, effects: [watch(input)] });
const ask: Transition = (state) => ({ state, effects: [ASK] });
const askAgainLater: Transition = (state, { timings }) => ({
  state,
  effects: [ASK, { kind: 'retry', delayMs: timings.retryMaxMs }],
});

/** Gives the socket up and waits for the next attempt. */
const waitAfter =
  (...before: readonly ConnectionEffect[]): Transition =>
  (state, input) => {
    const { failed, offlineSinceMs } = triedIn(state);
    return {
      state: { kind: 'waiting', failed: failed + 1, offlineSinceMs: offlineSinceMs ?? input.nowMs },
      effects: [CANCEL_WATCH, ...before, { kind: 'retry', delayMs: retryDelayMs(failed, input.random, input.timings) }],
    };
  };

const signOut: Transition = () => ({ state: { kind: 'signed-out' }, effects: [CANCEL_RETRY, CANCEL_WATCH, CLOSE] });
const outdate: Transition = (_, { timings }) => ({
  state: { kind: 'outdated' },
  effects: [CANCEL_WATCH, CLOSE, { kind: 'retry', delayMs: timings.retryMaxMs }],
});
const stop: Transition = (_, { nowMs }) => ({
  state: { kind: 'stopped', sinceMs: nowMs },
  effects: [CANCEL_RETRY, CANCEL_WATCH, CLOSE],
});

const TABLE: Table = {
  idle: {
    start: connect,
    opened: stay,
    welcomed: stay,
    frame: stay,
    silence: stay,
    closed: stay,
    'retry-due': stay,
    wake: stay,
    'network-lost': stay,
    'session-ok': stay,
    'signed-out': signOut,
    'protocol-mismatch': outdate,
    stop,
  },
  connecting: {
    start: stay,
    opened: greet,
    welcomed: stay,
    frame: stay,
    silence: waitAfter(CLOSE, ASK),
    closed: waitAfter(ASK),
    'retry-due': stay,
    wake: stay,
    // The attempt would hang on the way that is gone; a new one finds another.
    'network-lost': waitAfter(CLOSE),
    'session-ok': stay,
    'signed-out': signOut,
    'protocol-mismatch': outdate,
    stop,
  },
  greeting: {
    start: stay,
    opened: stay,
    welcomed: goOnline,
    frame: listen,
    silence: waitAfter(CLOSE),
    closed: waitAfter(ASK),
    'retry-due': stay,
    wake: stay,
    'network-lost': waitAfter(CLOSE),
    'session-ok': stay,
    'signed-out': signOut,
    'protocol-mismatch': outdate,
    stop,
  },
  online: {
    start: stay,
    opened: stay,
    welcomed: stay,
    frame: listen,
    silence: waitAfter(CLOSE),
    closed: waitAfter(),
    'retry-due': stay,
    wake: stay,
    'network-lost': waitAfter(CLOSE),
    'session-ok': stay,
    'signed-out': signOut,
    'protocol-mismatch': outdate,
    stop,
  },
  waiting: {
    start: connect,
    opened: stay,
    welcomed: stay,
    frame: stay,
    silence: stay,
    closed: stay,
    'retry-due': connect,
    // Tries at once, but a failure counts on: waking every second must not become connecting every second.
    wake: connect,
    'network-lost': stay,
    'session-ok': stay,
    'signed-out': signOut,
    'protocol-mismatch': outdate,
    stop,
  },
  'signed-out': {
    start: connect,
    opened: stay,
    welcomed: stay,
    frame: stay,
    silence: stay,
    closed: stay,
    'retry-due': stay,
    // Another tab may have signed in.
    wake: ask,
    'network-lost': stay,
    'session-ok': connect,
    'signed-out': stay,
    'protocol-mismatch': outdate,
    stop,
  },
  outdated: {
    start: ask,
    opened: stay,
    welcomed: stay,
    frame: stay,
    silence: stay,
    closed: stay,
    'retry-due': askAgainLater,
    wake: ask,
    'network-lost': stay,
    'session-ok': connect,
    'signed-out': signOut,
    'protocol-mismatch': stay,
    stop,
  },
  stopped: {
    start: stay,
    opened: stay,
    welcomed: stay,
    frame: stay,
    silence: stay,
    closed: stay,
    'retry-due': stay,
    wake: stay,
    'network-lost': stay,
    'session-ok': stay,
    'signed-out': stay,
    'protocol-mismatch': stay,
    stop: stay,
  },
};

export const INITIAL: ConnectionState = { kind: 'idle' };

/** The state after an event, and what is to be done. */
export const step = (state: ConnectionState, event: ConnectionEvent, input: ConnectionInput): ConnectionStep =>
  TABLE[state.kind][event.kind](state, input);

/** What the app shows: calm, so further attempts stay "offline" until one has succeeded. */
export function pictureOf(state: ConnectionState): ConnectionPicture {
  switch (state.kind) {
    case 'idle':
      return { kind: 'connecting' };
    case 'connecting':
    case 'greeting':
    case 'waiting':
      return state.offlineSinceMs === undefined
        ? { kind: 'connecting' }
        : { kind: 'offline', sinceMs: state.offlineSinceMs };
    case 'online':
    case 'signed-out':
    case 'outdated':
      return { kind: state.kind };
    case 'stopped':
      return { kind: 'offline', sinceMs: state.sinceMs };
  }
}
