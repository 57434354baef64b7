import { useLocation } from '@solidjs/router';
import { createMemo, Show, type JSX } from 'solid-js';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { listTimeText } from '../../i18n/list-time.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { ChatAvatar } from '../../shell/ChatAvatar.tsx';
import { listSearch } from '../../shell/message-address.ts';
import { chatName, firstName, otherPerson } from '../../shell/names.ts';
import { ListRow, RowSign } from '../../ui/ListRow.tsx';
import { chatPreview, type ChatPreview } from './chat-preview.ts';

interface ChatRowProps {
  readonly chat: ChatId;
  readonly todayMs: number;
  readonly tabindex: 0 | -1;
}

/** One chat: who, what was last said, when, and all that calls for somebody. */
export function ChatRow(props: ChatRowProps): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const path = (): string => `/chats/${props.chat}`;
  const chosen = (): boolean => location.pathname === path();
  const unread = createMemo(() => house.unread().get(props.chat) ?? 0);
  const latest = createMemo(() => house.summaries().get(props.chat)?.latest);
  // Looking these up costs less than remembering them would, and there are many rows.
  const muted = (): boolean => house.muted().has(props.chat);
  const pinned = (): boolean => house.pinned().has(props.chat);
  const failed = (): boolean => house.failedByChat().has(props.chat);
  const waiting = (): boolean => !failed() && (latest()?.sent === false || house.waitingByChat().has(props.chat));
  const gone = (): boolean => {
    const other = otherPerson(props.chat, house.account);
    return other !== undefined && house.people().get(other)?.active === false;
  };
  // What is being typed right now stands in the conversation already.
  const preview = createMemo(() => chatPreview(chosen() ? '' : house.draft(props.chat), latest(), house.account));
  return (
    <ListRow
      href={path() + listSearch(location.search)}
      chosen={chosen()}
      tabindex={props.tabindex}
      lead={<ChatAvatar chat={props.chat} />}
      title={chatName(house, props.chat)}
      note={gone() ? texts().lists.inactive : undefined}
      detail={<Preview chat={props.chat} preview={preview()} />}
      time={latest() === undefined ? undefined : listTimeText(latest()?.timeMs ?? 0, props.todayMs)}
      signs={
        <Show when={failed() || waiting() || muted() || pinned()}>
          <Show when={failed()}>
            <RowSign icon="failed" label={texts().lists.failed} />
          </Show>
          <Show when={waiting()}>
            <RowSign icon="waiting" label={texts().lists.waiting} />
          </Show>
          <Show when={muted()}>
            <RowSign icon="mute" label={texts().lists.muted} />
          </Show>
          <Show when={pinned()}>
            <RowSign icon="pin" label={texts().lists.pinned} />
          </Show>
        </Show>
      }
      count={unread()}
      countLabel={texts().lists.unread(unread())}
      countQuiet={muted()}
      haspopup="menu"
    />
  );
}

function Preview(props: { readonly chat: ChatId; readonly preview: ChatPreview }): JSX.Element {
  const house = useHouse();
  const lead = (): string | undefined => {
    const { preview, chat } = props;
    switch (preview.kind) {
      case 'nothing':
        return undefined;
      case 'draft':
        return texts().lists.draft;
      case 'own':
        return texts().lists.own;
      case 'other':
        return otherPerson(chat, house.account) === undefined
          ? `${firstName(house.people().get(preview.author))}:`
          : undefined;
    }
  };
  /** Nobody has written in it: a chat of the whole company says whose it is. */
  const unwritten = (): string => (otherPerson(props.chat, house.account) === undefined ? house.companyName() : '');
  return (
    <>
      <Show when={lead()}>
        {(words) => (
          <span class="chat-lead" data-kind={props.preview.kind}>
            {`${words()} `}
          </span>
        )}
      </Show>
      {/* Another message is another text, which has not moved because of a longer name before it. */}
      <Show when={props.preview} keyed>
        {(preview) => <bdi>{preview.kind === 'nothing' ? unwritten() : preview.text}</bdi>}
      </Show>
    </>
  );
}
