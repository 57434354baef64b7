/** How keys are written: by the person's keyboard and language. */
import { texts } from '../i18n/language.ts';
import type { Combination } from './shortcuts.ts';

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Enter: '↵', Escape: 'Esc' };

/** Each key by itself: ['Strg', 'K'], or ['⌘', 'K'] on a Mac. */
export function keyNames(combination: Combination): readonly string[] {
  const words = texts().shortcuts.keys;
  const { key } = combination;
  return [
    ...(combination.mod === true ? [isMac ? '⌘' : words.control] : []),
    ...(combination.alt === true ? [isMac ? '⌥' : 'Alt'] : []),
    ...(combination.shift === true ? [isMac ? '⇧' : words.shift] : []),
    key === 'Enter' ? words.enter : (SIGNS[key] ?? key.toUpperCase()),
  ];
}

export const keysText = (combination: Combination): string => keyNames(combination).join(isMac ? '' : '+');
