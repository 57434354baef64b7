/** Keys and values of the server's facts in the first page of a chat. */
import * as v from 'valibot';
import type { Json } from '../log/append.ts';
import { isAccount, type Account } from '../log/writer.ts';

/** What a participant may do; enforced by the server, known to the app so that it offers nothing else. */
export const RIGHTS = ['user', 'editor', 'administrator'] as const;
export type Right = (typeof RIGHTS)[number];

export const TITLE_KEY = 'title';
export const pageKey = (page: number): string => `page/${page}`;
export const participantKey = (account: Account): string => `participant/${account}`;

export const PARTICIPANT = v.object({ right: v.picklist(RIGHTS) });

type Facts = ReadonlyMap<string, Json>;

/** The latest page that the facts name; 1 when they name none. */
export function latestPage(facts: Facts): number {
  let latest = 1;
  for (const [key, value] of facts) {
    const page = value === true ? /^page\/([1-9]\d{0,8})$/.exec(key) : null;
    if (page !== null) latest = Math.max(latest, Number(page[1]));
  }
  return latest;
}

/** The chat's title; undefined when it has none (private and internal chats are named after people and company). */
export function chatTitle(facts: Facts): string | undefined {
  const title = facts.get(TITLE_KEY);
  return typeof title === 'string' && title !== '' ? title : undefined;
}

/** Who is in the chat, with their rights; unknown data is left out. */
export function participants(facts: Facts): ReadonlyMap<Account, Right> {
  const found = new Map<Account, Right>();
  for (const [key, value] of facts) {
    const account = Number(/^participant\/([1-9]\d{0,6})$/.exec(key)?.[1]);
    const participant = v.safeParse(PARTICIPANT, value);
    if (isAccount(account) && participant.success) found.set(account, participant.output.right);
  }
  return found;
}
