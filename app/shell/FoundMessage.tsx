import { createMemo, Index, Show, type JSX } from 'solid-js';
import { marksOf } from '../../crdt/model/search/marks.ts';
import type { Phrase } from '../../crdt/model/search/phrase.ts';
import type { FoundMessage as Found } from '../../crdt/replica/search/search-contract.ts';
import { listTimeText } from '../i18n/list-time.ts';
import { texts } from '../i18n/language.ts';
import { useHouse } from '../reactive/house.ts';
import { chatName, nameOf, otherPerson } from './names.ts';
import { PersonAvatar } from './PersonAvatar.tsx';
import { snippetOf } from './snippet.ts';
import './found-message.css';

interface FoundMessageProps {
  readonly message: Found;
  readonly phrase: Phrase;
  /** Where messages of several chats stand together. */
  readonly showChat: boolean;
  readonly todayMs: number;
}

/** What a row shows of a message that was found, inside of what opens it. */
export function FoundMessage(props: FoundMessageProps): JSX.Element {
  const house = useHouse();
  const sender = (): string =>
    props.message.author === house.account ? texts().lists.you : nameOf(house.people(), props.message.author);
  /** In a private chat the other's name says it already. */
  const chat = (): string | undefined =>
    props.showChat && otherPerson(props.message.chat, house.account) !== props.message.author
      ? chatName(house, props.message.chat)
      : undefined;
  const parts = createMemo(() => snippetOf(props.message.text, marksOf(props.message.text, props.phrase)));
  return (
    <>
      <PersonAvatar account={props.message.author} />
      <span class="list-row-words">
        <span class="list-row-line">
          <bdi class="list-row-title">{sender()}</bdi>
          <Show when={chat()}>{(name) => <bdi class="list-row-note">{name()}</bdi>}</Show>
          <span class="list-row-time">{listTimeText(props.message.timeMs, props.todayMs)}</span>
        </span>
        <span class="found-text" dir="auto">
          <Index each={parts()}>
            {(part) => (
              <Show when={part().isMarked} fallback={part().text}>
                <mark>{part().text}</mark>
              </Show>
            )}
          </Index>
        </span>
      </span>
    </>
  );
}
