/** Opens the search for messages, and puts the focus into its field. */
import { useLocation, useNavigate } from '@solidjs/router';
import { createSignal } from 'solid-js';
import { placeToComeBackTo } from '../ui/focus-back.ts';
import { listSearch } from './message-address.ts';
import { isNarrow } from './narrow.ts';
import { withSearch, type AskedFor } from './search-address.ts';

export const SEARCH_FIELD = 'message-search';

/** Whoever opens it wants to type; whoever comes by its address may not. */
const [wantsFocus, setWantsFocus] = createSignal(false);
export { wantsFocus };
let cameFrom: HTMLElement | undefined;

/** The field is about to be there, for who wants to type. */
export function expectFocus(): void {
  if (!isSearchFocused()) cameFrom = placeToComeBackTo();
  setWantsFocus(true);
}

export const focusTaken = (): void => void setWantsFocus(false);

/** Where the focus was before the field had it. */
export function placeSearchCameFrom(): HTMLElement | undefined {
  return cameFrom?.isConnected === true ? cameFrom : undefined;
}

export const isSearchFocused = (): boolean => document.activeElement?.id === SEARCH_FIELD;

/** On a wide window the search stands beside the screen in view; on a narrow one in its place, and remembers it as where it came from. */
export function createSearchOpening(): (asked: AskedFor) => void {
  const location = useLocation();
  const navigate = useNavigate();
  return (asked) => {
    expectFocus();
    const search = withSearch(listSearch(location.search), asked);
    if (!isNarrow())
      navigate(location.pathname + search, { replace: new URLSearchParams(location.search).has('find') });
    else navigate(`/${search}`, location.pathname === '/' ? {} : { state: { from: location.pathname } });
  };
}
