/** The text in the input and its stored draft: kept on this device soon after the last key, followed when another tab or device writes. */
import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';
import { LIMITS } from '../../../crdt/model/log/limits.ts';
import { mergeTexts } from '../../../crdt/model/me/merge-texts.ts';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { House } from '../../reactive/house.ts';
import { keepBeforeLeaving } from '../../shell/unsaved.ts';
import {
  forgetLastMoment,
  forgetSending,
  lastMoment,
  noteLastMoment,
  noteSending,
  wasSending,
} from '../../shell/last-moment.ts';
import { sendableText } from './sendable-text.ts';

/** A pause in typing; long enough not to write every word, short enough that a crash costs a few. */
const KEEP_AFTER_MS = 700;

export interface Draft {
  readonly text: Accessor<string>;
  /** The stored draft could not be written; the text is in the input alone. */
  readonly notKept: Accessor<boolean>;
  type(text: string): void;
  /**
   * Empties the input while its text is on its `way` into the conversation, which tells whether it was kept there. The stored draft
   * stays as it is until then, so the text is never nowhere; what was not kept comes back above whatever was typed meanwhile.
   */
  lift(way: Promise<boolean>): Promise<void>;
  /** Ends the draft of a text that was on its way when an earlier page went, if it is `said`, the last own message, by now. */
  endIfSaid(said: string | undefined): void;
  /** Writes the present text down now, or as soon as nothing is on its way. */
  keep(): Promise<void>;
}

export function createDraft(house: House, chat: ChatId): Draft {
  const stored = (): string => house.draft(chat);
  /** What of the store this input is made of: last read from it, or written to it. */
  let known = untrack(stored);
  /** Stored by another tab or device since then, and not in the input yet: nothing moves under who is typing. */
  let foreign: string | undefined;
  /** On its way into the store. */
  let underway: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> | undefined;
  /** On their way into the conversation: no longer in the input, not yet known to be kept. */
  const lifted = new Map<Promise<void>, string>();
  const [text, setText] = createSignal(lastMoment(house, chat, known) ?? known);
  const [notKept, setNotKept] = createSignal(false);
  const storable = (): string => untrack(text).slice(0, LIMITS.draftLength).toWellFormed();
  /** With what is still on its way. */
  const unsent = (): string => [...lifted.values(), untrack(text)].filter((part) => part !== '').join('\n');

  const note = (words: string): void => noteLastMoment(house, chat, { text: words, base: known });
  /** What another tab or device has put in joins what was put in here. */
  function takeIn(): void {
    if (foreign === undefined) return;
    const theirs = foreign;
    setText((mine) => mergeTexts(known, mine, theirs));
    foreign = undefined;
    known = untrack(stored);
  }

  async function write(): Promise<void> {
    // One write at a time, and again if the text has changed meanwhile.
    for (;;) {
      while (lifted.size > 0) await Promise.all(lifted.keys());
      takeIn();
      const value = storable();
      if (value === known) break;
      underway = value;
      const outcome = await house.keepDraft(chat, value);
      underway = undefined;
      setNotKept(outcome.kind !== 'waiting');
      // The input may go with its screen.
      if (outcome.kind !== 'waiting') return note(unsent());
      if (foreign === undefined) known = value;
    }
    setNotKept(false);
    if (untrack(text).length > LIMITS.draftLength) note(untrack(text));
    else forgetLastMoment(house, chat);
  }
  async function keep(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing ??= write().finally(() => (writing = undefined));
    await writing;
  }

  createEffect(
    on(
      stored,
      (value) => {
        if (value === underway) {
          if (foreign === undefined) known = value;
          return;
        }
        if (value === known && foreign === undefined) return;
        foreign = value;
        // In the next pause.
        if (writing !== undefined || timer !== undefined) return;
        takeIn();
        if (storable() !== known) void keep();
      },
      { defer: true },
    ),
  );
  const onHide = (): void => {
    if (document.visibilityState !== 'hidden') return;
    const words = unsent();
    if (words.slice(0, LIMITS.draftLength) !== known) note(words);
    void keep();
  };
  document.addEventListener('visibilitychange', onHide);
  if (untrack(text) !== known) void keep();
  const forget = keepBeforeLeaving(keep);
  onCleanup(() => {
    document.removeEventListener('visibilitychange', onHide);
    void keep().finally(forget);
  });

  async function lift(way: Promise<boolean>): Promise<void> {
    const words = untrack(text);
    noteSending(house, chat);
    setText('');
    const landed: Promise<void> = way
      .catch(() => false)
      .then((kept) => {
        lifted.delete(landed);
        if (!kept) setText((typed) => (typed === '' ? words : `${words}\n${typed}`));
      });
    lifted.set(landed, words);
    await keep();
    if (lifted.size === 0) forgetSending(house, chat);
  }

  return {
    text,
    notKept,
    lift,
    endIfSaid(said) {
      // Only then: one may well be about to say the same again.
      if (!wasSending(house, chat)) return;
      forgetSending(house, chat);
      if (said === sendableText(untrack(text))) void lift(Promise.resolve(true));
    },
    type(typed) {
      setText(typed);
      clearTimeout(timer);
      timer = setTimeout(() => void keep(), KEEP_AFTER_MS);
    },
    keep,
  };
}
