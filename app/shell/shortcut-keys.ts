/** How keys are written: by the person's keyboard and language. */
import { texts } from '../i18n/language.ts';
import type { Combination } from './shortcuts.ts';

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

/** Each key by itself: ['Strg', 'K'], or ['⌘', 'K'] on a Mac. */
export function keyNames(combination: Combination): readonly string[] {
  const words = texts().shortcuts.keys;
  const { key } = combination;
  const named: Readonly<Record<string, string>> = { Enter: words.enter, Home: words.home, End: words.end };
  return [
    ...(combination.mod === true ? [isMac ? '⌘' : words.control] : []),
    ...(combination.alt === true ? [isMac ? '⌥' : 'Alt'] : []),
    ...(combination.shift === true ? [isMac ? '⇧' : words.shift] : []),
    named[key] ?? SIGNS[key] ?? key.toUpperCase(),
  ];
}

export const keysText = (combination: Combination): string => keyNames(combination).join(isMac ? '' : '+');
