/** What a signed-in person's device knows, as signals. The only place where the replica meets the interface. */
import { createContext, createMemo, createRoot, useContext, type Accessor } from 'solid-js';
import { companyOf } from '../../crdt/model/company/company-facts.ts';
import { PeopleReader, type People } from '../../crdt/model/company/people-reader.ts';
import { inboxChats } from '../../crdt/model/inbox/inbox-facts.ts';
import {
  draftKey,
  draftOf,
  markedChats,
  markKey,
  parseMeKey,
  readMarker,
  settingKey,
  settingOf,
  type ChatMark,
} from '../../crdt/model/me/me-entries.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import { internalChatId, parseChatId, type ChatId, type CompanyId } from '../../crdt/model/protocol/document-name.ts';
import type {
  AppendOutcome,
  ChatSummary,
  ChatView,
  ConnectionView,
  HistoryView,
  Replica,
  RepairView,
  StorageView,
} from '../../crdt/replica/contract.ts';
import { createGathering } from './gather.ts';
import { watch } from './watch.ts';

/** Numbers and previews of the lists change so often at most: more nobody can read. */
const LISTS_MS = 200;

export interface House {
  /** Of this person's copy of this installation on this device; what else is kept for them carries it, too. */
  readonly namespace: string;
  readonly account: Account;
  readonly company: CompanyId;
  /** This start found no copy on the device: the first one here, or the browser has deleted it. */
  readonly freshCopy: boolean;
  readonly connection: Accessor<ConnectionView>;
  readonly storage: Accessor<StorageView>;
  /** What was damaged of the copy on this device; told until it is acknowledged. */
  readonly repairs: Accessor<RepairView>;
  acknowledgeRepairs(): void;
  /** How far earlier messages are on this device. */
  readonly history: Accessor<HistoryView>;
  /** On this device, in all tabs. */
  pauseHistory(paused: boolean): Promise<void>;
  /** Own messages (and edits) on this device that the server has not acknowledged. */
  readonly waiting: Accessor<number>;
  /** The same for each chat that has any. */
  readonly waitingByChat: Accessor<ReadonlyMap<ChatId, number>>;
  /** What the person's own devices share and the server does not have yet: drafts, markers, settings. */
  readonly waitingMine: Accessor<number>;
  /** Own entries that the server has refused for good, for each chat that has any. */
  readonly failedByChat: Accessor<ReadonlyMap<ChatId, number>>;
  readonly companyName: Accessor<string>;
  /** Who has not changed is the same object, so a row follows its own person only. */
  readonly people: Accessor<People>;
  /** The internal chat and every private chat that this device knows of. */
  readonly chats: Accessor<readonly ChatId[]>;
  readonly unread: Accessor<ReadonlyMap<ChatId, number>>;
  /** Of all chats that are not muted (C9, C12). */
  readonly totalUnread: Accessor<number>;
  /** The newest message of each chat of which this device holds something; the same object as long as it is the same. */
  readonly summaries: Accessor<ReadonlyMap<ChatId, ChatSummary>>;
  readonly pinned: Accessor<ReadonlySet<ChatId>>;
  readonly muted: Accessor<ReadonlySet<ChatId>>;
  readonly muteAll: Accessor<boolean>;
  readonly readReceipts: Accessor<boolean>;
  /** These are kept on this device and follow to the person's others. */
  setPinned(chat: ChatId, pinned: boolean): Promise<AppendOutcome>;
  setMuted(chat: ChatId, muted: boolean): Promise<AppendOutcome>;
  setMuteAll(muted: boolean): Promise<AppendOutcome>;
  setReadReceipts(told: boolean): Promise<AppendOutcome>;
  /** Reactive: the draft as it is stored, also when another device writes it. */
  draft(chat: ChatId): string;
  /** Keeps a draft on this device and the person's others; '' takes it away. */
  keepDraft(chat: ChatId, text: string): Promise<AppendOutcome>;
  /** Reactive: the arrival number up to which a chat is read; what came before joining is. */
  readUpTo(chat: ChatId): number;
  openChat(chat: ChatId): Promise<ChatView>;
  /** Resolves when everything is known that this device holds; a start begins with the top of the chat list. */
  tellWhole(): Promise<void>;
  wake(): void;
  networkLost(): void;
  /** Closes the replica; what is durable stays. */
  close(): Promise<void>;
}

/** True for chats that the person takes part in by arithmetic alone. */
export function isOwnChat(chat: ChatId, account: Account, company: CompanyId): boolean {
  const kind = parseChatId(chat);
  if (kind === undefined) return false;
  return kind.kind === 'internal' ? kind.company === company : kind.accounts.includes(account);
}

const NO_CHATS: ReadonlySet<ChatId> = new Set();

/** A memo of a set that is the same set as long as its members are. */
function stableSet(members: () => ReadonlySet<ChatId>): Accessor<ReadonlySet<ChatId>> {
  return createMemo(members, NO_CHATS, { equals: (before, after) => isSameSet(before, after) });
}

const isSameSet = (before: ReadonlySet<ChatId>, after: ReadonlySet<ChatId>): boolean =>
  before.size === after.size && [...after].every((chat) => before.has(chat));

/** Chats that the person's devices have said something of. */
function chatsOf(mine: Iterable<string>): ReadonlySet<ChatId> {
  const chats = new Set<ChatId>();
  for (const key of mine) {
    const parsed = parseMeKey(key);
    if (parsed !== undefined && parsed.kind !== 'setting') chats.add(parsed.chat);
  }
  return chats;
}

/** Wraps an open replica; owns it from now on. */
export function houseOf(replica: Replica, namespace: string, account: Account, company: CompanyId): House {
  return createRoot((dispose) => {
    const inbox = watch(replica.inbox.facts);
    const companyFacts = watch(replica.companyFacts.facts);
    const me = watch(replica.me.facts);
    const lists = createGathering(LISTS_MS);
    const unread = lists.watch(replica.unreadByChat);
    const waitingByChat = watch(replica.waitingByChat);
    const allWaiting = watch(replica.waiting);
    const waiting = createMemo(() => [...waitingByChat().values()].reduce((sum, count) => sum + count, 0));
    const chatsInInbox = createMemo(() => inboxChats(inbox()));
    const companyName = createMemo(() => companyOf(companyFacts())?.name ?? '');
    const peopleReader = new PeopleReader();
    const people = createMemo(() => peopleReader.read(companyFacts()));
    const whole = watch(replica.whole);
    const pinned = stableSet(() => markedChats(me(), 'pin'));
    const summaries = lists.watch(replica.summaries);
    // Each source by itself: a thousand chats are not gone through because a draft has changed. At first the top of the list is enough.
    const sources = [
      stableSet(() => new Set(whole() ? chatsInInbox().keys() : summaries().keys())),
      stableSet(() => new Set(whole() ? unread().keys() : [])),
      stableSet(() => new Set(waitingByChat().keys())),
      stableSet(() => (whole() ? chatsOf(me().keys()) : pinned())),
    ];
    const chats = createMemo(() => {
      const known = new Set<ChatId>([internalChatId(company)]);
      for (const source of sources) for (const chat of source()) known.add(chat);
      return [...known].filter((chat) => isOwnChat(chat, account, company));
    });
    const waitingMine = createMemo(() => allWaiting() - waiting());
    const muteAll = createMemo(() => settingOf(me(), 'mute-all'));
    const readReceipts = createMemo(() => settingOf(me(), 'read-receipts'));
    const muted = stableSet(() => markedChats(me(), 'mute'));
    const totalUnread = createMemo(() => {
      let total = 0;
      for (const [chat, number] of unread()) if (!muted().has(chat)) total += number;
      return total;
    });
    const mark = (kind: ChatMark, chat: ChatId, marked: boolean): Promise<AppendOutcome> =>
      replica.setMine(markKey(kind, chat), marked ? true : null);
    return {
      namespace,
      account,
      company,
      freshCopy: replica.freshCopy,
      connection: watch(replica.connection),
      storage: watch(replica.storage),
      repairs: watch(replica.repairs),
      history: watch(replica.history),
      pauseHistory: (paused) => replica.pauseHistory(paused),
      acknowledgeRepairs: () => replica.acknowledgeRepairs(),
      waiting,
      waitingByChat,
      waitingMine,
      failedByChat: watch(replica.failedByChat),
      companyName,
      people,
      chats,
      unread,
      totalUnread,
      summaries,
      pinned,
      muted,
      muteAll,
      readReceipts,
      setPinned: (chat, is) => mark('pin', chat, is),
      setMuted: (chat, is) => mark('mute', chat, is),
      setMuteAll: (is) => replica.setMine(settingKey('mute-all'), is),
      setReadReceipts: (is) => replica.setMine(settingKey('read-receipts'), is),
      draft: (chat) => draftOf(me(), chat),
      keepDraft: (chat, text) => replica.setMine(draftKey(chat), text === '' ? null : text),
      readUpTo: (chat) => Math.max(readMarker(me(), chat), chatsInInbox().get(chat)?.joined ?? 0),
      openChat: (chat) => replica.openChat(chat),
      tellWhole: () => replica.tellWhole(),
      wake: () => replica.wake(),
      networkLost: () => replica.networkLost(),
      async close() {
        dispose();
        await replica.stop();
      },
    };
  });
}

const HouseContext = createContext<House>();
export const HouseProvider = HouseContext.Provider;

export function useHouse(): House {
  const house = useContext(HouseContext);
  if (house === undefined) throw new Error('no house around this component');
  return house;
}
