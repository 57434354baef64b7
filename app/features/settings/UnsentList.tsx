import { For, type JSX } from 'solid-js';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { locale, texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { chatName } from '../../shell/names.ts';
import type { Unsent } from './unsent.ts';

/** How many, and where; more names than this only blur it. */
const NAMED_CHATS = 5;

/** What would be lost, in words, with the chats it is for. */
export function UnsentList(props: { readonly unsent: Unsent }): JSX.Element {
  const house = useHouse();
  const named = (chats: readonly ChatId[]): string => {
    const names = chats.slice(0, NAMED_CHATS).map((chat) => chatName(house, chat));
    const shown = chats.length > NAMED_CHATS ? [...names, '…'] : names;
    return new Intl.ListFormat(locale(), { type: 'unit', style: 'short' }).format(shown);
  };
  const lines = (): string[] => {
    const { messages, messageChats, failed, failedChats } = props.unsent;
    const draftChats = [...new Set([...props.unsent.draftChats, ...props.unsent.textChats])];
    const parts = [
      { count: messages, what: texts().signOut.messages(messages), chats: messageChats },
      { count: failed, what: texts().signOut.failed(failed), chats: failedChats },
      { count: draftChats.length, what: texts().signOut.drafts(draftChats.length), chats: draftChats },
    ];
    return parts.filter(({ count }) => count > 0).map(({ what, chats }) => texts().signOut.inChats(what, named(chats)));
  };
  return (
    <ul class="settings-unsent">
      <For each={lines()}>{(line) => <li dir="auto">{line}</li>}</For>
    </ul>
  );
}
