/**
 * The `me` document: what a person's devices share. Entries "set key value":
 *
 *     read/<chatId>     arrival number up to which the chat is read; the greatest wins, whenever it was written
 *     draft/<chatId>    text that has not been sent, or null; the latest wins
 */
import type { Json } from '../log/append.ts';
import { LIMITS } from '../log/limits.ts';
import { parseSet } from '../log/set-entry.ts';
import type { CheckEntry } from '../log/verdict.ts';
import { accountOf } from '../log/writer.ts';
import { parseChatId, type ChatId } from '../protocol/document-name.ts';

export const readKey = (chat: ChatId): string => `read/${chat}`;
export const draftKey = (chat: ChatId): string => `draft/${chat}`;

export type MeKey = { readonly kind: 'read' | 'draft'; readonly chat: ChatId };

/** What a key is about; undefined when it is unknown (a later version's). */
export function parseMeKey(key: string): MeKey | undefined {
  const [, kind, chat] = /^(read|draft)\/(.+)$/.exec(key) ?? [];
  if (chat === undefined || parseChatId(chat) === undefined) return undefined;
  return { kind: kind === 'read' ? 'read' : 'draft', chat: chat as ChatId };
}

const isNumber = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isDraft = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.length <= LIMITS.textLength && value.isWellFormed();

/** The read marker of a chat: an arrival number; 0 when there is none. */
export function readMarker(values: ReadonlyMap<string, Json>, chat: ChatId): number {
  const value = values.get(readKey(chat));
  return isNumber(value) ? value : 0;
}

/** The draft of a chat; '' when there is none. */
export function draftOf(values: ReadonlyMap<string, Json>, chat: ChatId): string {
  const value = values.get(draftKey(chat));
  return isDraft(value) ? value : '';
}

/** What the gate lets into a `me` document. */
export const meVocabulary: CheckEntry = (tuple, author) => {
  const entry = parseSet(tuple);
  if (typeof entry === 'string') return entry;
  if (entry.first !== undefined && accountOf(entry.first.writer) !== author) return 'extras';
  const key = parseMeKey(entry.key);
  if (key === undefined) return 'key';
  if (key.kind === 'read') return isNumber(entry.value) ? undefined : 'value';
  return entry.value === null || isDraft(entry.value) ? undefined : 'value';
};
