/**
 * Unread, exactly: messages of others that the server stored after one's read marker. A message written offline that arrives late
 * is past the marker wherever it sorts; one that has not arrived counts for nobody.
 */
import type { Account } from '../log/writer.ts';
import type { TimelineMessage } from './timeline.ts';

export interface Reader {
  readonly account: Account;
  /** Arrival number up to which everything is read, from `me`. */
  readonly marker: number;
  /** Arrival number at joining, from the inbox: what came before counts as read. */
  readonly joined: number;
}

/** Arrival number after which messages count; pages whose head is not past it need not be opened. */
export const readUpTo = ({ marker, joined }: Reader): number => Math.max(marker, joined);

/** True for a message that its reader has not read. */
export const isUnread = (message: TimelineMessage, reader: Reader): boolean =>
  message.author !== reader.account && message.arrival !== undefined && message.arrival.number > readUpTo(reader);

/** How many of the messages are unread. Exact when all pages with a head past `readUpTo` are among them. */
export function countUnread(messages: readonly TimelineMessage[], reader: Reader): number {
  let unread = 0;
  for (const message of messages) if (isUnread(message, reader)) unread += 1;
  return unread;
}

/** The first unread message in the timeline's order; a chat opens at it. */
export const firstUnread = (messages: readonly TimelineMessage[], reader: Reader): TimelineMessage | undefined =>
  messages.find((message) => isUnread(message, reader));

/** The marker once everything in `messages` is read: the greatest arrival number, never below the present marker. */
export function markerAfter(messages: readonly TimelineMessage[], marker: number): number {
  let greatest = marker;
  for (const { arrival } of messages) if (arrival !== undefined && arrival.number > greatest) greatest = arrival.number;
  return greatest;
}
