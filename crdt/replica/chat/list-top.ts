/**
 * The top of the chat list as it was last known, kept in one small record: a start tells it before it has read what is kept of a
 * thousand chats. Written together with the digests that it was made from, so what is erased there is erased here.
 */
import type { LatestMessage } from '../../model/chat/digest.ts';
import { isChatId, parseChatId, type ChatId } from '../../model/protocol/document-name.ts';
import type { ChatSummary } from '../contract.ts';

/** More rows than any screen shows. */
const ROWS = 50;

export interface ListTop {
  /** All that are not 0. */
  readonly unread: ReadonlyMap<ChatId, number>;
  /** Of the standard chats, the pinned ones, and those in which something was written last. */
  readonly summaries: ReadonlyMap<ChatId, ChatSummary>;
}

/** As it is kept. */
export function encodeTop(
  unread: ReadonlyMap<ChatId, number>,
  summaries: ReadonlyMap<ChatId, ChatSummary>,
  pinned: ReadonlySet<ChatId>,
): string {
  const timeOf = ({ latest }: ChatSummary): number => latest?.timeMs ?? 0;
  const isOnTop = ({ chat }: ChatSummary): boolean => pinned.has(chat) || parseChatId(chat)?.kind === 'internal';
  const newest = [...summaries.values()].toSorted((one, other) => timeOf(other) - timeOf(one));
  const rows = new Set([...newest.filter(isOnTop), ...newest.slice(0, ROWS)]);
  return JSON.stringify({
    unread: [...unread].filter(([, number]) => number > 0),
    latest: [...rows].map(({ chat, latest }) => (latest === undefined ? [chat] : [chat, shown(latest)])),
  });
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
    const { unread, latest } = JSON.parse(kept) as { readonly unread: unknown; readonly latest: unknown };
    if (!Array.isArray(unread) || !unread.every(isUnread) || !Array.isArray(latest) || !latest.every(isRow)) {
      return undefined;
    }
    return {
      unread: new Map(unread),
      summaries: new Map(latest.map(([chat, message]) => [chat, { chat, latest: message }])),
    };
  } catch {
    return undefined;
  }
}

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
