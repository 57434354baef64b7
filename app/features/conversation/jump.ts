/**
 * The way to the message that the address names. Its pages come in first, one after the other, while all else goes on; whoever takes the
 * timeline into their own hands meanwhile stays where they are.
 */
import { useLocation, useNavigate } from '@solidjs/router';
import {
  batch,
  createEffect,
  createRoot,
  createSelector,
  createSignal,
  on,
  onCleanup,
  untrack,
  type Accessor,
} from 'solid-js';
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import { texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { nextTurn } from '../../reactive/in-turns.ts';
import { askedMessage, type AskedMessage } from '../../shell/message-address.ts';
import { showToast } from '../../ui/Toasts.tsx';

/** Most messages are there sooner than anybody asks what is going on. */
const SAID_AFTER_MS = 400;
/** The eye has found it by then. */
const MARKED_MS = 4_000;
/** So many messages fill the upper half of a tall screen. */
const AROUND = 40;

interface JumpParts {
  readonly conversation: Conversation;
  /** What the server has of this chat is still on its way. */
  readonly stillComes: Accessor<boolean>;
  /** Brings a message in hand into the middle of the view; returns its row. */
  readonly arrive: (id: EntryId) => HTMLElement | undefined;
}

export interface Jump {
  /** On its way. */
  readonly isPending: Accessor<boolean>;
  /** And so for a moment already. */
  readonly isLong: Accessor<boolean>;
  /** True for the message that was gone to, for a moment. */
  readonly isMarked: (id: EntryId) => boolean;
  /** The person goes elsewhere. */
  cancel(): void;
}

export function createJump({ conversation, stillComes, arrive }: JumpParts): Jump {
  const location = useLocation();
  const navigate = useNavigate();
  const [isPending, setPending] = createSignal(false);
  const [isLong, setLong] = createSignal(false);
  const [marked, setMarked] = createSignal<EntryId>();
  let saying: ReturnType<typeof setTimeout> | undefined;
  let marking: ReturnType<typeof setTimeout> | undefined;
  let going = new AbortController();
  /** Marks the entry of the history of which this has been seen: whoever opens the same address again comes without it. */
  let taken: object | undefined;

  function cancel(): void {
    going.abort();
    clearTimeout(saying);
    batch(() => {
      setLong(false);
      setPending(false);
    });
  }

  /** A new device gets first what is asked for: resolves when the message has come, or nothing more does. */
  const untilHere = (id: EntryId, signal: AbortSignal): Promise<void> =>
    createRoot((dispose) => {
      signal.addEventListener('abort', dispose, { once: true });
      return new Promise((resolve) => {
        createEffect(() => {
          conversation.messages();
          if (stillComes() && conversation.message(id) === undefined) return;
          resolve();
        });
      });
    });

  async function load({ id, page }: AskedMessage, signal: AbortSignal): Promise<EntryId | undefined> {
    if (id === undefined) return undefined;
    // What can't be read now is not there now.
    const isInHand = (): Promise<boolean> => conversation.loadUpTo(id, page).catch(() => false);
    let found = await isInHand();
    if (!found && untrack(stillComes)) {
      await untilHere(id, signal);
      found = await isInHand();
    }
    if (!found) return undefined;
    // It stands among others, though its page begins with it.
    if (conversation.indexOf(id) < AROUND && untrack(conversation.hasEarlier)) await conversation.loadEarlier();
    return id;
  }

  async function go(asked: AskedMessage): Promise<void> {
    cancel();
    going = new AbortController();
    const { signal } = going;
    setPending(true);
    saying = setTimeout(() => setLong(true), SAID_AFTER_MS);
    const id = await load(asked, signal);
    if (signal.aborted) return;
    if (id === undefined) showToast({ key: 'message-address', title: texts().conversation.messageGone, icon: 'chat' });
    else {
      const row = arrive(id);
      // Drawing it is a turn's work.
      await nextTurn();
      if (signal.aborted) return;
      mark(id, row);
    }
    cancel();
  }

  function mark(id: EntryId, row: HTMLElement | undefined): void {
    clearTimeout(marking);
    setMarked(id);
    marking = setTimeout(() => setMarked(undefined), MARKED_MS);
    // Who goes on by keyboard goes on from there; a screen reader reads it, with what it says of being marked.
    row?.focus({ preventScroll: true });
  }

  createEffect(
    on([() => location.search, () => location.state], ([search, state]) => {
      if (taken !== undefined && state === taken) return;
      const isHere = location.pathname === `/chats/${conversation.chat}`;
      const asked = isHere ? askedMessage(search) : undefined;
      if (asked === undefined) return cancel();
      taken = { ...state };
      navigate(location.pathname + search, { replace: true, scroll: false, state: taken });
      void go(asked);
    }),
  );
  onCleanup(() => {
    cancel();
    clearTimeout(marking);
  });
  const isMarked = createSelector(marked);
  return { isPending, isLong, isMarked, cancel };
}
