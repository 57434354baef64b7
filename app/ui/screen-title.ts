/** What the screen in view is called; the shell makes the page's title of it. */
import { createSignal, onCleanup, type Accessor } from 'solid-js';

const [titles, setTitles] = createSignal<readonly Accessor<string>[]>([]);

/** Of the screen that came last. */
export const screenTitle = (): string | undefined => titles().at(-1)?.();

/** For as long as the component lives. */
export function useScreenTitle(title: Accessor<string>): void {
  setTitles((before) => [...before, title]);
  onCleanup(() => setTitles((before) => before.filter((one) => one !== title)));
}
