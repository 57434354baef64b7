import { useLocation, useParams } from '@solidjs/router';
import { createMemo, Match, Show, Switch, type JSX } from 'solid-js';
import { parseChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { Composer } from '../features/composer/Composer.tsx';
import { Timeline } from '../features/conversation/Timeline.tsx';
import { texts } from '../i18n/language.ts';
import { openConversation, type OpenedConversation } from '../reactive/conversation.ts';
import { isOwnChat, useHouse } from '../reactive/house.ts';
import { Avatar } from '../ui/Avatar.tsx';

import { Screen } from '../ui/Screen.tsx';
import { chatName, initialsOf, otherPerson } from './names.ts';
import { useOffline } from './offline-context.ts';

/** `/chats/<chat id>`: the conversation and its composer. */
export function ConversationScreen(): JSX.Element {
  const house = useHouse();
  const params = useParams<{ chat: string }>();
  const chat = createMemo(() => {
    const id = params.chat;
    if (parseChatId(id) === undefined) return undefined;
    const known = id as ChatId;
    return isOwnChat(known, house.account, house.company) ? known : undefined;
  });
  return (
    <Show when={chat()} keyed fallback={<p class="frame-hint">{texts().conversation.unknown}</p>}>
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
  const other = () => otherPerson(props.chat, house.account);
  const person = () => {
    const account = other();
    return account === undefined ? undefined : house.people().get(account);
  };
  const detail = (): string | undefined => {
    if (other() !== undefined) return person()?.active === false ? texts().lists.inactive : person()?.city;
    return house.companyName() === '' ? undefined : texts().conversation.internalDetail(house.companyName());
  };
  return (
    <Screen
      title={chatName(house, props.chat)}
      detail={detail()}
      notice={line()}
      back={{ href: `/${location.search}`, label: texts().conversation.back }}
      lead={
        <Show
          when={other()}
          fallback={
            <Avatar initials="" icon="house" />
          }
        >
          <Avatar initials={initialsOf(person())} />
        </Show>
      }
    >
      <Switch>
        <Match when={opened(state())}>
          {(conversation) => (
            <>
              <Timeline conversation={conversation()} />
              <Composer conversation={conversation()} />
            </>
          )}
        </Match>
        <Match when={state().kind === 'failed'}>
          <p class="frame-hint">{texts().connection.storageFailed}</p>
        </Match>
      </Switch>
    </Screen>
  );
}
