import { useLocation, useParams } from '@solidjs/router';
import { createMemo, Match, Show, Switch, type JSX } from 'solid-js';
import { isChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { Composer } from '../features/composer/Composer.tsx';
import { ConversationMenu } from '../features/conversation/ConversationMenu.tsx';
import { Timeline } from '../features/conversation/Timeline.tsx';
import { texts } from '../i18n/language.ts';
import { openConversation, type OpenedConversation } from '../reactive/conversation.ts';
import { isOwnChat, useHouse } from '../reactive/house.ts';
import { IconButton } from '../ui/Button.tsx';
import { Screen } from '../ui/Screen.tsx';
import { ChatAvatar } from './ChatAvatar.tsx';
import { listSearch } from './message-address.ts';
import { createSearchOpening, isSearchFocused } from './open-search.ts';
import { NotFound } from './NotFound.tsx';
import { chatName, otherPerson } from './names.ts';
import { useOffline } from './offline-context.ts';
import { keysText } from './shortcut-keys.ts';
import { onShortcut } from './shortcuts.ts';

/** `/chats/<chat id>`: the conversation and its composer. */
export function ConversationScreen(): JSX.Element {
  const house = useHouse();
  const params = useParams<{ chat: string }>();
  const chat = createMemo(() => {
    const id = params.chat;
    return isChatId(id) && isOwnChat(id, house.account, house.company) ? id : undefined;
  });
  return (
    <Show when={chat()} keyed fallback={<NotFound what="chat" />}>
      {(own) => <OpenChat chat={own} />}
    </Show>
  );
}

const opened = (state: OpenedConversation) => state.kind === 'open' && state.conversation;

function OpenChat(props: { readonly chat: ChatId }): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const { line } = useOffline();
  // Keyed by the chat, see above.
  // eslint-disable-next-line solid/reactivity
  const state = openConversation(house, props.chat);
  const other = createMemo(() => otherPerson(props.chat, house.account));
  const about = (): string | undefined => {
    const account = other();
    if (account === undefined) {
      return house.companyName() === '' ? undefined : texts().conversation.internalDetail(house.companyName());
    }
    const person = house.people().get(account);
    return person?.active === false ? texts().lists.inactive : person?.city;
  };
  const detail = (): string | undefined => {
    const muted = house.muted().has(props.chat) ? texts().conversation.isMuted : undefined;
    const words = [about(), muted].filter((part) => part !== undefined && part !== '');
    return words.length === 0 ? undefined : words.join(' · ');
  };
  const openSearch = createSearchOpening();
  const phrase = (): string => new URLSearchParams(location.search).get('find') ?? '';
  const find = (): boolean => {
    // Who asks again wants the browser's own.
    if (isSearchFocused()) return false;
    openSearch({ find: phrase(), in: props.chat });
    return true;
  };
  // eslint-disable-next-line solid/reactivity -- called at each press
  onShortcut('find', find);
  let part: HTMLElement | undefined;
  return (
    <Screen
      title={chatName(house, props.chat)}
      detail={detail()}
      notice={line()}
      back={{ href: `/${listSearch(location.search)}`, label: texts().conversation.back }}
      lead={<ChatAvatar chat={props.chat} />}
      actions={
        <>
          <IconButton
            icon="search"
            label={texts().search.open}
            shortcut={keysText({ key: 'f', mod: true })}
            onClick={find}
          />
          <ConversationMenu chat={props.chat} />
        </>
      }
    >
      <Switch>
        <Match when={opened(state())}>
          {(conversation) => (
            <div
              class="conversation"
              ref={(element) => {
                part = element;
              }}
            >
              <Timeline
                conversation={conversation()}
                onLeave={() => part?.querySelector<HTMLElement>('textarea')?.focus()}
              />
              <Composer conversation={conversation()} />
            </div>
          )}
        </Match>
        <Match when={state().kind === 'failed'}>
          <p class="frame-hint">{texts().connection.storageFailed}</p>
        </Match>
      </Switch>
    </Screen>
  );
}
