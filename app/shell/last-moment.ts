/**
 * The text that was in an input when the page went: a page that is being closed can no longer write to IndexedDB for sure, but
 * localStorage is written before it goes. At the next start it becomes the draft that it is.
 */
import * as v from 'valibot';
import { LIMITS } from '../../crdt/model/log/limits.ts';
import { mergeTexts } from '../../crdt/model/me/merge-texts.ts';
import { isChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { House } from '../reactive/house.ts';
import { isDeparting } from './departure.ts';

const prefixOf = (house: House): string => `${house.namespace}.last-moment.`;
const keyOf = (house: House, chat: ChatId): string => prefixOf(house) + chat;

interface LastMoment {
  readonly text: string;
  /** The stored draft that it was made of. */
  readonly base: string;
}
const LAST_MOMENT = v.object({ text: v.string(), base: v.string() });

export function noteLastMoment(house: House, chat: ChatId, moment: LastMoment): void {
  // Who leaves the device leaves nothing behind.
  if (isDeparting(house.namespace)) return;
  try {
    localStorage.setItem(keyOf(house, chat), JSON.stringify(moment));
  } catch {
    // No room: then the draft of a moment ago must do.
  }
}

export const forgetLastMoment = (house: House, chat: ChatId): void => localStorage.removeItem(keyOf(house, chat));

/** With what has come into the draft since, which is `stored` now. */
export function lastMoment(house: House, chat: ChatId, stored: string): string | undefined {
  const noted = localStorage.getItem(keyOf(house, chat));
  if (noted === null) return undefined;
  const moment = parse(noted);
  return moment === undefined ? noted : mergeTexts(moment.base, moment.text, stored);
}

/** Undefined: a text by itself, as it was noted before there was a base. */
function parse(noted: string): LastMoment | undefined {
  try {
    return v.parse(LAST_MOMENT, JSON.parse(noted));
  } catch {
    return undefined;
  }
}

/**
 * Chats for which a text stands beside the store: a last moment, or a message that is being changed. Not reactive; such texts are
 * written while a page goes.
 */
export function chatsWithTexts(house: House): ReadonlySet<ChatId> {
  const [own, sending] = [`${house.namespace}.`, `${house.namespace}.sending.`];
  const ids = Object.keys(localStorage)
    .filter((key) => key.startsWith(own) && !key.startsWith(sending) && isText(localStorage.getItem(key) ?? ''))
    .map((key) => key.slice(key.lastIndexOf('.') + 1));
  return new Set(ids.filter(isChatId));
}

/** An input that was emptied in the last moment has left none. */
const isText = (noted: string): boolean => noted !== '' && parse(noted)?.text !== '';

const sendingKeyOf = (house: House, chat: ChatId): string => `${house.namespace}.sending.${chat}`;

/** Notes that a text is leaving the input for the conversation, until `forgetSending`: the page may go before its draft has ended. */
export function noteSending(house: House, chat: ChatId): void {
  if (isDeparting(house.namespace)) return;
  try {
    localStorage.setItem(sendingKeyOf(house, chat), '');
  } catch {
    // No room: then a draft may outlive its message, which is seen.
  }
}

export const forgetSending = (house: House, chat: ChatId): void => localStorage.removeItem(sendingKeyOf(house, chat));

export const wasSending = (house: House, chat: ChatId): boolean =>
  localStorage.getItem(sendingKeyOf(house, chat)) !== null;

/** Makes drafts of what the last moments of this person's pages have left; what can't be written now stays where it is. */
export async function takeUpLastMoments(house: House): Promise<void> {
  const prefix = prefixOf(house);
  const chats = Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .filter(isChatId);
  // The drafts that they are merged with have to be the latest ones.
  if (chats.length > 0) await house.tellWhole();
  for (const chat of chats) {
    const text = lastMoment(house, chat, house.draft(chat)) ?? '';
    // More than a draft may hold: it stays where it is, and the composer shows it.
    if (text.length > LIMITS.draftLength) continue;
    const kept = await house.keepDraft(chat, text.toWellFormed());
    if (kept.kind === 'waiting') forgetLastMoment(house, chat);
  }
}
