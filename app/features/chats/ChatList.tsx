import { useLocation } from '@solidjs/router';
import { createMemo, For, Show, type JSX } from 'solid-js';
import { parseChatId, type ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { locale, texts } from '../../i18n/language.ts';
import { useHouse, type House } from '../../reactive/house.ts';
import { chatName, initialsOf, otherPerson } from '../../shell/names.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ListRow } from '../../ui/ListRow.tsx';

/** Standard chats first, then private ones by name. */
export function ChatList(): JSX.Element {
  const house = useHouse();
  const standard = createMemo(() => house.chats().filter((chat) => parseChatId(chat)?.kind === 'internal'));
  const personal = createMemo(() => {
    const collator = new Intl.Collator(locale());
    return house
      .chats()
      .filter((chat) => otherPerson(chat, house.account) !== undefined)
      .map((chat) => ({ chat, name: chatName(house, chat) }))
      .toSorted((one, other) => collator.compare(one.name, other.name))
      .map(({ chat }) => chat);
  });
  return (
    <>
      <ul class="chat-list">
        <For each={standard()}>{(chat) => <ChatRow chat={chat} />}</For>
      </ul>
      <Show when={personal().length > 0} fallback={<NoChats />}>
        <ul class="chat-list">
          <For each={personal()}>{(chat) => <ChatRow chat={chat} />}</For>
        </ul>
      </Show>
    </>
  );
}

/** Before the company is known, nobody can tell whether there are chats. */
function NoChats(): JSX.Element {
  const house = useHouse();
  return (
    <Show when={house.companyName() !== ''}>
      <p class="frame-hint">{texts().lists.noChats}</p>
    </Show>
  );
}

function detailOf(house: House, chat: ChatId): string | undefined {
  const draft = house.draft(chat).trim();
  if (draft !== '') return texts().lists.draft(draft.slice(0, 80));
  const other = otherPerson(chat, house.account);
  if (other === undefined) return house.companyName();
  const person = house.people().get(other);
  return person?.active === false ? texts().lists.inactive : person?.city;
}

function ChatRow(props: { readonly chat: ChatId }): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const path = (): string => `/chats/${props.chat}`;
  const other = (): ReturnType<typeof otherPerson> => otherPerson(props.chat, house.account);
  const unread = (): number => house.unread().get(props.chat) ?? 0;
  return (
    <li>
      <ListRow
        href={path() + location.search}
        chosen={location.pathname === path()}
        lead={
          <Show
            when={other()}
            fallback={
              <Avatar initials="">
                <Icon name="house" />
              </Avatar>
            }
          >
            {(account) => <Avatar initials={initialsOf(house.people().get(account()))} />}
          </Show>
        }
        title={chatName(house, props.chat)}
        detail={detailOf(house, props.chat)}
        count={unread()}
        countLabel={texts().lists.unread(unread())}
      />
    </li>
  );
}
