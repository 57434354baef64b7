/** Which of the pages that were never on this device catch-up brings at once; all others are history. */
import { PAGE_LIMITS } from '../../model/chat/pages.ts';
import { readUpTo } from '../../model/chat/unread.ts';
import { chatDocument, type ChatId, type DocumentName } from '../../model/protocol/document-name.ts';
import type { KnownChats } from '../chat/known-chats.ts';

/**
 * `number` is where the page stands on the server, `numberOf` tells that of others, as far as it is known. Unread numbers rest on pages
 * past the read marker; the preview of a chat, and what it opens with (C8), on its latest page and, while that is not half full, on
 * the one before.
 */
export function isWantedNow(
  chats: KnownChats,
  { chat, page }: { readonly chat: ChatId; readonly page: number },
  number: number,
  numberOf: (document: DocumentName) => number | undefined,
): boolean {
  const latest = chats.latestPage(chat);
  // Of a chat that the inbox doesn't tell of yet nobody knows how long it is.
  if (!chats.isListed(chat) || page >= latest) return true;
  if (number > readUpTo(chats.reader(chat))) return true;
  const entriesAfter = (numberOf(chatDocument(chat, latest)) ?? 0) - number;
  return page === latest - 1 && entriesAfter <= PAGE_LIMITS.entries / 2;
}
