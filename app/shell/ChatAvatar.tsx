import { createMemo, Show, type JSX } from 'solid-js';
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';
import { useHouse } from '../reactive/house.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { otherPerson } from './names.ts';
import { PersonAvatar } from './PersonAvatar.tsx';

/** The other person of a private chat; the sign of the house for a chat that everybody has. */
export function ChatAvatar(props: { readonly chat: ChatId }): JSX.Element {
  const house = useHouse();
  const other = createMemo(() => otherPerson(props.chat, house.account));
  return (
    <Show when={other()} fallback={<Avatar initials="" icon="house" />}>
      {(account) => <PersonAvatar account={account()} />}
    </Show>
  );
}
