import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConnectionEffect, ConnectionEvent, ConnectionInput, ConnectionState } from './connection-state.ts';
import { INITIAL, pictureOf, retryDelayMs, step } from './machine.ts';

const timings = { silenceMs: 25_000, retryMinMs: 1_000, retryMaxMs: 30_000 };
const input = (nowMs = 1_000, random = 0): ConnectionInput => ({ nowMs, random, timings });

/** Plays events one second apart; tells the state, what the app shows, and the effects of the last event. */
function play(...events: ConnectionEvent['kind'][]) {
  let state: ConnectionState = INITIAL;
  let effects: readonly ConnectionEffect[] = [];
  let nowMs = 0;
  for (const kind of events) {
    nowMs += 1_000;
    ({ state, effects } = step(state, { kind }, input(nowMs)));
  }
  return { state, picture: pictureOf(state), effects, does: effects.map((effect) => effect.kind) };
}

test('[CN1] it opens, is welcomed, is online, and watches the line from the first moment', () => {
  expect(play('start')).toMatchObject({ picture: { kind: 'connecting' }, does: ['cancel-retry', 'open', 'watch'] });
  expect(play('start', 'opened').state.kind).toBe('greeting');
  expect(play('start', 'opened').picture).toEqual({ kind: 'connecting' });
  expect(play('start', 'opened', 'welcomed').picture).toEqual({ kind: 'online' });
  expect(play('start', 'opened', 'welcomed', 'frame').effects).toEqual([{ kind: 'watch', delayMs: 25_000 }]);
});

test('[CN2] a closed connection is retried after a pause; offline is said with its beginning, and stays until online', () => {
  const lost = ['start', 'opened', 'welcomed', 'closed'] as const;
  expect(play(...lost).effects).toEqual([{ kind: 'cancel-watch' }, { kind: 'retry', delayMs: 500 }]);
  expect(play(...lost).picture).toEqual({ kind: 'offline', sinceMs: 4_000 });
  expect(play(...lost, 'retry-due')).toMatchObject({
    state: { kind: 'connecting' },
    picture: { kind: 'offline', sinceMs: 4_000 },
    does: ['cancel-retry', 'open', 'watch'],
  });
  expect(play(...lost, 'retry-due', 'closed').picture).toEqual({ kind: 'offline', sinceMs: 4_000 });
  expect(play(...lost, 'retry-due', 'opened', 'welcomed').picture).toEqual({ kind: 'online' });
});

test('[CN3] pauses double up to the longest, at least half of each fixed', () => {
  const delays = Array.from({ length: 8 }, (_, failed) => retryDelayMs(failed, 0.999999, timings));
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(retryDelayMs(4, 0, timings)).toBe(8_000);
  expect(retryDelayMs(100_000, 0.5, timings)).toBe(22_500);
});

test('[CN3] failures count until the server has welcomed us, so a server that only opens is not hurried', () => {
  const twice = play('start', 'closed', 'retry-due', 'opened', 'closed');
  expect(twice.state).toMatchObject({ kind: 'waiting', failed: 2 });
  expect(twice.effects.at(-1)).toEqual({ kind: 'retry', delayMs: 1_000 });
  expect(play('start', 'closed', 'retry-due', 'opened', 'welcomed', 'closed').state).toMatchObject({ failed: 1 });
});

test('[CN4] a silent line is given up in every phase', () => {
  expect(play('start', 'silence')).toMatchObject({
    state: { kind: 'waiting' },
    does: ['cancel-watch', 'close', 'ask-session', 'retry'],
  });
  expect(play('start', 'opened', 'silence')).toMatchObject({
    state: { kind: 'waiting' },
    does: ['cancel-watch', 'close', 'retry'],
  });
  expect(play('start', 'opened', 'welcomed', 'silence')).toMatchObject({ does: ['cancel-watch', 'close', 'retry'] });
  expect(play('start', 'opened', 'welcomed', 'silence', 'closed').state.kind).toBe('waiting');
});

test('[CN5] waking tries at once, but only where one waits', () => {
  expect(play('start', 'closed', 'wake')).toMatchObject({
    state: { kind: 'connecting', failed: 1 },
    does: ['cancel-retry', 'open', 'watch'],
  });
  expect(play('start', 'opened', 'welcomed', 'wake').effects).toEqual([]);
  expect(play('start', 'wake').effects).toEqual([]);
});

test('[CN6] without network the socket is given up at once', () => {
  expect(play('start', 'opened', 'welcomed', 'network-lost')).toMatchObject({
    picture: { kind: 'offline', sinceMs: 4_000 },
    does: ['cancel-watch', 'close', 'retry'],
  });
});

test('[CN7] an attempt that the server refused asks for the session, since a browser does not tell why', () => {
  expect(play('start', 'closed').does).toEqual(['cancel-watch', 'ask-session', 'retry']);
  expect(play('start', 'closed', 'signed-out')).toMatchObject({
    picture: { kind: 'signed-out' },
    does: ['cancel-retry', 'cancel-watch', 'close'],
  });
  expect(play('start', 'closed', 'protocol-mismatch').picture).toEqual({ kind: 'outdated' });
  expect(play('start', 'closed', 'session-ok').state.kind).toBe('waiting');
});

test('[CN8] signed out, nothing is tried until somebody signs in, here or in another tab', () => {
  const out = ['start', 'opened', 'welcomed', 'signed-out'] as const;
  expect(play(...out, 'closed', 'retry-due').effects).toEqual([]);
  expect(play(...out, 'start').state).toEqual({ kind: 'connecting', failed: 0, offlineSinceMs: undefined });
  expect(play(...out, 'wake').does).toEqual(['ask-session']);
  expect(play(...out, 'wake', 'session-ok').state.kind).toBe('connecting');
});

test('[CN9] outdated, it asks now and then whether the server has followed', () => {
  const outdated = ['start', 'protocol-mismatch'] as const;
  expect(play(...outdated).effects.at(-1)).toEqual({ kind: 'retry', delayMs: 30_000 });
  expect(play(...outdated, 'retry-due').does).toEqual(['ask-session', 'retry']);
  expect(play(...outdated, 'retry-due', 'protocol-mismatch').picture).toEqual({ kind: 'outdated' });
  expect(play(...outdated, 'retry-due', 'session-ok')).toMatchObject({ state: { kind: 'connecting' } });
});

const EVENTS: readonly ConnectionEvent['kind'][] = [
  'start',
  'opened',
  'welcomed',
  'frame',
  'silence',
  'closed',
  'retry-due',
  'wake',
  'network-lost',
  'session-ok',
  'signed-out',
  'protocol-mismatch',
  'stop',
];

test('[CN10] stopped is for good', () => {
  expect(play('start', 'opened', 'stop').does).toEqual(['cancel-retry', 'cancel-watch', 'close']);
  for (const kind of EVENTS)
    expect(play('start', 'stop', kind)).toMatchObject({ state: { kind: 'stopped' }, effects: [] });
});

/** A world that carries out effects: one socket, two timers. */
function live(events: readonly ConnectionEvent['kind'][]) {
  let state: ConnectionState = INITIAL;
  const world = { socket: false, retry: false, watch: false };
  for (const kind of events) {
    if (kind === 'retry-due' && !world.retry) continue;
    if (kind === 'silence' && !world.watch) continue;
    if (['opened', 'welcomed', 'frame', 'closed'].includes(kind) && !world.socket) continue;
    if (kind === 'retry-due') world.retry = false;
    if (kind === 'silence') world.watch = false;
    if (kind === 'closed') world.socket = false;
    const next = step(state, { kind }, input());
    state = next.state;
    for (const effect of next.effects) {
      if (effect.kind === 'open') expect(world.socket).toBe(false);
      if (effect.kind === 'open') world.socket = true;
      if (effect.kind === 'close') world.socket = false;
      if (effect.kind === 'retry') world.retry = true;
      if (effect.kind === 'cancel-retry') world.retry = false;
      if (effect.kind === 'watch') world.watch = true;
      if (effect.kind === 'cancel-watch') world.watch = false;
    }
  }
  return { state, world };
}

test('[CN11] whatever happens, there is at most one socket, it is always watched, and without one there is always a next attempt', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 }), (events) => {
      const { state, world } = live(events);
      const sockets: readonly ConnectionState['kind'][] = ['connecting', 'greeting', 'online'];
      expect(world.socket).toBe(sockets.includes(state.kind));
      expect(world.watch).toBe(world.socket);
      expect(world.retry).toBe(state.kind === 'waiting' || state.kind === 'outdated');
    }),
    { numRuns: 2_000 },
  );
});
