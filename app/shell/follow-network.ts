import type { House } from '../reactive/house.ts';

/**
 * The network came back, or the page is looked at again: connect now instead of at the next attempt. The network went: say so now
 * instead of after a silence. Returns its dispose.
 */
export function followNetwork(house: House): () => void {
  const wake = (): void => {
    if (document.visibilityState === 'visible') house.wake();
  };
  const lost = (): void => house.networkLost();
  addEventListener('online', wake);
  addEventListener('offline', lost);
  addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', wake);
  return () => {
    removeEventListener('online', wake);
    removeEventListener('offline', lost);
    removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', wake);
  };
}
