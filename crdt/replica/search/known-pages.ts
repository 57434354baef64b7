/** Which pages count for search, which of them are searched as they stand, and what that covers. */
import type { InboxChat } from '../../model/inbox/inbox-facts.ts';
import type { Account } from '../../model/log/writer.ts';
import {
  chatDocument,
  parseChatId,
  parseDocumentName,
  type ChatId,
  type DocumentName,
} from '../../model/protocol/document-name.ts';
import type { DocumentsState } from '../storage/meta-database.ts';
import type { SearchCoverage } from './search-contract.ts';
import type { KeptPage, PageStanding } from './search-database.ts';

interface SearchedPage {
  readonly standing: PageStanding;
  readonly isWhole: boolean;
  readonly messages: number;
  readonly oldestMs: number | undefined;
  readonly newestMs: number | undefined;
}

/** A page on this device. */
interface PresentPage {
  /** Of the newest message, as far as that is known without reading the page; 0 where it isn't. */
  readonly newestMs: number;
  /** Undefined until the records tell of it. */
  readonly standing: PageStanding | undefined;
}

export class KnownPages {
  readonly #account: Account;
  #listed: ReadonlyMap<ChatId, InboxChat> | undefined;
  readonly #present = new Map<DocumentName, PresentPage>();
  readonly #searched = new Map<DocumentName, SearchedPage>();
  /** Neither read nor kept, or changed while nobody looked. */
  readonly #unread = new Set<DocumentName>();
  /** The same, the last one to be read next; undefined after more have come. */
  #order: DocumentName[] | undefined;

  constructor(account: Account) {
    this.#account = account;
  }

  /** False until the inbox was read. */
  get known(): boolean {
    return this.#listed !== undefined;
  }

  /** Takes in the chats of the inbox; the answer are searched pages of chats that are not the person's any more. */
  list(chats: ReadonlyMap<ChatId, InboxChat>): readonly DocumentName[] {
    const before = this.#listed;
    this.#listed = chats;
    for (const document of this.#present.keys()) {
      const chat = chatOf(document);
      if (before !== undefined && chats.has(chat) && !before.has(chat)) this.#expect(document);
    }
    return [...this.#searched.keys()].filter((document) => {
      const chat = chatOf(document);
      return !chats.has(chat) && before?.has(chat) === true;
    });
  }

  /**
   * True when the person has the chat: the inbox lists it, or it is a private one of theirs that was begun here and of which nothing has
   * reached the server. What has, would be listed.
   */
  counts(document: DocumentName, isUnsent: boolean): boolean {
    const chat = chatOf(document);
    if (this.#listed?.has(chat) === true) return true;
    const kind = parseChatId(chat);
    return isUnsent && kind?.kind === 'private' && kind.accounts.includes(this.#account);
  }

  /**
   * Takes in what the records of the device say: pages that stand elsewhere than when they were read are to be read again. `marked` are
   * the pages with own entries that no record tells of. The answer are searched pages that are gone.
   */
  compare({ documents, heads, digests }: DocumentsState, marked: ReadonlySet<DocumentName>): readonly DocumentName[] {
    this.#present.clear();
    for (const [document, record] of documents) {
      if (parseDocumentName(document)?.kind !== 'chat') continue;
      const standing = marked.has(document) ? undefined : { ...record, ...(heads.get(document) ?? NO_HEAD) };
      this.#present.set(document, { newestMs: digests.get(document)?.latest?.timeMs ?? 0, standing });
      if (this.#isStale(document, this.#searched.get(document)?.standing)) this.#expect(document);
    }
    return [...this.#searched.keys()].filter((document) => !documents.has(document));
  }

  /** A tab tells of a page. */
  appear(document: DocumentName): void {
    if (!this.#present.has(document)) this.#present.set(document, { newestMs: 0, standing: undefined });
  }

  /** The page is searched from now on as it is in `kept`. */
  put(document: DocumentName, { generation, complete, number, sequence, isDamaged, columns }: KeptPage): void {
    const { timesMs } = columns;
    const [first] = timesMs;
    this.#searched.set(document, {
      standing: { generation, complete, number, sequence },
      isWhole: complete && !isDamaged,
      messages: timesMs.length,
      oldestMs: first === undefined ? undefined : timesMs.reduce((one, other) => Math.min(one, other), first),
      newestMs: first === undefined ? undefined : timesMs.reduce((one, other) => Math.max(one, other), first),
    });
    this.#unread.delete(document);
  }

  /** The same for a page as it was kept: when it stands elsewhere now, it is to be read again. */
  adopt(document: DocumentName, kept: KeptPage): void {
    this.put(document, kept);
    if (this.#isStale(document, kept)) this.#expect(document);
  }

  drop(document: DocumentName): void {
    this.#searched.delete(document);
    this.#unread.delete(document);
  }

  standing(document: DocumentName): PageStanding | undefined {
    return this.#searched.get(document)?.standing;
  }

  has(document: DocumentName): boolean {
    return this.#present.has(document);
  }

  isUnread(document: DocumentName): boolean {
    return this.#unread.has(document);
  }

  /** The page to be read next: the one with the newest messages, of those that `isLeft` doesn't leave for later. */
  nextUnread(isLeft: (document: DocumentName) => boolean): DocumentName | undefined {
    this.#order ??= this.#unreadOldestFirst();
    for (let document = this.#order.pop(); document !== undefined; document = this.#order.pop()) {
      if (this.#unread.has(document) && !isLeft(document)) return document;
    }
    return undefined;
  }

  #unreadOldestFirst(): DocumentName[] {
    const times = new Map<DocumentName, number>();
    const timeOf = (document: DocumentName, chat: ChatId, page: number): number => {
      const own = this.#searched.get(document)?.newestMs ?? this.#present.get(document)?.newestMs ?? 0;
      // Of most pages but the last nothing is known: they come after the next one.
      const time = own > 0 ? own : (times.get(chatDocument(chat, page + 1)) ?? 0);
      times.set(document, time);
      return time;
    };
    return [...this.#unread]
      .map((document) => ({ document, ...pageOf(document) }))
      .toSorted((one, other) => other.page - one.page)
      .map((one) => ({ ...one, timeMs: timeOf(one.document, one.chat, one.page) }))
      .toSorted((one, other) => one.timeMs - other.timeMs || one.page - other.page)
      .map(({ document }) => document);
  }

  /** Of one chat, or of all. */
  coverage(chat?: ChatId): SearchCoverage {
    let [messages, missing, sinceMs, oldestMs] = [0, 0, -Infinity, Infinity];
    const isAsked = (document: DocumentName): boolean => chat === undefined || chatOf(document) === chat;
    for (const [document, page] of this.#searched) {
      if (!isAsked(document)) continue;
      messages += page.messages;
      oldestMs = Math.min(oldestMs, page.oldestMs ?? Infinity);
    }
    for (const [listed, { pages }] of this.#listed ?? []) {
      if (chat !== undefined && chat !== listed) continue;
      let [isGap, chatSinceMs] = [false, Infinity];
      for (let page = pages; page >= 1; page -= 1) {
        const document = chatDocument(listed, page);
        const searched = this.#searched.get(document);
        if (searched?.isWhole === true && !this.#unread.has(document)) {
          if (!isGap) chatSinceMs = Math.min(chatSinceMs, searched.oldestMs ?? Infinity);
          continue;
        }
        isGap = true;
        if (!this.#unread.has(document)) missing += 1;
      }
      if (isGap && chatSinceMs !== Infinity) sinceMs = Math.max(sinceMs, chatSinceMs);
    }
    const since = sinceMs === -Infinity ? oldestMs : sinceMs;
    return {
      known: this.known,
      messages,
      sinceMs: since === Infinity ? undefined : since,
      toRead: [...this.#unread].filter(isAsked).length,
      missing,
    };
  }

  #isStale(document: DocumentName, read: PageStanding | undefined): boolean {
    const now = this.#present.get(document)?.standing;
    return now === undefined || !isSame(read, now);
  }

  #expect(document: DocumentName): void {
    const standing = this.#present.get(document)?.standing;
    if (!this.counts(document, (standing?.number ?? 0) === 0)) return;
    this.#unread.add(document);
    this.#order = undefined;
  }
}

/** A document of which the server has told nothing. */
export const NO_HEAD = { number: 0, sequence: 0 };

export const isSame = (one: PageStanding | undefined, other: PageStanding): boolean =>
  one?.generation === other.generation &&
  one.complete === other.complete &&
  one.number === other.number &&
  one.sequence === other.sequence;

/** Chat and number of a page; throws for anything else. */
export const pageOf = (document: DocumentName): { readonly chat: ChatId; readonly page: number } => {
  const name = parseDocumentName(document);
  if (name?.kind !== 'chat') throw new TypeError(`${document} is no page`);
  return name;
};
const chatOf = (document: DocumentName): ChatId => pageOf(document).chat;
