/** From chat to chat in the order of the list, without the list. */
import { createRoot } from 'solid-js';
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';
import { createChatOrder } from '../features/chats/chat-order.ts';
import type { House } from '../reactive/house.ts';

/** The chat above (-1) or below (1) of the one that is open; from none the first or the last. Undefined at the end of the list. */
export function chatBeside(house: House, open: string | undefined, step: -1 | 1): ChatId | undefined {
  // Asked for with a key, now and then: nothing is kept up to date for it.
  const order = createRoot((dispose) => {
    const chats = createChatOrder(house)();
    dispose();
    return chats;
  });
  const at = order.findIndex((chat) => chat === open);
  return at === -1 ? order.at(step === 1 ? 0 : -1) : order[at + step];
}
