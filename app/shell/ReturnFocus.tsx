import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, on, onCleanup, type JSX } from 'solid-js';
import { goBack } from './back.ts';

/** The row, tab or button in the list that leads to an address: the address itself, else the one above it. */
function linkTo(pathname: string): HTMLElement | undefined {
  for (let path = pathname; path.length > 1; path = path.slice(0, path.lastIndexOf('/'))) {
    const address = CSS.escape(path);
    const link = document.querySelector<HTMLElement>(`.frame-list a:is([href="${address}"], [href^="${address}?"])`);
    if (link !== null) return link;
  }
  return undefined;
}

/**
 * Between list and screen: "back" on a narrow screen goes back in history, and whoever comes back to the list stands on the row that
 * they left by.
 */
export function ReturnFocus(): JSX.Element {
  const location = useLocation();
  const navigate = useNavigate();
  const onClick = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a.screen-back') : null;
    const href = link?.getAttribute('href') ?? null;
    if (href === null || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goBack(href, navigate);
  };
  // Before the router, which leaves alone what is prevented.
  document.addEventListener('click', onClick, { capture: true });
  onCleanup(() => document.removeEventListener('click', onClick, { capture: true }));

  createEffect(
    on(
      () => location.pathname,
      (pathname, before) => {
        if (pathname !== '/' || before === undefined || before === '/') return;
        // After the list is in sight again; where the focus already is somewhere, it stays.
        requestAnimationFrame(() => {
          if (document.activeElement === null || document.activeElement === document.body) linkTo(before)?.focus();
        });
      },
    ),
  );
  return undefined;
}
