import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** True while there is room for a list and a screen side by side; the same bound as in the style sheets. */
export function createWide(): Accessor<boolean> {
  const query = matchMedia('(width >= 900px)');
  const [wide, setWide] = createSignal(query.matches);
  const onChange = (): void => void setWide(query.matches);
  query.addEventListener('change', onChange);
  onCleanup(() => query.removeEventListener('change', onChange));
  return wide;
}
