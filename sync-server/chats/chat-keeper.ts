/** What a chat's traffic changes in the directory: a private chat begins with its first entry, a full page is followed by the next. */
import { isPageFull, type PageLimits } from '../../crdt/model/chat/pages.ts';
import { parseChatId, type ChatId, type DocumentKind } from '../../crdt/model/protocol/document-name.ts';
import type { Directory } from '../directory/directory.ts';

/** How large a page has become, or may become: also in stored bytes, which is what a device that opens it is sent. */
export interface PageSize extends PageLimits {
  readonly bytes: number;
}

export class ChatKeeper {
  readonly #directory: Directory;
  readonly #pageLimits: PageSize;
  /** Private chats known to have begun, so that not every message asks the database; bounded by `MOST_REMEMBERED`. */
  readonly #begun = new Set<ChatId>();

  constructor(directory: Directory, pageLimits: PageSize) {
    this.#directory = directory;
    this.#pageLimits = pageLimits;
  }

  /** Before the first entry is stored: a crash may leave an empty chat in two inboxes, but never entries that no inbox names. */
  accepted(document: DocumentKind): void {
    if (document.kind !== 'chat' || this.#begun.has(document.chat)) return;
    const chat = parseChatId(document.chat);
    if (chat?.kind !== 'private') return;
    this.#directory.startPrivateChat(document.chat, chat.accounts);
    if (this.#begun.size >= MOST_REMEMBERED) this.#begun.clear();
    this.#begun.add(document.chat);
  }

  /** After entries were stored; `counts` are those of the page. */
  stored(document: DocumentKind, counts: PageSize): void {
    const isFull = isPageFull(counts, this.#pageLimits) || counts.bytes >= this.#pageLimits.bytes;
    if (document.kind !== 'chat' || !isFull) return;
    if (this.#directory.pages(document.chat) === document.page) {
      this.#directory.openPageAfter(document.chat, document.page);
    }
  }
}

/** Chats whose beginning is remembered: a few MB; beyond that the database is asked again. */
const MOST_REMEMBERED = 50_000;
