/** Web Locks among the tabs of one device; without them (very old browsers) every tab counts as elected, which is only wasteful. */

/** Calls `elected` when this tab has been given the lock, which it holds until the dispose. */
export function standForElection(lock: string, elected: () => void, mode: LockMode = 'exclusive'): () => void {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) {
    elected();
    return () => undefined;
  }
  const withdrawn = new AbortController();
  let resign: () => void = () => undefined;
  const term = new Promise<void>((resolve) => (resign = resolve));
  locks
    .request(lock, { signal: withdrawn.signal, mode }, () => {
      elected();
      return term;
    })
    .catch((error: unknown) => {
      if (!withdrawn.signal.aborted) throw error;
    });
  return () => {
    withdrawn.abort();
    resign();
  };
}

/** Runs `body` alone among all tabs. */
export async function alone<T>(lock: string, body: () => Promise<T>): Promise<T> {
  const locks = navigator.locks as LockManager | undefined;
  return locks === undefined ? body() : locks.request(lock, body);
}

/** True when nobody holds the lock now. */
export async function isFree(lock: string): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return true;
  return locks.request(lock, { ifAvailable: true }, (granted) => Promise.resolve(granted !== null));
}

/** Takes the lock; resolves with its release when it is held. */
export async function whenHeld(lock: string, mode: LockMode = 'exclusive'): Promise<() => void> {
  return new Promise((resolve) => {
    const dispose = standForElection(lock, () => resolve(() => dispose()), mode);
  });
}
