import { useLocation } from '@solidjs/router';
import { createEffect, createMemo, For, Show, type JSX } from 'solid-js';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { createRowsInTurns } from '../../reactive/in-turns.ts';
import { ChatAvatar } from '../../shell/ChatAvatar.tsx';
import { listSearch } from '../../shell/message-address.ts';
import { chatName, otherPerson } from '../../shell/names.ts';
import { Badge } from '../../ui/Badge.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { later } from '../../ui/Later.tsx';

interface SearchResultsProps {
  readonly id: string;
  readonly optionId: (index: number) => string;
  readonly found: readonly ChatId[];
  /** The one that Enter opens. */
  readonly active: number;
  /** So many options below people and chats. */
  readonly below: number;
  readonly complete: boolean;
  readonly typed: string;
  readonly onBelow: (options: number | undefined) => void;
  readonly onOpen: () => void;
}

/** Comes when something is searched for first; nobody waits for it who looks for a person. */
const Messages = later(async () => (await import('./MessageResults.tsx')).MessageResults);

export function SearchResults(props: SearchResultsProps): JSX.Element {
  const isEmpty = (): boolean => props.found.length + props.below === 0;
  const drawn = createRowsInTurns(
    () => props.found,
    () => props.typed,
  );
  return (
    <div class="search-results">
      <Show when={isEmpty() && props.complete}>
        <EmptyState icon="nothing-found" title={texts().lists.foundNothing} text={texts().lists.foundNothingText} />
      </Show>
      <div
        id={props.id}
        role={isEmpty() ? undefined : 'listbox'}
        aria-label={isEmpty() ? undefined : texts().lists.found}
      >
        <For each={drawn()}>
          {(chat, index) => (
            <Result
              id={props.optionId(index())}
              chat={chat}
              active={index() === props.active}
              onOpen={() => props.onOpen()}
            />
          )}
        </For>
        <Messages.View
          typed={props.typed}
          optionId={(index) => props.optionId(props.found.length + index)}
          active={props.active - props.found.length}
          onFound={(options) => props.onBelow(options)}
          onOpen={() => props.onOpen()}
        />
      </div>
    </div>
  );
}

interface ResultProps {
  readonly id: string;
  readonly chat: ChatId;
  readonly active: boolean;
  readonly onOpen: () => void;
}

/** A link that is an option: a click with Control opens it in a tab of its own, as everywhere. */
function Result(props: ResultProps): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  let row: HTMLAnchorElement | undefined;
  const person = createMemo(() => {
    const other = otherPerson(props.chat, house.account);
    return other === undefined ? undefined : house.people().get(other);
  });
  const detail = (): string | undefined => {
    if (otherPerson(props.chat, house.account) === undefined) return house.companyName();
    return person()?.active === false ? texts().lists.inactive : person()?.city;
  };
  const unread = createMemo(() => house.unread().get(props.chat) ?? 0);
  createEffect(() => {
    if (props.active) row?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <a
      ref={(element) => {
        row = element;
      }}
      id={props.id}
      class="list-row"
      role="option"
      aria-selected={props.active}
      tabindex={-1}
      href={`/chats/${props.chat}${listSearch(location.search)}`}
      draggable={false}
      onClick={(event) => {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) props.onOpen();
      }}
    >
      <ChatAvatar chat={props.chat} />
      <span class="list-row-words">
        <span class="list-row-line">
          <span class="list-row-title" dir="auto">
            {chatName(house, props.chat)}
          </span>
        </span>
        <span class="list-row-line">
          <span class="list-row-detail" dir="auto">
            {detail()}
          </span>
          <Show when={unread() > 0}>
            <Badge
              count={unread()}
              label={texts().lists.unread(unread())}
              look={house.muted().has(props.chat) ? 'quiet' : 'accent'}
            />
          </Show>
        </span>
      </span>
    </a>
  );
}
