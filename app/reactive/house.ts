/** What a signed-in person's device knows, as signals. The only place where the replica meets the interface. */
import { createContext, createMemo, createRoot, useContext, type Accessor } from 'solid-js';
import { companyOf, peopleOf, type Person } from '../../crdt/model/company/company-facts.ts';
import { inboxChats } from '../../crdt/model/inbox/inbox-facts.ts';
import { draftKey, draftOf, parseMeKey, readMarker } from '../../crdt/model/me/me-entries.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import { internalChatId, parseChatId, type ChatId, type CompanyId } from '../../crdt/model/protocol/document-name.ts';
import type { AppendOutcome, ChatView, ConnectionView, Replica, StorageView } from '../../crdt/replica/contract.ts';
import { watch } from './watch.ts';

export type People = ReadonlyMap<Account, Person>;

export interface House {
  /** Of this person's copy of this installation on this device; what else is kept for them carries it, too. */
  readonly namespace: string;
  readonly account: Account;
  readonly company: CompanyId;
  readonly connection: Accessor<ConnectionView>;
  readonly storage: Accessor<StorageView>;
  /** Own messages (and edits) on this device that the server has not acknowledged. */
  readonly waiting: Accessor<number>;
  readonly companyName: Accessor<string>;
  readonly people: Accessor<People>;
  /** The internal chat and every private chat that this device knows of. */
  readonly chats: Accessor<readonly ChatId[]>;
  readonly unread: Accessor<ReadonlyMap<ChatId, number>>;
  /** Reactive: the draft as it is stored, also when another device writes it. */
  draft(chat: ChatId): string;
  /** Keeps a draft on this device and the person's others; '' takes it away. */
  keepDraft(chat: ChatId, text: string): Promise<AppendOutcome>;
  /** Reactive: the arrival number up to which a chat is read; what came before joining is. */
  readUpTo(chat: ChatId): number;
  openChat(chat: ChatId): Promise<ChatView>;
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

function knownChats(
  chats: Iterable<ChatId>,
  mine: Iterable<string>,
  account: Account,
  company: CompanyId,
): readonly ChatId[] {
  const known = new Set<ChatId>([internalChatId(company), ...chats]);
  for (const key of mine) {
    const chat = parseMeKey(key)?.chat;
    if (chat !== undefined) known.add(chat);
  }
  return [...known].filter((chat) => isOwnChat(chat, account, company));
}

/** Wraps an open replica; owns it from now on. */
export function houseOf(replica: Replica, namespace: string, account: Account, company: CompanyId): House {
  return createRoot((dispose) => {
    const inbox = watch(replica.inbox.facts);
    const companyFacts = watch(replica.companyFacts.facts);
    const me = watch(replica.me.facts);
    const unread = watch(replica.unreadByChat);
    const waitingByChat = watch(replica.waitingByChat);
    const waiting = createMemo(() => [...waitingByChat().values()].reduce((sum, count) => sum + count, 0));
    const chatsInInbox = createMemo(() => inboxChats(inbox()));
    const companyName = createMemo(() => companyOf(companyFacts())?.name ?? '');
    const people = createMemo(() => peopleOf(companyFacts()));
    const chats = createMemo(
      () =>
        knownChats(
          [...chatsInInbox().keys(), ...unread().keys(), ...waitingByChat().keys()],
          me().keys(),
          account,
          company,
        ),
      [],
      { equals: (before, after) => before.length === after.length && before.every((chat, at) => chat === after[at]) },
    );
    return {
      namespace,
      account,
      company,
      connection: watch(replica.connection),
      storage: watch(replica.storage),
      waiting,
      companyName,
      people,
      chats,
      unread,
      draft: (chat) => draftOf(me(), chat),
      keepDraft: (chat, text) => replica.setMine(draftKey(chat), text === '' ? null : text),
      readUpTo: (chat) => Math.max(readMarker(me(), chat), chatsInInbox().get(chat)?.joined ?? 0),
      openChat: (chat) => replica.openChat(chat),
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
