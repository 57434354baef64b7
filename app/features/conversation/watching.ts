import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** True while somebody may be looking: the page is visible and its window in front. */
export function createWatching(): Accessor<boolean> {
  const looks = (): boolean => document.visibilityState === 'visible' && document.hasFocus();
  const [watching, setWatching] = createSignal(looks());
  const look = (): void => void setWatching(looks());
  document.addEventListener('visibilitychange', look);
  addEventListener('focus', look);
  addEventListener('blur', look);
  onCleanup(() => {
    document.removeEventListener('visibilitychange', look);
    removeEventListener('focus', look);
    removeEventListener('blur', look);
  });
  return watching;
}
