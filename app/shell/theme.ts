/** Light or dark: as the device, or by choice on this device. */
import { createSignal } from 'solid-js';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'hausfunk.theme';
const isTheme = (value: string | null): value is Theme => value === 'light' || value === 'dark';

const stored = localStorage.getItem(KEY);
const [theme, setTheme] = createSignal<Theme>(isTheme(stored) ? stored : 'system');

export { theme };

function show(chosen: Theme): void {
  if (chosen === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
  // The bars of a phone go with it.
  for (const bar of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const { scheme } = bar.dataset;
    if (chosen === 'system') bar.media = `(prefers-color-scheme: ${scheme})`;
    else bar.media = scheme === chosen ? 'all' : 'not all';
  }
}

export function chooseTheme(chosen: Theme): void {
  if (chosen === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, chosen);
  setTheme(chosen);
  show(chosen);
}

/** Applies the stored choice; before the first paint. */
export const startTheme = (): void => show(theme());
