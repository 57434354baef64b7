/** The text in the input while an own message is being changed; what is typed of it ends only saved, given up, or in the draft. */
import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import type { AppendOutcome } from '../../../crdt/replica/contract.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import type { Edited } from '../../reactive/editing.ts';
import type { House } from '../../reactive/house.ts';
import { keepBeforeLeaving } from '../../shell/unsaved.ts';
import { forgetEdit, notedEdit, noteEdit, onEditForgotten, type EditNote } from './edit-note.ts';

/** As for drafts: a pause in typing. */
const KEEP_AFTER_MS = 700;

export interface Edit {
  /** The message that is being changed. */
  readonly edited: Accessor<Edited | undefined>;
  readonly text: Accessor<string>;
  type(text: string): void;
  /** Ends it and leaves the message as it was; returns what was typed, for whom it was a mistake. */
  giveUp(): EditNote | undefined;
  /** Takes up again what was given up; false when the message is gone. */
  takeUp(note: EditNote): boolean;
  /** Ends it when the text is kept on the device. */
  save(text: string): Promise<AppendOutcome>;
}

type Parts = Pick<Conversation, 'chat' | 'editing' | 'startEdit' | 'cancelEdit' | 'edit'>;

/** `onHomeless` gets what was typed when its message is gone, or another one is being changed instead. */
export function createEdit(house: House, conversation: Parts, onHomeless: (text: string) => void): Edit {
  const { chat, editing } = conversation;
  const [typed, setTyped] = createSignal<EditNote>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Ends by the person's will; what was typed of it is no concern any more. */
  let ending: EntryId | undefined;

  const text = (): string => {
    const edited = editing();
    const note = typed();
    return note !== undefined && note.id === edited?.id ? note.text : (edited?.text ?? '');
  };
  const note = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const now = untrack(typed);
    if (now === undefined || now.text === untrack(editing)?.text) forgetEdit(house, chat);
    else noteEdit(house, chat, now);
  };
  function takeUp(earlier: EditNote): boolean {
    if (!conversation.startEdit(earlier.id)) return false;
    setTyped(earlier);
    note();
    return true;
  }

  const earlier = notedEdit(house, chat);
  if (earlier !== undefined && !takeUp(earlier)) {
    forgetEdit(house, chat);
    onHomeless(earlier.text);
  }

  createEffect(
    on(editing, (now, before) => {
      if (before === undefined || now?.id === before.id) return;
      const left = untrack(typed);
      if (left?.id === before.id && left.text !== before.text && ending !== before.id) onHomeless(left.text);
      ending = undefined;
      if (left?.id !== now?.id) setTyped(undefined);
      note();
    }),
  );
  // Taken up here as well when this tab came to the chat: ends with the tab that went on with it.
  const unwatch = onEditForgotten(house, chat, () => {
    const now = untrack(typed);
    if (now === undefined || now.text !== earlier?.text) return;
    ending = now.id;
    conversation.cancelEdit();
  });
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') note();
  };
  document.addEventListener('visibilitychange', onHide);
  const forget = keepBeforeLeaving(() => Promise.resolve(note()));
  onCleanup(() => {
    document.removeEventListener('visibilitychange', onHide);
    unwatch();
    forget();
    note();
  });

  return {
    edited: editing,
    text,
    takeUp,
    type(value) {
      const edited = editing();
      if (edited === undefined) return;
      setTyped({ id: edited.id, text: value });
      clearTimeout(timer);
      timer = setTimeout(note, KEEP_AFTER_MS);
    },
    giveUp() {
      const edited = editing();
      if (edited === undefined) return undefined;
      const left = untrack(typed);
      ending = edited.id;
      conversation.cancelEdit();
      return left !== undefined && left.id === edited.id && left.text !== edited.text ? left : undefined;
    },
    async save(value) {
      const edited = editing();
      if (edited === undefined) return { kind: 'refused', detail: 'nothing is being edited' };
      ending = edited.id;
      const outcome = await conversation.edit(edited.id, value);
      if (outcome.kind !== 'waiting') ending = undefined;
      return outcome;
    },
  };
}
