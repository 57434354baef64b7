/** So late at the latest, even on a page that is never idle. */
const AT_LATEST_MS = 2_000;

/** Calls `work` when the page has nothing better to do. The dispose takes it back. */
export function whenIdle(work: () => void): () => void {
  // Safari has none.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, AT_LATEST_MS);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: AT_LATEST_MS });
  return () => cancelIdleCallback(handle);
}
