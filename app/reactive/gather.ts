/** Where things change fifty times a second, eyes need not follow each: the first change is told at once, the rest a little later. */
import { createComputed, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';
import type { Watchable } from '../../crdt/replica/contract.ts';

export interface Gathering {
  /** Reads what is now, and is told of changes together with all others of this gathering. */
  watch<T>(watchable: Watchable<T>): Accessor<T>;
  /** Tells at once what has changed. */
  tell(): void;
}

/** Watchables whose changes are told together, at most once in `pauseMs`, for as long as the owner lives. */
export function createGathering(pauseMs: number): Gathering {
  const [changed, setChanged] = createSignal(undefined, { equals: false });
  const { run, end } = paused(pauseMs, () => setChanged(undefined));
  onCleanup(end);
  return {
    watch(watchable) {
      onCleanup(watchable.subscribe(run));
      return () => {
        changed();
        return watchable.get();
      };
    },
    tell: () => setChanged(undefined),
  };
}

/** Follows a signal at most once in `pauseMs`: for what is costly outside of the page. */
export function calmed<T>(source: Accessor<T>, pauseMs: number): Accessor<T> {
  const [value, setValue] = createSignal<T>(untrack(source));
  const { run, end } = paused(pauseMs, () => setValue(() => untrack(source)));
  createComputed(on(source, run, { defer: true }));
  onCleanup(end);
  return value;
}

/** Does `work` when `run` is called: at once after a pause, otherwise when the pause is over. */
function paused(pauseMs: number, work: () => void): { readonly run: () => void; readonly end: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = false;
  const run = (): void => {
    due = true;
    if (timer !== undefined) return;
    due = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (due) run();
    }, pauseMs);
    work();
  };
  return { run, end: () => clearTimeout(timer) };
}
