/**
 * The next piece of a first look, in a turn of its own, but before a frame is drawn where the browser can tell these apart: a frame of
 * what is half there costs a slow phone as much as one of the whole.
 */
export function beforeFrame(work: () => void, gone: AbortSignal): void {
  const run = (): void => {
    if (!gone.aborted) work();
  };
  // Safari and older browsers have none.
  if (typeof scheduler === 'undefined') setTimeout(run);
  else void scheduler.postTask(run, { priority: 'user-blocking' });
}
