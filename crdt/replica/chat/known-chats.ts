/** Which chats this device knows of, their latest pages, and up to where they are read: what inbox, read markers and heads say. */
import { readUpTo, type Reader } from '../../model/chat/unread.ts';
import { inboxChats } from '../../model/inbox/inbox-facts.ts';
import { readMarker } from '../../model/me/me-entries.ts';
import { chatDocument, type ChatId, type DocumentName } from '../../model/protocol/document-name.ts';
import type { FactsView } from '../contract.ts';
import type { Device } from '../documents/device.ts';

export interface KnownChatsListener {
  /** The chat is listed, has moved its marker, or has been joined at another number. */
  changed(chat: ChatId): void;
  /** The chat is not the person's any more. */
  gone(chat: ChatId, latestPage: number): void;
}

export class KnownChats {
  readonly #device: Device;
  readonly #inbox: FactsView;
  readonly #me: FactsView;
  readonly #listener: KnownChatsListener;
  readonly #latestPages = new Map<ChatId, number>();
  readonly #joined = new Map<ChatId, number>();
  readonly #markers = new Map<ChatId, number>();
  readonly #listedListeners = new Set<() => void>();
  readonly #pageListeners = new Set<(chat: ChatId) => void>();
  readonly #disposes: readonly (() => void)[];

  constructor(device: Device, inbox: FactsView, me: FactsView, listener: KnownChatsListener) {
    this.#device = device;
    this.#inbox = inbox;
    this.#me = me;
    this.#listener = listener;
    this.#disposes = [inbox.facts.subscribe(() => this.followInbox()), me.facts.subscribe(() => this.followMarkers())];
  }

  all(): Iterable<ChatId> {
    return this.#latestPages.keys();
  }

  /** The chats of the inbox with their latest pages. */
  *listed(): Generator<readonly [ChatId, number]> {
    for (const chat of this.#joined.keys()) yield [chat, this.latestPage(chat)];
  }

  isListed(chat: ChatId): boolean {
    return this.#joined.has(chat);
  }

  reader(chat: ChatId): Reader {
    return {
      account: this.#device.account,
      marker: readMarker(this.#me.facts.get(), chat),
      joined: this.#joined.get(chat) ?? 0,
    };
  }

  /** The latest page that this device knows of. */
  latestPage(chat: ChatId): number {
    return this.#latestPages.get(chat) ?? 1;
  }

  /** The earliest page that may hold something unread; undefined when there is none. */
  earliestUnreadPage(chat: ChatId): number | undefined {
    const upTo = readUpTo(this.reader(chat));
    for (let page = 1; page <= this.latestPage(chat); page += 1) {
      if (this.head(chatDocument(chat, page)) > upTo) return page;
    }
    return undefined;
  }

  /** The arrival number up to which a page is stored. */
  head(document: DocumentName): number {
    return this.#device.heads.get(document)?.number ?? 0;
  }

  /** Called when a later page of a chat has become known. */
  onPage(listener: (chat: ChatId) => void): () => void {
    this.#pageListeners.add(listener);
    return () => void this.#pageListeners.delete(listener);
  }

  /** Called when the inbox has listed other chats or pages. */
  onListed(listener: () => void): () => void {
    this.#listedListeners.add(listener);
    return () => void this.#listedListeners.delete(listener);
  }

  knowPage(chat: ChatId, page: number): void {
    if (page <= (this.#latestPages.get(chat) ?? 0)) return;
    this.#latestPages.set(chat, page);
    for (const listener of [...this.#pageListeners]) listener(chat);
  }

  followInbox(): void {
    const chats = inboxChats(this.#inbox.facts.get());
    for (const [chat, { pages, joined }] of chats) {
      if (this.latestPage(chat) >= pages && this.#joined.get(chat) === joined) continue;
      this.#joined.set(chat, joined);
      this.knowPage(chat, pages);
      this.#listener.changed(chat);
    }
    for (const chat of [...this.#joined.keys()]) if (!chats.has(chat)) this.#forget(chat);
    for (const listener of [...this.#listedListeners]) listener();
  }

  followMarkers(): void {
    const facts = this.#me.facts.get();
    for (const chat of this.#latestPages.keys()) {
      const marker = readMarker(facts, chat);
      if (marker === (this.#markers.get(chat) ?? 0)) continue;
      this.#markers.set(chat, marker);
      this.#listener.changed(chat);
    }
  }

  stop(): void {
    for (const dispose of this.#disposes) dispose();
  }

  #forget(chat: ChatId): void {
    const latestPage = this.latestPage(chat);
    this.#joined.delete(chat);
    this.#latestPages.delete(chat);
    this.#listener.gone(chat, latestPage);
  }
}
