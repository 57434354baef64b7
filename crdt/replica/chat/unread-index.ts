/**
 * Unread numbers of all chats, from local data. Pages whose head is not past the read marker are not looked at; those of an open
 * chat are counted from its timeline, others are read from the database once for each change.
 */
import { Timeline } from '../../model/chat/timeline.ts';
import { PageReader } from '../../model/chat/page-reader.ts';
import { countUnread, isUnread, readUpTo, type Reader } from '../../model/chat/unread.ts';
import { inboxChats } from '../../model/inbox/inbox-facts.ts';
import { readMarker } from '../../model/me/me-entries.ts';
import { chatDocument, parseDocumentName, type ChatId, type DocumentName } from '../../model/protocol/document-name.ts';
import { Cell } from '../cell.ts';
import type { FactsView, Watchable } from '../contract.ts';
import type { Device } from '../documents/device.ts';
import { readStored } from '../documents/read-stored.ts';
import type { ChatPages } from './chat-pages.ts';

/** Chats whose numbers are told at once, so that the first ones need not wait for the last. */
const PUBLISHED_AT_ONCE = 100;

interface Counted {
  readonly head: number;
  readonly upTo: number;
  readonly count: number;
}

export class UnreadIndex {
  readonly #device: Device;
  readonly #inbox: FactsView;
  readonly #me: FactsView;
  readonly #numbers = new Cell<ReadonlyMap<ChatId, number>>(new Map());
  readonly #open = new Map<ChatId, ChatPages>();
  /** Unread of pages that are not open, by document, and of chats. */
  readonly #counted = new Map<DocumentName, Counted>();
  readonly #closedPages = new Map<ChatId, ReadonlyMap<number, number>>();
  readonly #latest = new Map<ChatId, number>();
  readonly #joined = new Map<ChatId, number>();
  readonly #markers = new Map<ChatId, number>();
  readonly #pageListeners = new Set<(chat: ChatId) => void>();
  readonly #due = new Set<ChatId>();
  readonly #disposes: (() => void)[];
  #counting: Promise<void> | undefined;
  #stopped = false;

  constructor(device: Device, inbox: FactsView, me: FactsView) {
    this.#device = device;
    this.#inbox = inbox;
    this.#me = me;
    this.#disposes = [
      inbox.facts.subscribe(() => this.#followInbox()),
      me.facts.subscribe(() => this.#followMe()),
      device.heads.subscribe((document) => this.#followPage(document)),
    ];
    this.#followInbox();
    this.#followMe();
  }

  get numbers(): Watchable<ReadonlyMap<ChatId, number>> {
    return this.#numbers;
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
    return this.#latest.get(chat) ?? 1;
  }

  /** Called when a later page of a chat has become known. */
  onPage(listener: (chat: ChatId) => void): () => void {
    this.#pageListeners.add(listener);
    return () => void this.#pageListeners.delete(listener);
  }

  /** The earliest page that may hold something unread; undefined when there is none. */
  earliestUnreadPage(chat: ChatId): number | undefined {
    const upTo = readUpTo(this.reader(chat));
    for (let page = 1; page <= this.latestPage(chat); page += 1) {
      if ((this.#device.heads.get(chatDocument(chat, page))?.number ?? 0) > upTo) return page;
    }
    return undefined;
  }

  /** From now on the chat's loaded pages are counted from `pages`. The dispose ends that. */
  follow(pages: ChatPages): () => void {
    this.#open.set(pages.chat, pages);
    this.#recount(pages.chat);
    return () => {
      if (this.#open.get(pages.chat) !== pages) return;
      this.#open.delete(pages.chat);
      // Until they are counted again, the pages stand for what was on the screen.
      const closed = new Map(this.#closedPages.get(pages.chat));
      const reader = this.reader(pages.chat);
      for (const page of pages.numbers()) closed.set(page, 0);
      for (const message of pages.timeline.arrivedAfter(readUpTo(reader))) {
        if (isUnread(message, reader)) closed.set(message.page, (closed.get(message.page) ?? 0) + 1);
      }
      this.#closedPages.set(pages.chat, closed);
      this.#recount(pages.chat);
    };
  }

  /** The timeline of an open chat has changed. */
  refresh(chat: ChatId): void {
    this.#sum(chat);
  }

  /** The set of loaded pages, the marker or a closed page has changed. */
  #recount(chat: ChatId): void {
    if (this.#open.has(chat)) this.#sum(chat);
    this.#due.add(chat);
    this.#counting ??= this.#countAll();
  }

  /** Resolves when all that is due has been counted. */
  async settled(): Promise<void> {
    while (this.#counting !== undefined) await this.#counting;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const dispose of this.#disposes) dispose();
    await this.settled();
  }

  #followInbox(): void {
    for (const [chat, { pages, joined }] of inboxChats(this.#inbox.facts.get())) {
      if (this.latestPage(chat) >= pages && this.#joined.get(chat) === joined) continue;
      this.#joined.set(chat, joined);
      this.#knowPage(chat, pages);
      this.#recount(chat);
    }
  }

  #knowPage(chat: ChatId, page: number): void {
    if (page <= (this.#latest.get(chat) ?? 0)) return;
    this.#latest.set(chat, page);
    for (const listener of [...this.#pageListeners]) listener(chat);
  }

  #followMe(): void {
    for (const chat of new Set([...this.#latest.keys(), ...this.#open.keys()])) {
      const marker = readMarker(this.#me.facts.get(), chat);
      if (marker === (this.#markers.get(chat) ?? 0)) continue;
      this.#markers.set(chat, marker);
      this.#recount(chat);
    }
  }

  #followPage(document: DocumentName): void {
    const name = parseDocumentName(document);
    if (name?.kind !== 'chat') return;
    this.#counted.delete(document);
    this.#knowPage(name.chat, name.page);
    // What an open page says is in its timeline at once.
    if (this.#open.get(name.chat)?.has(name.page) !== true) this.#recount(name.chat);
  }

  async #countAll(): Promise<void> {
    // Many changes of one turn are counted once.
    await Promise.resolve();
    // Published together: at start there are a thousand chats, and most have nothing unread.
    const fresh = new Map<ChatId, number>();
    for (const chat of this.#due) {
      if (this.#stopped) break;
      this.#due.delete(chat);
      const closed = new Map<number, number>();
      for (let page = this.latestPage(chat); page >= 1; page -= 1) {
        if (this.#open.get(chat)?.has(page) === true) continue;
        const count = await this.#countPage(chat, page);
        if (count > 0) closed.set(page, count);
      }
      this.#closedPages.set(chat, closed);
      fresh.set(chat, this.#numberOf(chat));
      if (fresh.size < PUBLISHED_AT_ONCE && this.#due.size > 0) continue;
      this.#publish(fresh);
      fresh.clear();
    }
    this.#counting = undefined;
  }

  async #countPage(chat: ChatId, page: number): Promise<number> {
    const document = chatDocument(chat, page);
    const reader = this.reader(chat);
    const upTo = readUpTo(reader);
    const head = this.#device.heads.get(document)?.number ?? 0;
    if (head <= upTo) return 0;
    const known = this.#counted.get(document);
    if (known?.head === head && known.upTo === upTo) return known.count;
    const doc = await readStored(this.#device, document);
    if (doc === undefined) return 0;
    const timeline = new Timeline();
    timeline.apply(new PageReader(doc, page).read());
    const count = countUnread(timeline.messages, reader);
    doc.destroy();
    this.#counted.set(document, { head, upTo, count });
    return count;
  }

  #sum(chat: ChatId): void {
    this.#publish([[chat, this.#numberOf(chat)]]);
  }

  #numberOf(chat: ChatId): number {
    const open = this.#open.get(chat);
    const reader = this.reader(chat);
    // Only what came after the marker: this runs for every message that comes in.
    let number = countUnread(open?.timeline.arrivedAfter(readUpTo(reader)) ?? [], reader);
    for (const [page, count] of this.#closedPages.get(chat) ?? []) if (open?.has(page) !== true) number += count;
    return number;
  }

  #publish(fresh: Iterable<readonly [ChatId, number]>): void {
    const known = this.#numbers.get();
    const changed = [...fresh].filter(([chat, number]) => known.get(chat) !== number);
    if (changed.length > 0) this.#numbers.set(new Map([...known, ...changed]));
  }
}
