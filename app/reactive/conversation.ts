/** One open chat as signals, and the way of a text from the composer into it. */
import { batch, createRoot, createSignal, onCleanup, type Accessor } from 'solid-js';
import type { TimelineMessage } from '../../crdt/model/chat/timeline.ts';
import type { Receipts } from '../../crdt/model/chat/receipts.ts';
import type { EntryId } from '../../crdt/model/log/entry-id.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { AppendOutcome, ChatView, FailedEntry } from '../../crdt/replica/contract.ts';
import { createEditing, type Editing } from './editing.ts';
import type { House } from './house.ts';
import { createGathering } from './gather.ts';
import { watch } from './watch.ts';

/** Messages of others show so often at most; the first of them, and one's own, at once. */
const MESSAGES_MS = 100;

/** A text on its way to the device's storage: not yet part of the conversation. */
export interface Saving {
  readonly key: string;
  readonly text: string;
}

export interface Conversation extends Editing {
  readonly chat: ChatId;
  readonly messages: Accessor<readonly TimelineMessage[]>;
  readonly unread: Accessor<number>;
  readonly failed: Accessor<readonly FailedEntry[]>;
  readonly title: Accessor<string | undefined>;
  readonly hasEarlier: Accessor<boolean>;
  readonly complete: Accessor<boolean>;
  readonly saving: Accessor<readonly Saving[]>;
  /** How far the others have got. */
  readonly receipts: Accessor<Receipts>;
  /** Cheap lookups in `messages`, at the time of the call. */
  message(id: EntryId): TimelineMessage | undefined;
  indexOf(id: EntryId): number;
  /** Messages in hand that arrived after a number, in the order of their arrival. */
  arrivedAfter(number: number): readonly TimelineMessage[];
  /** Shows the text as "saving" until it is durable or known not to be. */
  send(text: string): Promise<AppendOutcome>;
  loadEarlier(): Promise<void>;
  /** Loads the pages back to a message, `page` being where it is expected; false when it is not on this device. */
  loadUpTo(id: EntryId, page: number | undefined): Promise<boolean>;
  markRead(number: number): Promise<void>;
  retry(id: EntryId): Promise<void>;
  discard(id: EntryId): Promise<void>;
  /** Deletes an own message, for everyone. */
  retract(id: EntryId): Promise<AppendOutcome>;
}

function conversationOf(view: ChatView, me: Account): Conversation {
  const coming = createGathering(MESSAGES_MS);
  const messages = coming.watch(view.messages);
  const failed = watch(view.failed);
  const [saving, setSaving] = createSignal<readonly Saving[]>([]);
  let sent = 0;
  async function send(text: string): Promise<AppendOutcome> {
    const key = `saving-${(sent += 1)}`;
    setSaving((texts) => [...texts, { key, text }]);
    try {
      return await view.append({ kind: 'message', text });
    } finally {
      batch(() => {
        coming.tell();
        setSaving((texts) => texts.filter((one) => one.key !== key));
      });
    }
  }
  /** What one does oneself is shown when it is done. */
  async function shown<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      coming.tell();
    }
  }
  const editing = createEditing({ view, me, messages, failed, send });
  return {
    ...editing,
    edit: (id, text) => shown(editing.edit(id, text)),
    chat: view.chat,
    messages,
    unread: coming.watch(view.unread),
    failed,
    title: watch(view.title),
    hasEarlier: watch(view.hasEarlier),
    complete: watch(view.complete),
    saving,
    receipts: watch(view.receipts),
    message: (id) => view.message(id),
    indexOf: (id) => view.indexOf(id),
    arrivedAfter: (number) => view.arrivedAfter(number),
    send,
    loadEarlier: () => shown(view.loadEarlier()),
    loadUpTo: (id, page) => shown(view.loadUpTo(id, page)),
    markRead: (number) => view.markRead(number),
    retry: (id) => view.retry(id),
    discard: (id) => view.discard(id),
    retract: (id) => shown(view.append({ kind: 'retraction', target: id })),
  };
}

export type OpenedConversation =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly conversation: Conversation }
  | { readonly kind: 'failed'; readonly detail: string };

/** Opens a chat for as long as the owner lives. Call it once per chat, e.g. under a keyed Show. */
export function openConversation(house: House, chat: ChatId): Accessor<OpenedConversation> {
  const [opened, setOpened] = createSignal<OpenedConversation>({ kind: 'opening' });
  let gone = false;
  let close: (() => void) | undefined;
  onCleanup(() => {
    gone = true;
    close?.();
  });
  house.openChat(chat).then(
    (view) => {
      if (gone) {
        view.close();
        return;
      }
      createRoot((dispose) => {
        close = () => {
          dispose();
          view.close();
        };
        setOpened({ kind: 'open', conversation: conversationOf(view, house.account) });
      });
    },
    (cause: unknown) => setOpened({ kind: 'failed', detail: String(cause) }),
  );
  return opened;
}
