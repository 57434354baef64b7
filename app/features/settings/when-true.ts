import { createEffect, createRoot } from 'solid-js';

/** Resolves when the signals say so, or after a while in any case. */
export function whenTrue(condition: () => boolean, atMostMs: number): Promise<void> {
  return new Promise((resolve) => {
    createRoot((dispose) => {
      const end = (): void => {
        clearTimeout(timer);
        dispose();
        resolve();
      };
      const timer = setTimeout(end, atMostMs);
      createEffect(() => {
        if (condition()) queueMicrotask(end);
      });
    });
  });
}
