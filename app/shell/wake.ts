import type { House } from '../reactive/house.ts';

/** The network came back, or the page is looked at again: connect now instead of at the next attempt. Returns its dispose. */
export function wakeOnReturn(house: House): () => void {
  const wake = (): void => {
    if (document.visibilityState === 'visible') house.wake();
  };
  addEventListener('online', wake);
  addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', wake);
  return () => {
    removeEventListener('online', wake);
    removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', wake);
  };
}
