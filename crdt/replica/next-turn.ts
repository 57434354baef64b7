/** Lets the page draw and answer before the next piece of work; quicker than a timer, which browsers hold back. */
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

/** So late at the latest, even on a page that is never idle. */
const AT_LATEST_MS = 1_000;

/** Resolves when the page has nothing better to do. Safari and Node have no such thing: there it is the next turn. */
export function whenIdle(): Promise<void> {
  if (typeof requestIdleCallback === 'undefined') return nextTurn();
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: AT_LATEST_MS }));
}
