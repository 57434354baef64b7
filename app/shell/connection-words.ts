/** What the one thin line says: nothing while all is well, and nothing for a gap that is over within two seconds. */
import { createEffect, createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';
import { texts } from '../i18n/language.ts';
import type { House } from '../reactive/house.ts';

const PATIENCE_MS = 2_000;

/** True once the line has been down for two seconds without a break. */
export function createOffline(house: House): Accessor<boolean> {
  const [offline, setOffline] = createSignal(false);
  // A memo, so that going back and forth between connecting and offline doesn't start the two seconds again.
  const down = createMemo(() => ['connecting', 'offline'].includes(house.connection().kind));
  createEffect(() => {
    if (!down()) {
      setOffline(false);
      return;
    }
    const timer = setTimeout(() => setOffline(true), PATIENCE_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return offline;
}

export function connectionWords(offline: boolean, waiting: number): string | undefined {
  if (!offline) return undefined;
  return waiting === 0 ? texts().connection.offline : texts().connection.offlineWaiting(waiting);
}
