/**
 * How much room the browser leaves this page, watched so that a person hears of a disk that fills up while everything still fits.
 * Chromium no longer says (it answers "10 GiB more" to everybody); there the first write that doesn't fit tells, and loses nothing.
 */
import { createSignal, onCleanup, type Accessor } from 'solid-js';
import { whenIdle } from '../reactive/when-idle.ts';

/** Some ten thousand messages: time to make room before the first can't be kept. */
const SHORT_BYTES = 25_000_000;
const LOOK_EVERY_MS = 5 * 60_000;

/** The megabytes that are left once they are few; undefined while there is room, or where the browser doesn't say. */
export function createShortage(): Accessor<number | undefined> {
  const [short, setShort] = createSignal<number>();
  const look = async (): Promise<void> => {
    if (document.visibilityState !== 'visible' || typeof navigator.storage?.estimate !== 'function') return;
    try {
      const { quota, usage } = await navigator.storage.estimate();
      if (quota === undefined || usage === undefined) return;
      const leftBytes = Math.max(0, quota - usage);
      setShort(leftBytes < SHORT_BYTES ? Math.floor(leftBytes / 1_000_000) : undefined);
    } catch {
      // A browser that doesn't say: then the first failed write must do.
    }
  };
  // Asking takes the browser a moment, which the first look at the lists can do without.
  const cancel = whenIdle(() => void look());
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  const onVisible = (): void => void look();
  document.addEventListener('visibilitychange', onVisible);
  onCleanup(() => {
    cancel();
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
  });
  return short;
}
