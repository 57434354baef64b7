import { createSignal, onCleanup, type Accessor } from 'solid-js';
import type { Watchable } from '../../crdt/replica/contract.ts';

/** A signal that follows a watchable for as long as its owner lives. */
export function watch<T>(watchable: Watchable<T>): Accessor<T> {
  const [value, setValue] = createSignal<T>(watchable.get());
  onCleanup(watchable.subscribe(() => setValue(() => watchable.get())));
  return value;
}
