import { useLocation, useNavigate } from '@solidjs/router';
import { createMemo, Show, type JSX } from 'solid-js';
import { texts } from '../i18n/language.ts';
import { useHouse } from '../reactive/house.ts';
import { Badge } from '../ui/Badge.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { listSearch } from './message-address.ts';
import { mayHaveKeys } from './pointer.ts';
import { showShortcuts } from './shortcuts.ts';

/** The button in the corner of the list, with the total of what is unread, and where one gets from there. */
export function MainMenu(): JSX.Element {
  const house = useHouse();
  const navigate = useNavigate();
  const location = useLocation();
  const admin = createMemo(() => house.people().get(house.account)?.admin === true);
  const unread = (): number => house.totalUnread();
  return (
    <span class="main-menu">
      <Menu icon="menu" label={unread() > 0 ? texts().lists.menuUnread(unread()) : texts().lists.menu}>
        <MenuItem icon="gear" onSelect={() => navigate(`/settings${listSearch(location.search)}`)}>
          {texts().lists.settings}
        </MenuItem>
        <Show when={admin()}>
          <MenuItem icon="people" onSelect={() => navigate(`/settings/people${listSearch(location.search)}`)}>
            {texts().lists.administration}
          </MenuItem>
        </Show>
        <Show when={mayHaveKeys()}>
          <MenuSeparator />
          <MenuItem icon="keyboard" onSelect={() => showShortcuts()}>
            {texts().lists.shortcuts}
          </MenuItem>
        </Show>
      </Menu>
      <Show when={unread() > 0}>
        {/* Its number stands in the button's name. */}
        <span class="main-menu-count" aria-hidden="true">
          <Badge count={unread()} label={undefined} look="alert" onSign />
        </span>
      </Show>
    </span>
  );
}
