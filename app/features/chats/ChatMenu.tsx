import type { JSX } from 'solid-js';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { AppendOutcome } from '../../../crdt/replica/contract.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { chatName } from '../../shell/names.ts';
import { MenuAt, MenuItem, type Anchor } from '../../ui/Menu.tsx';
import { showToast } from '../../ui/Toasts.tsx';

/** The menu of whichever row asked for it. */
export interface RowMenu {
  readonly chat: ChatId;
  readonly at: Anchor;
}

export function ChatMenu(props: { readonly menu: RowMenu | undefined; readonly onClose: () => void }): JSX.Element {
  const house = useHouse();
  const name = (): string => (props.menu === undefined ? '' : chatName(house, props.menu.chat));
  const is = (chats: ReadonlySet<ChatId>): boolean => props.menu !== undefined && chats.has(props.menu.chat);
  /** What is not kept is said; what is, one sees. */
  const change = async (set: (chat: ChatId) => Promise<AppendOutcome>): Promise<void> => {
    if (props.menu === undefined) return;
    const outcome = await set(props.menu.chat);
    if (outcome.kind !== 'waiting') showToast({ key: 'chat-menu', title: texts().lists.notKept, kind: 'danger' });
  };
  return (
    <MenuAt label={texts().lists.menuOf(name())} at={props.menu?.at} onClose={() => props.onClose()}>
      <MenuItem
        icon={is(house.pinned()) ? 'unpin' : 'pin'}
        onSelect={() => void change((chat) => house.setPinned(chat, !house.pinned().has(chat)))}
      >
        {is(house.pinned()) ? texts().lists.unpin : texts().lists.pin}
      </MenuItem>
      <MenuItem
        icon={is(house.muted()) ? 'unmute' : 'mute'}
        onSelect={() => void change((chat) => house.setMuted(chat, !house.muted().has(chat)))}
      >
        {is(house.muted()) ? texts().lists.unmute : texts().lists.mute}
      </MenuItem>
    </MenuAt>
  );
}
