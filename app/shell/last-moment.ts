/**
 * The text that was in an input when the page went: a page that is being closed can no longer write to IndexedDB for sure, but
 * localStorage is written before it goes. At the next start it becomes the draft that it is.
 */
import { LIMITS } from '../../crdt/model/log/limits.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import { parseChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { House } from '../reactive/house.ts';

const prefixOf = (account: Account): string => `hausfunk.last-moment.${account}.`;
const keyOf = (account: Account, chat: ChatId): string => prefixOf(account) + chat;

export function noteLastMoment(account: Account, chat: ChatId, text: string): void {
  try {
    localStorage.setItem(keyOf(account, chat), text);
  } catch {
    // No room: then the draft of a moment ago must do.
  }
}

export const forgetLastMoment = (account: Account, chat: ChatId): void => localStorage.removeItem(keyOf(account, chat));

export const lastMoment = (account: Account, chat: ChatId): string | undefined =>
  localStorage.getItem(keyOf(account, chat)) ?? undefined;

/** Makes drafts of what the last moments of this person's pages have left; what can't be written now stays where it is. */
export async function takeUpLastMoments(house: House): Promise<void> {
  const prefix = prefixOf(house.account);
  const ids = Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  for (const id of ids) {
    if (parseChatId(id) === undefined) continue;
    const chat = id as ChatId;
    const text = lastMoment(house.account, chat) ?? '';
    const kept = await house.keepDraft(chat, text.slice(0, LIMITS.textLength).toWellFormed());
    if (kept.kind === 'waiting') forgetLastMoment(house.account, chat);
  }
}
