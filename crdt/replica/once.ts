export interface Once<T> {
  (): Promise<T>;
  /** Resolves when nothing of it is under way. */
  settled(): Promise<void>;
}

/** `work`, done with the first call and answered from it; one that has failed is tried again with the next call. */
export function once<T>(work: () => Promise<T>): Once<T> {
  let done: Promise<T> | undefined;
  const settled = async (): Promise<void> => void (await done?.catch(() => undefined));
  return Object.assign(
    () => {
      const running = (done ??= work());
      running.catch(() => {
        if (done === running) done = undefined;
      });
      return running;
    },
    { settled },
  );
}
