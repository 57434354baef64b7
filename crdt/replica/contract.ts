/** What the replica offers to the app, the service worker, bots and proofs. Nothing in here is a Yjs type. */
import type { ChatAction } from '../model/chat/entry.ts';
import type { LatestMessage } from '../model/chat/digest.ts';
import type { Receipts } from '../model/chat/receipts.ts';
import type { TimelineMessage } from '../model/chat/timeline.ts';
import type { Json } from '../model/log/append.ts';
import type { EntryId } from '../model/log/entry-id.ts';
import type { Account } from '../model/log/writer.ts';
import type { ChatId, CompanyId } from '../model/protocol/document-name.ts';

/** A value that changes. `subscribe` calls back after each change (not at once) and returns its dispose. */
export interface Watchable<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** Everything from outside; tests and Node clients pass their own. */
export interface ReplicaEnvironment {
  /** Origin of the installation, e.g. `https://chat.example.de`. */
  readonly origin: string;
  readonly account: Account;
  readonly company: CompanyId;
  /** Prefix of database, lock and channel names; one per installation, account and device. */
  readonly namespace: string;
  readonly nowMs: () => number;
  readonly random32: () => number;
  readonly fetch: typeof fetch;
  readonly WebSocket: typeof WebSocket;
  /**
   * Resolves when what lies on the device is drawn; the network begins then, or two seconds after the start. Until then only the top
   * of the chat list may be told (see `whole`). Without it, all is told and the network begins at once.
   */
  readonly drawn?: Promise<unknown>;
  /** The page draws first what the top of the chat list does not tell: all is told at once, and the network waits all the same. */
  readonly wholeAtOnce?: boolean;
  /** What the browser tells of its storage for this origin; where it is missing, or tells nothing, only a full disk stops history. */
  readonly storageUse?: () => Promise<StorageUse>;
  /** Bounds of waiting; defaults suit people, proofs shorten them. */
  readonly timings?: Partial<ReplicaTimings>;
}

export interface StorageUse {
  readonly usedBytes: number | undefined;
  readonly quotaBytes: number | undefined;
}

export interface ReplicaTimings {
  /** No frame for so long: the line counts as dead. The server sends one every 10 s. */
  readonly silenceMs: number;
  /** First and longest pause between attempts to connect. */
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** An own entry without receipt for so long on a living line: ask again. */
  readonly receiptMs: number;
  /** Pause between asking whether there is room for history again. */
  readonly roomMs: number;
}

export type ConnectionView =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline'; readonly sinceMs: number }
  /** The session ended; nothing is lost, the person must sign in again. */
  | { readonly kind: 'signed-out' }
  /** Client and server speak different protocol versions: the app must be updated (or waits for the server to be). */
  | { readonly kind: 'outdated' }
  /** The server answers, but the code that talks to it could not be loaded: the app must be loaded anew. It is tried on. */
  | { readonly kind: 'code-missing' };

export type StorageView =
  | { readonly kind: 'ok' }
  | { readonly kind: 'full' }
  | { readonly kind: 'failed'; readonly detail: string };

/** How far earlier pages are on this device, which are fetched beside everything else. In pages of all the person's chats. */
export type HistoryView =
  /** Not looked yet, or the tab that does it has not told. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'whole'; readonly total: number }
  /**
   * `waiting`: there is no line, or something more urgent goes on. `paused`: by the person, on this device. `no-room`: it goes on by
   * itself when there is some.
   */
  | {
      readonly kind: 'fetching' | 'waiting' | 'paused' | 'no-room';
      readonly left: number;
      readonly total: number;
    };

/** What was found damaged, shortened or gone in this device's copy. Told until it is acknowledged, in all tabs. */
export type RepairView =
  | { readonly kind: 'none' }
  /** Is being fetched from the server, as soon as it can be reached; what can be read is shown. */
  | { readonly kind: 'repairing'; readonly documents: number; readonly mayLackOwn: boolean }
  /** Everything that the server has is here again. */
  | { readonly kind: 'repaired'; readonly documents: number; readonly mayLackOwn: boolean };

export type AppendOutcome =
  /** Durable on this device. */
  | { readonly kind: 'waiting'; readonly id: EntryId }
  /** Nothing was kept; the caller still has the text. */
  | { readonly kind: 'storage-full' }
  | { readonly kind: 'storage-failed'; readonly detail: string }
  /** Against the rules that client and server share, e.g. `text`. */
  | { readonly kind: 'refused'; readonly detail: string };

/** What the person is told of an own entry. */
export type DeliveryState = 'waiting' | 'sent' | 'failed';

export interface FailedEntry {
  readonly id: EntryId;
  readonly action: ChatAction;
  /** What an edit, a retraction or a reaction is about. */
  readonly target: EntryId | undefined;
  readonly code: string;
  /** `resending`: it goes out again by itself; `failed`: the person decides. */
  readonly state: 'resending' | 'failed';
}

/** What a list shows of a chat, from local data. */
export interface ChatSummary {
  readonly chat: ChatId;
  readonly latest: LatestMessage | undefined;
}

export interface ChatView {
  readonly chat: ChatId;
  /** Messages of the pages that are loaded, in order. The same array as long as nothing changed. */
  readonly messages: Watchable<readonly TimelineMessage[]>;
  /** The message with an id; undefined when it is not in `messages`. */
  message(id: EntryId): TimelineMessage | undefined;
  /** Where a message stands in `messages`, or -1, without looking through them. */
  indexOf(id: EntryId): number;
  /** Messages of the loaded pages that arrived after a number, in the order of their arrival; costs what it answers. */
  arrivedAfter(number: number): readonly TimelineMessage[];
  /** Exact: messages of others past the read marker, in all pages. */
  readonly unread: Watchable<number>;
  /** Own entries that the server refused for good; their text is kept. */
  readonly failed: Watchable<readonly FailedEntry[]>;
  readonly title: Watchable<string | undefined>;
  readonly hasEarlier: Watchable<boolean>;
  /** False until this device has had the chat in step with the server once. */
  readonly complete: Watchable<boolean>;
  /** How far the others have got, as last told; nobody's reading while one keeps one's own to oneself. */
  readonly receipts: Watchable<Receipts>;
  /** Resolves when the entry is durable on this device, before it is visible. */
  append(action: ChatAction): Promise<AppendOutcome>;
  /** Loads the page before the earliest loaded one; resolves when it is in `messages`. With a line, one that is not here is fetched. */
  loadEarlier(): Promise<void>;
  /**
   * Loads page after page back to the one in which a message lies; true when it is in `messages`. False when it is gone, or this device
   * does not hold it; then nothing more is loaded than before. `page` is where it is expected: it is looked for there first, and with a
   * line that page is fetched.
   */
  loadUpTo(id: EntryId, page?: number): Promise<boolean>;
  /** Moves the read marker up to an arrival number; never back. */
  markRead(number: number): Promise<void>;
  /** Sends a failed entry again, or drops it for good. */
  retry(id: EntryId): Promise<void>;
  discard(id: EntryId): Promise<void>;
  close(): void;
}

/** The latest value per key of a document of `set` entries. */
export interface FactsView {
  readonly facts: Watchable<ReadonlyMap<string, Json>>;
  close(): void;
}

export interface Replica {
  readonly connection: Watchable<ConnectionView>;
  readonly storage: Watchable<StorageView>;
  /** `mayLackOwn`: something unsent may have been in what can't be read; else everything unsent was kept. */
  readonly repairs: Watchable<RepairView>;
  acknowledgeRepairs(): void;
  readonly history: Watchable<HistoryView>;
  /** On this device, until it is ended; in all tabs. */
  pauseHistory(paused: boolean): Promise<void>;
  /** Nothing of this namespace was on the device when the replica was opened: a first start, or the browser has evicted it. */
  readonly freshCopy: boolean;
  /** What of one's own on this device the server has not acknowledged: messages, however often changed, and values of `me`. */
  readonly waiting: Watchable<number>;
  /** The same for each chat that has any, without what the person's devices share (drafts, markers). */
  readonly waitingByChat: Watchable<ReadonlyMap<ChatId, number>>;
  /** Own entries that the server has refused for good, for each chat that has any; their text is kept. */
  readonly failedByChat: Watchable<ReadonlyMap<ChatId, number>>;
  readonly inbox: FactsView;
  readonly companyFacts: FactsView;
  readonly me: FactsView;
  /** Sets a key of the `me` document; durable on this device when it resolves. */
  setMine(key: string, value: Json): Promise<AppendOutcome>;
  openChat(chat: ChatId): Promise<ChatView>;
  /**
   * False while a start has told no more than the top of the chat list: `inbox`, `unreadByChat` and `summaries` follow, all people of
   * the company, and the read markers in `me`.
   */
  readonly whole: Watchable<boolean>;
  /** Resolves when it is true, without waiting for what is drawn. */
  tellWhole(): Promise<void>;
  /** Exact unread numbers of all chats, from local data. Of those that are not 0 while not all is told. */
  readonly unreadByChat: Watchable<ReadonlyMap<ChatId, number>>;
  /** The newest message of each chat of which this device holds something. An object is the same as long as nothing changed. */
  readonly summaries: Watchable<ReadonlyMap<ChatId, ChatSummary>>;
  /** Tells the replica of a network change or that the page became visible: it tries to connect at once. */
  wake(): void;
  /** Tells the replica that the network is gone: the line is given up at once, not after a silence. */
  networkLost(): void;
  /** Closes everything cleanly; what is durable stays. */
  stop(): Promise<void>;
}

/** Opens the replica from local data alone; resolves when company, me and the top of the chat list are readable, network or not. */
export type OpenReplica = (environment: ReplicaEnvironment) => Promise<Replica>;
