/** One open chat: its latest pages first, new pages followed, own entries through the local document of their page. */
import { encodeChatEntry, parseChatEntry, type ChatAction, type ChatEntry } from '../../model/chat/entry.ts';
import { placedStamp } from '../../model/chat/effective-stamp.ts';
import { chatTitle } from '../../model/chat/chat-facts.ts';
import { PAGE_LIMITS, pageForEntry } from '../../model/chat/pages.ts';
import { NO_RECEIPTS, withoutReading, type Receipts } from '../../model/chat/receipts.ts';
import type { TimelineMessage } from '../../model/chat/timeline.ts';
import { settingOf } from '../../model/me/me-entries.ts';
import { placeOf, type EntryId } from '../../model/log/entry-id.ts';
import { stampAfter, stampAt, type Stamp } from '../../model/log/stamp.ts';
import { chatDocument, type ChatId, type DocumentName } from '../../model/protocol/document-name.ts';
import { Cell } from '../cell.ts';
import type { AppendOutcome, ChatView, FactsView, FailedEntry, Watchable } from '../contract.ts';
import type { Device } from '../documents/device.ts';
import type { OpenDocuments } from '../documents/open-documents.ts';
import type { QuarantineRecords } from '../quarantine/quarantine-records.ts';
import { ChatPages } from './chat-pages.ts';
import { pageOfMessage } from './page-of-message.ts';
import type { ReceiptsCache } from './receipts-cache.ts';
import type { ChatIndex } from './chat-index.ts';

/** What is in hand when a chat opens: two weeks, and at least so many messages (C8). */
const OPENING_MS = 14 * 24 * 3_600_000;
const OPENING_MESSAGES = 30;
/** Pages that opening loads at most, however far back the first unread message lies. */
const OPENING_PAGES = 5;

export interface ChatViewParts {
  readonly device: Device;
  readonly documents: OpenDocuments;
  readonly index: ChatIndex;
  readonly quarantine: QuarantineRecords;
  readonly receipts: ReceiptsCache;
  readonly me: FactsView['facts'];
  /** Brings a page into step with the server at once; false when it can't be now. */
  readonly fetch: (page: DocumentName) => Promise<boolean>;
  readonly markRead: (chat: ChatId, number: number) => Promise<AppendOutcome>;
}

/** Opens the chat from local data; resolves when the messages to show first are in hand. */
export async function openChatView(parts: ChatViewParts, chat: ChatId): Promise<ChatView> {
  const view = new OpenChatView(parts, chat);
  await view.open();
  return view;
}

class OpenChatView implements ChatView {
  readonly chat: ChatId;
  readonly messages: Watchable<readonly TimelineMessage[]>;
  readonly unread = new Cell(0);
  readonly failed = new Cell<readonly FailedEntry[]>([]);
  readonly title = new Cell<string | undefined>(undefined);
  readonly hasEarlier = new Cell(false);
  readonly complete = new Cell(false);
  readonly receipts = new Cell<Receipts>(NO_RECEIPTS);
  readonly #parts: ChatViewParts;
  readonly #pages: ChatPages;
  readonly #disposes: (() => void)[] = [];
  readonly #revision = new Cell(0);
  #closed = false;
  /** What `receipts` was made from. */
  #shown: { readonly told: Receipts; readonly withReading: boolean } | undefined;

  constructor(parts: ChatViewParts, chat: ChatId) {
    this.#parts = parts;
    this.chat = chat;
    this.#pages = new ChatPages(parts.documents, chat, () => this.#show());
    // The array is made for whoever looks, not with every change.
    this.messages = {
      get: () => this.#pages.timeline.messages,
      subscribe: (listener) => this.#revision.subscribe(listener),
    };
  }

  async open(): Promise<void> {
    const { index, quarantine, device, receipts, me } = this.#parts;
    const latest = index.known.latestPage(this.chat);
    const since = stampAt(device.clock.nowMs() - OPENING_MS);
    const firstUnread = index.known.earliestUnreadPage(this.chat) ?? latest;
    // A page that is not half full hardly holds two weeks, so the one before is fetched while it is read.
    if (latest > 1 && this.#held(latest) <= PAGE_LIMITS.entries / 2) void this.#pages.load(latest - 1);
    for (let page = latest; page >= 1; page -= 1) {
      await this.#pages.load(page);
      const [oldest] = this.#pages.timeline.messages;
      const enough =
        oldest !== undefined && oldest.stamp < since && this.#pages.timeline.messages.length >= OPENING_MESSAGES;
      if ((enough && page <= firstUnread) || latest - page + 1 >= OPENING_PAGES) break;
    }
    this.#disposes.push(index.follow(this.#pages));
    this.#disposes.push(index.numbers.subscribe(() => this.#showUnread()));
    this.#disposes.push(index.known.onPage((chat) => chat === this.chat && this.#followPages()));
    this.#disposes.push(quarantine.subscribe(() => this.#showFailed()));
    this.#disposes.push(receipts.of(this.chat).subscribe(() => this.#showReceipts()));
    this.#disposes.push(me.subscribe(() => this.#showReceipts()));
    this.#showFailed();
    this.#showReceipts();
    this.#show();
    this.#followPages();
  }

  message(id: EntryId): TimelineMessage | undefined {
    return this.#pages.timeline.message(id);
  }

  indexOf(id: EntryId): number {
    return this.#pages.timeline.indexOf(id);
  }

  arrivedAfter(number: number): readonly TimelineMessage[] {
    return this.#pages.timeline.arrivedAfter(number);
  }

  async append(action: ChatAction): Promise<AppendOutcome> {
    const { device, index } = this.#parts;
    const entry = entryOf(action);
    if (entry === undefined) return { kind: 'refused', detail: 'target' };
    const refused = parseChatEntry(encodeChatEntry({ ...entry, stamp: stampAt(0) }), device.account);
    if (typeof refused === 'string') return { kind: 'refused', detail: refused };
    const latest = index.known.latestPage(this.chat);
    const page = 'target' in action ? pageForEntry(latest, this.#pageOf(action.target)) : latest;
    // In the same turn when it can be: what was appended before a view closes is kept.
    if (!this.#pages.has(page)) await this.#pages.load(page);
    const document = this.#pages.document(page);
    if (document === undefined) return { kind: 'storage-failed', detail: 'closed' };
    // However far ahead the clock was that stamped the last edit: this one has to win over it, on every device.
    const before = 'target' in action ? this.#pages.timeline.lastWord(action.target, device.account) : undefined;
    const stamped = (stamp: Stamp): Stamp => (before === undefined || stamp > before ? stamp : stampAfter(before));
    return document.append((stamp) => encodeChatEntry({ ...entry, stamp: stamped(stamp) }), this.#lastSeen());
  }

  async loadEarlier(): Promise<void> {
    const page = this.#earliest() - 1;
    if (page < 1) return;
    await this.#pages.load(page);
    if (this.#pages.document(page)?.complete === false) await this.#parts.fetch(chatDocument(this.chat, page));
    this.#show();
  }

  async loadUpTo(id: EntryId, expected?: number): Promise<boolean> {
    const place = placeOf(id);
    if (this.#pages.timeline.message(id) !== undefined) return true;
    // What lies in a loaded page and is no message any more lies in no other.
    if (place === undefined || this.#pages.pageHolding(place) !== undefined) return false;
    const lookIn = (pages: Iterable<number>): Promise<number | undefined> =>
      pageOfMessage(this.#parts, this.chat, pages, place);
    const page = (await lookIn(this.#pagesToLookIn(expected))) ?? (await lookIn(await this.#fetched(expected)));
    if (page === undefined) return false;
    while (this.#earliest() > page && !this.#closed) await this.loadEarlier();
    return this.#pages.timeline.message(id) !== undefined;
  }

  async markRead(number: number): Promise<void> {
    if (number > this.#parts.index.known.reader(this.chat).marker) await this.#parts.markRead(this.chat, number);
  }

  retry(id: EntryId): Promise<void> {
    return this.#parts.quarantine.retry(id);
  }

  discard(id: EntryId): Promise<void> {
    return this.#parts.quarantine.discard(id);
  }

  close(): void {
    this.#closed = true;
    for (const dispose of this.#disposes) dispose();
    this.#pages.close();
  }

  /** The newest first, but before all others the one that is expected to be it. */
  *#pagesToLookIn(expected: number | undefined): Generator<number> {
    const latest = this.#parts.index.known.latestPage(this.chat);
    const isNew = (page: number): boolean => !this.#closed && !this.#pages.has(page);
    const isPage = expected !== undefined && Number.isInteger(expected) && expected >= 1 && expected <= latest;
    if (isPage && isNew(expected)) yield expected;
    for (let page = latest; page >= 1; page -= 1) if (page !== expected && isNew(page)) yield page;
  }

  /** The page where a message is expected, when it was not whole here and has come now. */
  async #fetched(expected: number | undefined): Promise<readonly number[]> {
    const { device, fetch } = this.#parts;
    const [page] = this.#pagesToLookIn(expected);
    if (page === undefined || page !== expected || this.#closed) return [];
    const document = chatDocument(this.chat, page);
    const isWhole = (await device.meta.documentRecord(document))?.complete === true;
    return !isWhole && (await fetch(document)) ? [page] : [];
  }

  /** How many entries a later page holds, as far as this device knows. */
  #held(page: number): number {
    const { heads } = this.#parts.device;
    const number = (of: number): number => heads.get(chatDocument(this.chat, of))?.number ?? 0;
    return number(page) - number(page - 1);
  }

  #pageOf(target: EntryId): { readonly page: number } | undefined {
    const message = this.#pages.timeline.message(target);
    if (message !== undefined) return message;
    const place = placeOf(target);
    const page = place === undefined ? undefined : this.#pages.pageHolding(place);
    return page === undefined ? undefined : { page };
  }

  /** Where the last message with a place stands on the screen: what is written now comes after it. */
  #lastSeen(): Stamp | undefined {
    const { messages } = this.#pages.timeline;
    for (let index = messages.length - 1; index >= 0; index -= 1) {
      const message = messages[index];
      const placed = message === undefined ? undefined : placedStamp(message.stamp, message.arrival);
      if (placed !== undefined) return placed;
    }
    return undefined;
  }

  #show(): void {
    this.#parts.index.refresh(this.chat);
    this.#showUnread();
    this.hasEarlier.set(this.#earliest() > 1);
    this.complete.set(this.#pages.complete);
    const facts = this.#pages.facts(1);
    if (facts !== undefined) this.title.set(chatTitle(facts.values));
    this.#revision.set(this.#pages.revision);
  }

  /** The earliest page up to which the loaded ones have no hole, seen from the latest. */
  #earliest(): number {
    let page = this.#parts.index.known.latestPage(this.chat);
    if (!this.#pages.has(page)) return page + 1;
    while (this.#pages.has(page - 1)) page -= 1;
    return page;
  }

  #showReceipts(): void {
    const { receipts, me } = this.#parts;
    const told = receipts.of(this.chat).get();
    const withReading = settingOf(me.get(), 'read-receipts');
    if (told === this.#shown?.told && withReading === this.#shown.withReading) return;
    this.#shown = { told, withReading };
    this.receipts.set(withReading ? told : withoutReading(told));
  }

  #showUnread(): void {
    this.unread.set(this.#parts.index.numbers.get().get(this.chat) ?? 0);
  }

  /**
   * The server has opened another page: what is written from now on lies there. On a new device the inbox may tell of many at once;
   * then the latest are loaded, and the others are earlier ones.
   */
  #followPages(): void {
    const latest = this.#parts.index.known.latestPage(this.chat);
    for (let page = latest; page > latest - OPENING_PAGES && page >= 1 && !this.#pages.has(page); page -= 1) {
      void this.#pages.load(page).then(() => this.#show());
    }
  }

  #showFailed(): void {
    const failed = this.#parts.quarantine.of(
      (document) => document === chatDocument(this.chat) || document.startsWith(`${chatDocument(this.chat)}/`),
    );
    this.failed.set(
      failed.flatMap(({ id, action, code, state }) => {
        if (action === undefined) return [];
        const target = 'target' in action ? action.target : undefined;
        return [{ id, action, target, code, state: state === 'resend' ? 'resending' : 'failed' }];
      }),
    );
  }
}

/** The entry that an action asks for; undefined when its target is no id. Text is made well-formed, as everywhere. */
function entryOf(action: ChatAction): ChatEntry | undefined {
  const common = { stamp: stampAt(0), first: undefined };
  if (action.kind === 'message') return { ...common, kind: 'message', text: action.text.toWellFormed() };
  const target = placeOf(action.target);
  if (target === undefined) return undefined;
  switch (action.kind) {
    case 'edit':
      return { ...common, kind: 'edit', target, text: action.text.toWellFormed() };
    case 'retraction':
      return { ...common, kind: 'retraction', target };
    case 'reaction':
      return { ...common, kind: 'reaction', target, emoji: action.emoji };
  }
}
