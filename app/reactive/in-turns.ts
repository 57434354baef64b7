/** A turn's work; four times as long on a slow phone is still no pause that anybody feels. */
const TURN_MS = 6;

/** Lets the page draw and answer; quicker than a timer, which browsers hold back. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(0);
  });
}

/** Does `work` with each item, a few milliseconds in one turn; false when `isWanted` has become false in between. */
export async function inTurns<T>(
  items: Iterable<T>,
  work: (item: T) => void,
  isWanted: () => boolean,
): Promise<boolean> {
  let startedMs = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - startedMs < TURN_MS) continue;
    await nextTurn();
    if (!isWanted()) return false;
    startedMs = performance.now();
  }
  return true;
}
