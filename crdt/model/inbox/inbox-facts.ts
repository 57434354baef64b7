/** Keys and values of a person's inbox: what the chat list needs to be drawn at once. */
import type { Json } from '../log/append.ts';
import { isCount } from '../log/server-log.ts';
import { parseChatId, type ChatId } from '../protocol/document-name.ts';

const PREFIX = 'chat/';

export const inboxChatKey = (chat: ChatId): string => `${PREFIX}${chat}`;

export interface InboxChat {
  /** The latest page. */
  readonly pages: number;
  /** Arrival number at joining: what came before counts as read. */
  readonly joined: number;
}

/** By hand: a thousand of them are read before a list is drawn. */
function parseInboxChat(value: Json): InboxChat | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { pages, joined } = value as Readonly<Record<string, Json>>;
  return isCount(pages) && pages >= 1 && isCount(joined) ? { pages, joined } : undefined;
}

/** The chats of an inbox, by id; data of a later version that is not understood is left out. */
export function inboxChats(facts: ReadonlyMap<string, Json>): ReadonlyMap<ChatId, InboxChat> {
  const chats = new Map<ChatId, InboxChat>();
  for (const [key, value] of facts) {
    if (!key.startsWith(PREFIX)) continue;
    const id = key.slice(PREFIX.length);
    const chat = parseInboxChat(value);
    if (parseChatId(id) !== undefined && chat !== undefined) chats.set(id as ChatId, chat);
  }
  return chats;
}
