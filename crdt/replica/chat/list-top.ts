/**
 * The top of the chat list as it was last known, kept in one small record: a start tells it before it has read what is kept of a
 * thousand chats. Written together with the digests that it was made from, so what is erased there is erased here.
 */
import type { LatestMessage } from '../../model/chat/digest.ts';
import { COMPANY_KEY, personKey } from '../../model/company/company-facts.ts';
import type { Json } from '../../model/log/append.ts';
import type { Account } from '../../model/log/writer.ts';
import { markedChats, parseMeKey } from '../../model/me/me-entries.ts';
import { isChatId, parseChatId, type ChatId } from '../../model/protocol/document-name.ts';
import type { ChatSummary } from '../contract.ts';
import { isFact } from './kept-facts.ts';

/** More rows than any screen shows. */
const ROWS = 50;

export interface ListTop {
  /** All that are not 0. */
  readonly unread: ReadonlyMap<ChatId, number>;
  /** Of the standard chats, the pinned ones, and those in which something was written last. */
  readonly summaries: ReadonlyMap<ChatId, ChatSummary>;
  /** The company's name, and whom the rows name. */
  readonly company: Facts;
  /** All but the read markers. */
  readonly me: Facts;
}

type Facts = ReadonlyMap<string, Json>;

/** As it is kept, made of all that is known; whose list it is. */
export function encodeTop({ unread, summaries, company, me }: ListTop, account: Account): string {
  const pinned = markedChats(me, 'pin');
  const timeOf = ({ latest }: ChatSummary): number => latest?.timeMs ?? 0;
  const isOnTop = ({ chat }: ChatSummary): boolean => pinned.has(chat) || parseChatId(chat)?.kind === 'internal';
  const newest = [...summaries.values()].toSorted((one, other) => timeOf(other) - timeOf(one));
  const rows = new Set([...newest.filter(isOnTop), ...newest.slice(0, ROWS)]);
  const people = new Set([account, ...[...rows].flatMap(peopleOf)]);
  return JSON.stringify({
    unread: [...unread].filter(([, number]) => number > 0),
    latest: [...rows].map(({ chat, latest }) => (latest === undefined ? [chat] : [chat, shown(latest)])),
    company: [COMPANY_KEY, ...[...people].map(personKey)].flatMap((key) => {
      const value = company.get(key);
      return value === undefined ? [] : [[key, value]];
    }),
    me: [...me].filter(([key, value]) => value !== null && parseMeKey(key)?.kind !== 'read'),
  });
}

/** Whom the row of a chat names. */
function peopleOf({ chat, latest }: ChatSummary): readonly Account[] {
  const kind = parseChatId(chat);
  return [...(kind?.kind === 'private' ? kind.accounts : []), ...(latest === undefined ? [] : [latest.author])];
}

const shown = ({ id, author, text, timeMs, sent }: LatestMessage): LatestMessage => ({
  id,
  author,
  text,
  timeMs,
  sent,
});

/** Undefined for what `encodeTop` has not made. */
export function parseTop(kept: unknown): ListTop | undefined {
  if (typeof kept !== 'string') return undefined;
  try {
    const { unread, latest, company, me } = JSON.parse(kept) as Readonly<
      Record<'unread' | 'latest' | 'company' | 'me', unknown>
    >;
    if (!isListOf(unread, isUnread) || !isListOf(latest, isRow)) return undefined;
    if (!isListOf(company, isFact) || !isListOf(me, isFact)) return undefined;
    return {
      unread: new Map(unread),
      summaries: new Map(latest.map(([chat, message]) => [chat, { chat, latest: message }])),
      company: new Map(company),
      me: new Map(me),
    };
  } catch {
    return undefined;
  }
}

const isListOf = <T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] =>
  Array.isArray(value) && value.every(isItem);

const isChat = (value: unknown): value is ChatId => typeof value === 'string' && isChatId(value);

const isUnread = (value: unknown): value is readonly [ChatId, number] =>
  Array.isArray(value) && isChat(value[0]) && Number.isSafeInteger(value[1]);

const isRow = (value: unknown): value is readonly [ChatId, LatestMessage?] =>
  Array.isArray(value) && isChat(value[0]) && (value[1] === undefined || isLatest(value[1]));

const isLatest = (value: unknown): value is LatestMessage =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'author' in value &&
  typeof value.author === 'number' &&
  'text' in value &&
  typeof value.text === 'string' &&
  'timeMs' in value &&
  typeof value.timeMs === 'number' &&
  'sent' in value &&
  typeof value.sent === 'boolean';
