/**
 * One device of one person, as the proofs drive it: the product's replica behind verbs whose answers are plain JSON, so that a
 * device in Chromium and one in Node look the same to a proof.
 */
import type { ChatAction } from '../../crdt/model/chat/entry.ts';
import type { TimelineMessage } from '../../crdt/model/chat/timeline.ts';
import type { AppendOutcome, ChatView, ConnectionView, Replica, StorageView } from '../../crdt/replica/contract.ts';
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';

/** A message as a person sees it, and where the server put it. */
export interface SeenMessage {
  readonly id: string;
  readonly author: number;
  readonly text: string;
  readonly edited: boolean;
  readonly reactions: string;
  /** Arrival number; 0 while it is waiting. */
  readonly number: number;
}

export interface Sight {
  readonly messages: readonly SeenMessage[];
  readonly unread: number;
  readonly failed: readonly { readonly id: string; readonly code: string }[];
}

export interface DeviceStatus {
  readonly connection: ConnectionView['kind'];
  readonly storage: StorageView['kind'];
  readonly waiting: number;
  /** Unread numbers of all chats, by chat id. */
  readonly unread: Readonly<Record<string, number>>;
}

/** A receipt that the device has shown: the entry `id` counts as sent. */
export interface Receipt {
  readonly id: string;
  readonly number: number;
}

export interface Device {
  append(chat: ChatId, action: ChatAction): Promise<AppendOutcome>;
  /** What is in hand of a chat now, in order. */
  see(chat: ChatId): Promise<Sight>;
  /** Loads the earlier pages until there are none. */
  loadAll(chat: ChatId): Promise<void>;
  markRead(chat: ChatId, number: number): Promise<void>;
  status(): Promise<DeviceStatus>;
  /** Receipts of own messages that became visible since the last call. */
  receipts(): Promise<readonly Receipt[]>;
  wake(): Promise<void>;
  /** Resolves when nothing waits, in the device's own view; false when that took longer. */
  allSent(withinMs: number): Promise<boolean>;
  stop(): Promise<void>;
}

const seen = (message: TimelineMessage): SeenMessage => ({
  id: message.id,
  author: message.author,
  text: message.text,
  edited: message.edited,
  reactions: message.reactions.map(({ emoji, accounts }) => `${emoji}:${accounts.join(',')}`).join(' '),
  number: message.arrival?.number ?? 0,
});

/** Resolves true as soon as `holds` does, asked after each change; false when it never did within the time. */
export function until(
  changes: readonly { subscribe(listener: () => void): () => void }[],
  holds: () => boolean,
  withinMs: number,
): Promise<boolean> {
  if (holds()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const finish = (held: boolean): void => {
      clearTimeout(timer);
      for (const dispose of disposes) dispose();
      resolve(held);
    };
    const timer = setTimeout(() => finish(holds()), withinMs);
    const disposes = changes.map((change) => change.subscribe(() => holds() && finish(true)));
  });
}

/** Drives a replica. Chats stay open once they are used. */
export function driveReplica(replica: Replica): Device {
  const chats = new Map<ChatId, Promise<ChatView>>();
  const unreceipted = new Map<ChatId, Set<string>>();
  let receipts: Receipt[] = [];

  const collectReceipts = (view: ChatView): void => {
    const open = unreceipted.get(view.chat);
    if (open === undefined || open.size === 0) return;
    const messages = view.messages.get();
    for (let index = messages.length - 1; index >= 0 && open.size > 0; index -= 1) {
      const message = messages[index];
      if (message?.arrival !== undefined && open.delete(message.id)) {
        receipts.push({ id: message.id, number: message.arrival.number });
      }
    }
  };

  const chatOf = (chat: ChatId): Promise<ChatView> => {
    const known = chats.get(chat);
    if (known !== undefined) return known;
    const opening = replica.openChat(chat).then((view) => {
      view.messages.subscribe(() => collectReceipts(view));
      return view;
    });
    chats.set(chat, opening);
    return opening;
  };

  return {
    async append(chat, action) {
      const view = await chatOf(chat);
      const outcome = await view.append(action);
      if (outcome.kind === 'waiting' && action.kind === 'message') {
        const open = unreceipted.get(chat) ?? new Set();
        unreceipted.set(chat, open.add(outcome.id));
        collectReceipts(view);
      }
      return outcome;
    },
    async see(chat) {
      const view = await chatOf(chat);
      return {
        messages: view.messages.get().map(seen),
        unread: view.unread.get(),
        failed: view.failed.get().map(({ id, code }) => ({ id, code })),
      };
    },
    async loadAll(chat) {
      const view = await chatOf(chat);
      while (view.hasEarlier.get()) await view.loadEarlier();
    },
    async markRead(chat, number) {
      await (await chatOf(chat)).markRead(number);
    },
    status: () =>
      Promise.resolve({
        connection: replica.connection.get().kind,
        storage: replica.storage.get().kind,
        waiting: replica.waiting.get(),
        unread: Object.fromEntries(replica.unreadByChat.get()),
      }),
    receipts() {
      const fresh = receipts;
      receipts = [];
      return Promise.resolve(fresh);
    },
    wake: () => Promise.resolve(replica.wake()),
    allSent: (withinMs) => until([replica.waiting], () => replica.waiting.get() === 0, withinMs),
    stop: () => replica.stop(),
  };
}
