/** Keys and values of a person's inbox: what the chat list needs to be drawn at once. */
import * as v from 'valibot';
import type { Json } from '../log/append.ts';
import { parseChatId, type ChatId } from '../protocol/document-name.ts';

const PREFIX = 'chat/';

export const inboxChatKey = (chat: ChatId): string => `${PREFIX}${chat}`;

const WHOLE = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const INBOX_CHAT = v.object({
  /** The latest page. */
  pages: v.pipe(WHOLE, v.minValue(1)),
  /** Arrival number at joining: what came before counts as read. */
  joined: WHOLE,
});
export type InboxChat = Readonly<v.InferOutput<typeof INBOX_CHAT>>;

/** The chats of an inbox, by id; data of a later version that is not understood is left out. */
export function inboxChats(facts: ReadonlyMap<string, Json>): ReadonlyMap<ChatId, InboxChat> {
  const chats = new Map<ChatId, InboxChat>();
  for (const [key, value] of facts) {
    if (!key.startsWith(PREFIX)) continue;
    const id = key.slice(PREFIX.length);
    const chat = v.safeParse(INBOX_CHAT, value);
    if (parseChatId(id) !== undefined && chat.success) chats.set(id as ChatId, chat.output);
  }
  return chats;
}
