import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, onCleanup, Show, Suspense, type JSX } from 'solid-js';
import { useHouse } from '../reactive/house.ts';
import { goBack } from './back.ts';
import { chatBeside } from './chat-steps.ts';
import { lazyScreen } from './LazyScreen.tsx';
import { listSearch } from './message-address.ts';
import { isNarrow } from './narrow.ts';
import { questionMarkWorks } from './question-mark.ts';
import { withSearch } from './search-address.ts';
import { isMac } from './shortcut-keys.ts';
import { actionOf, actOn, onShortcut, showShortcuts, shortcutsShown, type Action } from './shortcuts.ts';

const ShortcutTable = lazyScreen(async () => (await import('./ShortcutTable.tsx')).ShortcutTable);

const FIELDS = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select';
const isTyping = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches(FIELDS));

/** Dialogs and menus stand outside of the page and have keys of their own. */
const isOfPage = (target: EventTarget | undefined): boolean =>
  target === document.body || (target instanceof Node && document.getElementById('app')?.contains(target) === true);

/** The one listener for the keys that work everywhere, and what the shell itself does with them. */
export function Shortcuts(): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const navigate = useNavigate();
  const atList = (): boolean => location.pathname === '/';
  const isSearching = (): boolean => new URLSearchParams(location.search).has('find');
  const isListInSight = (): boolean => !isSearching() && (!isNarrow() || atList());

  onShortcut('help', () => showShortcuts());
  onShortcut('close', () => {
    if (!isNarrow() || atList()) return false;
    goBack(`/${listSearch(location.search)}`, navigate);
    return true;
  });

  const step = (by: -1 | 1): void => {
    const open = /^\/chats\/([^/]+)/.exec(location.pathname)?.[1];
    const next = chatBeside(house, open, by);
    // One step back leads out of the chats, not through all that one has walked by.
    if (next !== undefined) navigate(`/chats/${next}${listSearch(location.search)}`, { replace: open !== undefined });
  };
  onShortcut('previousChat', () => step(-1));
  onShortcut('nextChat', () => step(1));

  /** What to do as soon as the list is in sight; going back takes a moment. */
  let atListNext: (() => unknown) | undefined;
  const act = (action: Action): boolean => {
    if (action !== 'search' || isListInSight()) return actOn(action);
    // The search stands over the list, which is out of sight.
    atListNext = () => actOn(action);
    if (!isSearching()) goBack(`/${listSearch(location.search)}`, navigate);
    else {
      const rest = withSearch(listSearch(location.search), undefined);
      navigate((isNarrow() ? '/' : location.pathname) + rest, { replace: !isNarrow() || atList() });
    }
    return true;
  };
  createEffect(() => {
    if (!isListInSight() || atListNext === undefined) return;
    requestAnimationFrame(atListNext);
    atListNext = undefined;
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const [target] = event.composedPath();
    if (!isOfPage(event.target ?? undefined)) return;
    const typing = isTyping(target) || !questionMarkWorks();
    const action = actionOf(event, { mac: isMac, typing });
    if (action !== undefined && act(action)) event.preventDefault();
  };
  addEventListener('keydown', onKeyDown);
  onCleanup(() => removeEventListener('keydown', onKeyDown));

  return (
    <Show when={shortcutsShown()}>
      <Suspense>
        <ShortcutTable />
      </Suspense>
    </Show>
  );
}
