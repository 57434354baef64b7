/** The language of the interface: the browser's, or the person's choice on this device. Texts are read inside JSX, so a change is seen at once. */
import { createSignal } from 'solid-js';
import { de, type Texts } from './de.ts';
import { en } from './en.ts';

export type Language = 'de' | 'en';

const TEXTS: Readonly<Record<Language, Texts>> = { de, en };
const KEY = 'hausfunk.language';

const isLanguage = (value: string | null | undefined): value is Language => value === 'de' || value === 'en';

function initialLanguage(): Language {
  const chosen = localStorage.getItem(KEY);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'de';
}

const [language, setLanguage] = createSignal<Language>(initialLanguage());

export { language };
export const texts = (): Texts => TEXTS[language()];

/** The browser's own variant of the language (de-AT, en-GB) where it has one, for dates and sorting. */
export const locale = (): string =>
  navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() === language()) ?? language();

export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(KEY, chosen);
  setLanguage(chosen);
}
