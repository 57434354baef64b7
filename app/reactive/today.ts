import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** A moment of the present day, which changes when the day does: at midnight, and when a page that slept comes back. */
export function createToday(nowMs: () => number = Date.now): Accessor<number> {
  const [today, setToday] = createSignal(nowMs());
  let timer: ReturnType<typeof setTimeout>;
  function look(): void {
    clearTimeout(timer);
    const now = new Date(nowMs());
    setToday((shown) => (new Date(shown).toDateString() === now.toDateString() ? shown : now.getTime()));
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
    timer = setTimeout(look, midnight - now.getTime());
  }
  look();
  document.addEventListener('visibilitychange', look);
  onCleanup(() => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  });
  return today;
}
