/** Bad weather by a seed: every line changes on its own, and now and then half of them lose the server together. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../support/random.ts';
import { CLEAR, type TcpProxy, type Weather } from '../../support/tcp-proxy.ts';

export interface Storm {
  /** Clears every line, for good. */
  end(): Promise<void>;
}

const TICK_MS = 120;
/** Of each line, at each tick. */
const RESET = 0.015;
const CHANGE = 0.08;
/** Of a partition, at each tick, and how many ticks it lasts. */
const PARTITION = 0.02;
const PARTITION_TICKS = { min: 4, max: 16 };

const drawWeather = (random: Random): Weather => {
  const draw = random.unit();
  if (draw < 0.15) return { kind: 'black-hole' };
  if (draw < 0.3) return { kind: 'refused' };
  if (draw < 0.5) return CLEAR;
  return { kind: 'open', latencyMs: random.integer(1, 60), jitterMs: random.integer(0, 80) };
};

/** Begins at once. Lines whose device is offline on purpose are left alone. */
export function beginStorm(
  lines: readonly { readonly proxy: TcpProxy; readonly isOffline: () => boolean }[],
  random: Random,
): Storm {
  let blowing = true;
  const blow = async (): Promise<void> => {
    let apart: ReadonlySet<TcpProxy> = new Set();
    let ticks = 0;
    while (blowing) {
      if (ticks > 0) ticks -= 1;
      else if (apart.size > 0) {
        for (const proxy of apart) await proxy.setWeather(CLEAR);
        apart = new Set();
      } else if (random.chance(PARTITION)) {
        ticks = random.integer(PARTITION_TICKS.min, PARTITION_TICKS.max);
        const half = random.shuffle(lines).slice(0, lines.length >> 1);
        apart = new Set(half.filter(({ isOffline }) => !isOffline()).map(({ proxy }) => proxy));
        for (const proxy of apart) await proxy.setWeather({ kind: 'black-hole' });
      }
      for (const { proxy, isOffline } of lines) {
        if (isOffline() || apart.has(proxy)) continue;
        if (random.chance(RESET)) proxy.reset();
        if (random.chance(CHANGE)) await proxy.setWeather(drawWeather(random));
      }
      await pause(TICK_MS);
    }
  };
  const blown = blow();
  return {
    async end() {
      blowing = false;
      await blown;
      for (const { proxy } of lines) await proxy.setWeather(CLEAR);
    },
  };
}
