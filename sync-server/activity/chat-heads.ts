import { parseDocumentName, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { LogStore } from '../storage/log-store.ts';

/** Chats whose last arrival number is remembered: a few MB; beyond that the log is asked again. */
const MOST_REMEMBERED = 50_000;

/** The last arrival number of each chat: nobody can have got further. */
export class ChatHeads {
  readonly #store: Pick<LogStore, 'heads'>;
  readonly #known = new Map<ChatId, number>();

  constructor(store: Pick<LogStore, 'heads'>) {
    this.#store = store;
  }

  /** Something has arrived. Of chats that nobody has asked for yet the log will tell. */
  arrived(chat: ChatId, number: number): void {
    const known = this.#known.get(chat);
    if (known !== undefined && number > known) this.#known.set(chat, number);
  }

  /** Makes `of` know these chats. */
  async fetch(chats: ReadonlySet<ChatId>): Promise<void> {
    if (this.#known.size + chats.size > MOST_REMEMBERED) this.#known.clear();
    const unknown = [...chats].filter((chat) => !this.#known.has(chat));
    if (unknown.length === 0) return;
    const heads = await this.#store.heads({ documents: [], streams: unknown, since: 0 });
    for (const chat of unknown) if (!this.#known.has(chat)) this.#known.set(chat, 0);
    for (const { document, number } of heads) {
      const kind = parseDocumentName(document);
      if (kind?.kind === 'chat') this.arrived(kind.chat, number);
    }
  }

  of(chat: ChatId): number {
    return this.#known.get(chat) ?? 0;
  }
}
