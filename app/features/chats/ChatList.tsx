import { useLocation } from '@solidjs/router';
import { createMemo, createSignal, Show, type JSX } from 'solid-js';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { createToday } from '../../reactive/today.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RowList } from '../../ui/RowList.tsx';
import { createAiming, createHeld } from '../../shell/aiming.ts';
import { createChatOrder, isStandard } from './chat-order.ts';
import { ChatMenu, type RowMenu } from './ChatMenu.tsx';
import { ChatRow } from './ChatRow.tsx';
import { longPress } from './long-press.ts';
import './chat-list.css';

const ROW_PX = 66;

/** Standard chats on top, then what is pinned, then what was last written in. */
export function ChatList(props: { readonly onDrawn: () => void }): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const todayMs = createToday();
  const aiming = createAiming();
  const chats = createHeld(createChatOrder(house), aiming.aiming);
  const standard = createMemo(() => chats().filter(isStandard).length);
  const chosen = createMemo(() => chats().find((chat) => location.pathname === `/chats/${chat}`));
  const [menu, setMenu] = createSignal<RowMenu>();

  const chatOf = (target: EventTarget | null): ChatId | undefined => {
    const place = target instanceof Element ? target.closest('[aria-posinset]') : null;
    return chats()[Number(place?.getAttribute('aria-posinset')) - 1];
  };
  const openMenu = (target: EventTarget | null, at: RowMenu['at'] | undefined): void => {
    const chat = chatOf(target);
    if (chat !== undefined && at !== undefined) setMenu({ chat, at });
  };
  const press = longPress(chatOf, (chat, x, y) => setMenu({ chat, at: { x, y } }));

  return (
    <div
      class="chat-list"
      data-few={chats().length === standard() ? '' : undefined}
      onPointerMove={(event) => {
        aiming.onPointerMove(event);
        press.onPointerMove(event);
      }}
      onPointerDown={(event) => {
        aiming.onPointerDown();
        press.onPointerDown(event);
      }}
      onPointerUp={() => press.cancel()}
      onPointerCancel={() => press.cancel()}
      onPointerLeave={() => aiming.onPointerLeave()}
      onContextMenu={(event) => {
        press.cancel();
        const row = event.target.closest('a');
        if (row === null) return;
        event.preventDefault();
        if (press.held) return;
        // From the keyboard there is no pointer to open at.
        openMenu(row, event.button === 2 ? { x: event.clientX, y: event.clientY } : row);
      }}
    >
      <RowList
        label={texts().lists.chats}
        ids={chats()}
        chosen={chosen()}
        rowHeightPx={ROW_PX}
        onDrawn={() => props.onDrawn()}
        onKeyDown={(event) => {
          if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
          event.preventDefault();
          openMenu(event.target, event.target instanceof Element ? event.target : undefined);
        }}
      >
        {(chat, place) => (
          <div class="chat-place" data-first={place.index() === standard() ? '' : undefined}>
            <ChatRow chat={chat} todayMs={todayMs()} tabindex={place.tabindex()} />
          </div>
        )}
      </RowList>
      {/* Before the company is known, nobody can tell whether there are chats. */}
      <Show when={chats().length === standard() && house.companyName() !== ''}>
        <EmptyState icon="chat" title={texts().lists.noChats} text={texts().lists.noChatsText} />
      </Show>
      <ChatMenu menu={menu()} onClose={() => setMenu(undefined)} />
    </div>
  );
}
