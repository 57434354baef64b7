import type { JSX } from 'solid-js';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { AppendOutcome } from '../../../crdt/replica/contract.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { showToast } from '../../ui/Toasts.tsx';

/** What one can do with the whole chat (C9). */
export function ConversationMenu(props: { readonly chat: ChatId }): JSX.Element {
  const house = useHouse();
  const pinned = (): boolean => house.pinned().has(props.chat);
  const muted = (): boolean => house.muted().has(props.chat);
  const say = async (way: Promise<AppendOutcome>, title: string, undo: () => void): Promise<void> => {
    const { kind } = await way;
    const said = texts().conversation;
    if (kind === 'waiting') showToast({ key: 'chat', title, actionLabel: said.undo, onAction: undo });
    else showToast({ key: 'chat', title: said.notKept, icon: 'failed', kind: 'warning' });
  };
  const pin = (on: boolean): void => {
    const { chat } = props;
    const said = texts().conversation;
    void say(house.setPinned(chat, on), on ? said.pinned : said.unpinned, () => void house.setPinned(chat, !on));
  };
  const mute = (on: boolean): void => {
    const { chat } = props;
    const said = texts().conversation;
    void say(house.setMuted(chat, on), on ? said.muted : said.unmuted, () => void house.setMuted(chat, !on));
  };
  return (
    <Menu label={texts().conversation.menu} icon="more">
      <MenuItem icon={pinned() ? 'unpin' : 'pin'} onSelect={() => pin(!pinned())}>
        {pinned() ? texts().conversation.unpin : texts().conversation.pin}
      </MenuItem>
      <MenuItem icon={muted() ? 'unmute' : 'mute'} onSelect={() => mute(!muted())}>
        {muted() ? texts().conversation.unmute : texts().conversation.mute}
      </MenuItem>
    </Menu>
  );
}
