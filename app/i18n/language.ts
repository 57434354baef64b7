/**
 * The language of the interface: the browser's, or the person's choice on this device. Texts are read inside JSX, so a change is seen at
 * once. Only the texts of the language in use are loaded at the start; the service worker has the others, too.
 */
import { batch, createSignal } from 'solid-js';
import type { Texts } from './de.ts';
// All texts need it; from here on it is no file of its own, for which the texts would wait.
import './plural.ts';

export type Language = 'de' | 'en';

const LOAD: Readonly<Record<Language, () => Promise<Texts>>> = {
  de: async () => (await import('./de.ts')).de,
  en: async () => (await import('./en.ts')).en,
};
const KEY = 'hausfunk.language';

const isLanguage = (value: string | null | undefined): value is Language => value === 'de' || value === 'en';

function initialLanguage(): Language {
  const chosen = localStorage.getItem(KEY);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'de';
}

const first = initialLanguage();
const [language, setLanguage] = createSignal<Language>(first);
const [loaded, setLoaded] = createSignal<Texts>();
/** From the first moment, beside everything else that a start does. */
const starting = LOAD[first]().then((texts) => void setLoaded(() => texts));
// Whoever waits for it is told.
starting.catch(() => undefined);

export { language };

/** Resolves when there are texts: before that nothing can be drawn. Rejects when they can't be had. */
export const untilTexts = (): Promise<void> => starting;

export function texts(): Texts {
  const inUse = loaded();
  if (inUse === undefined) throw new Error('texts are not loaded yet: see untilTexts');
  return inUse;
}

/** The browser's own variant of the language (de-AT, en-GB) where it has one, for dates and sorting. */
export const locale = (): string =>
  navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() === language()) ?? language();

let asked = 0;

/** False when the texts can't be had now: then the language stays what it is. */
export async function chooseLanguage(chosen: Language): Promise<boolean> {
  const mine = (asked += 1);
  const texts = await LOAD[chosen]().catch(() => undefined);
  if (texts === undefined) return false;
  // Meanwhile another was chosen.
  if (mine !== asked) return true;
  localStorage.setItem(KEY, chosen);
  batch(() => {
    setLanguage(chosen);
    setLoaded(() => texts);
  });
  return true;
}

/** Fetches the texts of all languages, so that another can be chosen whatever becomes of the network. */
export async function fetchAllTexts(): Promise<void> {
  await Promise.allSettled(Object.values(LOAD).map((load) => load()));
}
