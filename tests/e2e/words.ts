/** The words that the person at a desk reads. Who looks for English on a German screen finds nothing. */
import type { BrowserContext, Page } from 'playwright';
import { de, type Texts } from '../../app/i18n/de.ts';
import { en } from '../../app/i18n/en.ts';

export interface Language {
  readonly locale: string;
  readonly t: Texts;
}

export const GERMAN: Language = { locale: 'de-DE', t: de };
export const ENGLISH: Language = { locale: 'en-GB', t: en };

/** For what is to hold in both: how it is called, the language, and what it says of a message that has been sent, or waits. */
export const BOTH_LANGUAGES = [
  ['German', GERMAN, 'gesendet', 'wartet auf Netz'],
  ['English', ENGLISH, 'sent', 'waiting for network'],
] as const;

const languages = new WeakMap<BrowserContext, Language>();

/** Told by whoever opens a browser with that locale. */
export function speaks(context: BrowserContext, locale: string): void {
  languages.set(context, locale.startsWith('en') ? ENGLISH : GERMAN);
}

export const wordsOf = (page: Page): Texts => (languages.get(page.context()) ?? GERMAN).t;
