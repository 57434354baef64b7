/** The way back of a screen that has taken the place of another. */
import type { Navigator } from '@solidjs/router';

/** The address one step back in this tab's history, where the browser tells (Firefox before 147, Safari before 26.2 don't). */
function previousPath(): string | undefined {
  if (!('navigation' in window)) return undefined;
  const { currentEntry } = window.navigation;
  const url = currentEntry === null ? undefined : window.navigation.entries()[currentEntry.index - 1]?.url;
  return typeof url === 'string' ? new URL(url).pathname : undefined;
}

/**
 * To `href`: back in history if it is there, so that "back" of the page and of the browser are the same; else in place of this
 * screen, so that going back never leads to what one has just left.
 */
export function goBack(href: string, navigate: Navigator): void {
  const { pathname } = new URL(href, location.origin);
  if (previousPath() === pathname) history.back();
  else navigate(href, { replace: true });
}
