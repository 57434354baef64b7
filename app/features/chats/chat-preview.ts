/** What the second line of a chat says: a draft before everything, else the newest message. */
import type { Account } from '../../../crdt/model/log/writer.ts';
import type { LatestMessage } from '../../../crdt/model/chat/digest.ts';

export type ChatPreview =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'draft'; readonly text: string }
  | { readonly kind: 'own'; readonly text: string }
  /** In chats of many it says who wrote. */
  | { readonly kind: 'other'; readonly author: Account; readonly text: string };

/** More than any list is wide. */
const LETTERS = 200;

/** One line, whatever somebody has written. */
export const oneLine = (text: string): string => text.slice(0, LETTERS).toWellFormed().replace(/\s+/gu, ' ').trim();

export function chatPreview(draft: string, latest: LatestMessage | undefined, me: Account): ChatPreview {
  const drafted = oneLine(draft);
  if (drafted !== '') return { kind: 'draft', text: drafted };
  if (latest === undefined) return { kind: 'nothing' };
  const text = oneLine(latest.text);
  return latest.author === me ? { kind: 'own', text } : { kind: 'other', author: latest.author, text };
}
