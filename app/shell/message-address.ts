/**
 * A message has an address: that of its chat with `?message=<entry id>`, and `page` where the page of the chat is known that holds it,
 * which saves looking for it. Whoever opens it sees the message in its place. Links to other places don't carry it on.
 */
import { entryId, placeOf, type EntryId } from '../../crdt/model/log/entry-id.ts';
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';

const MESSAGE = 'message';
const PAGE = 'page';

export interface AskedMessage {
  /** Undefined for what can be no message's id. */
  readonly id: EntryId | undefined;
  readonly page: number | undefined;
}

/** `search` is that of the present address: what it says of the list stays. */
export function messageAddress(chat: ChatId, id: EntryId, page: number | undefined, search: string): string {
  const parameters = new URLSearchParams(listSearch(search));
  parameters.set(MESSAGE, id);
  if (page !== undefined) parameters.set(PAGE, String(page));
  return `/chats/${chat}?${parameters.toString()}`;
}

/** What an address asks for; undefined when it asks for no message. */
export function askedMessage(search: string): AskedMessage | undefined {
  const parameters = new URLSearchParams(search);
  const asked = parameters.get(MESSAGE);
  if (asked === null) return undefined;
  const place = placeOf(asked);
  const page = /^[1-9]\d{0,8}$/.exec(parameters.get(PAGE) ?? '')?.[0];
  return {
    id: place === undefined ? undefined : entryId(place.writer, place.clock),
    page: page === undefined ? undefined : Number(page),
  };
}

/** What of an address other places have, too: which list is open. */
export function listSearch(search: string): string {
  const parameters = new URLSearchParams(search);
  // As it was written, where there is nothing to take away; every row of a list asks.
  if (!parameters.has(MESSAGE) && !parameters.has(PAGE)) return search;
  parameters.delete(MESSAGE);
  parameters.delete(PAGE);
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}
