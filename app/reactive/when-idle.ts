/** A page that has just begun is idle between two answers of its database; what can wait, waits for longer. */
const NOT_BEFORE_MS = 1_500;
/** So late at the latest, even on a page that is never idle. */
const AT_LATEST_MS = 4_000;

/** Calls `work` when the page has had its start and has nothing better to do. The dispose takes it back. */
export function whenIdle(work: () => void): () => void {
  let handle: number | undefined;
  const timer = setTimeout(() => {
    // Safari has none.
    if (typeof requestIdleCallback === 'undefined') work();
    else handle = requestIdleCallback(work, { timeout: AT_LATEST_MS });
  }, NOT_BEFORE_MS);
  return () => {
    clearTimeout(timer);
    if (handle !== undefined) cancelIdleCallback(handle);
  };
}
