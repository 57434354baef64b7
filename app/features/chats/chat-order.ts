/** The order of the list of chats, as signals. */
import { createMemo, type Accessor } from 'solid-js';
import { parseChatId, type ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { locale } from '../../i18n/language.ts';
import type { House } from '../../reactive/house.ts';
import { chatName } from '../../shell/names.ts';
import { orderChats } from './order-chats.ts';

/** Chats that everybody has (C5). */
export const isStandard = (chat: ChatId): boolean => parseChatId(chat)?.kind === 'internal';

const isSameOrder = (before: readonly ChatId[], after: readonly ChatId[]): boolean =>
  before.length === after.length && before.every((chat, at) => chat === after[at]);

/** All chats in the order of the list; the same array as long as the order is the same. */
export function createChatOrder(house: House): Accessor<readonly ChatId[]> {
  const collator = createMemo(() => new Intl.Collator(locale()));
  return createMemo(
    () => {
      const [pinned, summaries] = [house.pinned(), house.summaries()];
      const places = house.chats().map((chat) => ({
        chat,
        standard: isStandard(chat),
        pinned: pinned.has(chat),
        latestMs: summaries.get(chat)?.latest?.timeMs ?? 0,
      }));
      const names = new Map<ChatId, string>();
      const nameOf = (chat: ChatId): string => {
        const name = names.get(chat) ?? chatName(house, chat);
        names.set(chat, name);
        return name;
      };
      return orderChats(places, (one, other) => collator().compare(nameOf(one), nameOf(other)));
    },
    [],
    { equals: isSameOrder },
  );
}
