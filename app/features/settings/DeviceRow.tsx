import { Show, type JSX } from 'solid-js';
import type { Device } from '../../../crdt/model/protocol/http.ts';
import { texts } from '../../i18n/language.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { deviceName, isPhone, seenWords } from './device-words.ts';

interface DeviceRowProps {
  readonly device: Device;
  readonly busy: boolean;
  readonly onSignOut: () => void;
  readonly onWipe: () => void;
}

export function DeviceRow(props: DeviceRowProps): JSX.Element {
  return (
    <li class="device">
      <Avatar initials="" icon={isPhone(props.device) ? 'phone' : 'device'} />
      <div class="device-words">
        <p class="device-name" dir="auto">
          {deviceName(props.device)}
        </p>
        <p class="settings-hint">{seenWords(props.device, Date.now())}</p>
      </div>
      <Show
        when={props.device.current}
        fallback={
          <Menu icon="more" label={texts().devices.actions(deviceName(props.device))}>
            <MenuItem icon="sign-out" disabled={props.busy} onSelect={() => props.onSignOut()}>
              {texts().devices.signOut}
            </MenuItem>
            <MenuItem icon="delete" danger disabled={props.busy} onSelect={() => props.onWipe()}>
              {texts().devices.wipe}
            </MenuItem>
          </Menu>
        }
      >
        <IconButton icon="sign-out" label={texts().devices.signOutHere} onClick={() => props.onSignOut()} />
      </Show>
    </li>
  );
}
