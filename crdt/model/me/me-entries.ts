/**
 * The `me` document: what a person's devices share. Entries "set key value":
 *
 *     read/<chatId>            arrival number up to which the chat is read; the greatest wins, whenever it was written
 *     draft/<chatId>           text that has not been sent, or null; the latest wins, here and below
 *     pin/<chatId>             true, or null
 *     mute/<chatId>            true, or null
 *     setting/mute-all         no notifications at all; false unless set
 *     setting/read-receipts    tells others what one has read, and is told it; true unless set
 */
import type { Json } from '../log/append.ts';
import { LIMITS } from '../log/limits.ts';
import { parseSet } from '../log/set-entry.ts';
import type { CheckEntry } from '../log/verdict.ts';
import { accountOf } from '../log/writer.ts';
import { parseChatId, type ChatId } from '../protocol/document-name.ts';

const CHAT_KINDS = ['read', 'draft', 'pin', 'mute'] as const;
type ChatKind = (typeof CHAT_KINDS)[number];
/** A chat is marked so, or it isn't. */
export type ChatMark = 'pin' | 'mute';

/** What each setting is while nobody has chosen. */
const SETTINGS = { 'mute-all': false, 'read-receipts': true } as const;
export type Setting = keyof typeof SETTINGS;

export const readKey = (chat: ChatId): string => `read/${chat}`;
export const draftKey = (chat: ChatId): string => `draft/${chat}`;
export const markKey = (mark: ChatMark, chat: ChatId): string => `${mark}/${chat}`;
export const settingKey = (name: Setting): string => `setting/${name}`;

export type MeKey =
  | { readonly kind: ChatKind; readonly chat: ChatId }
  | { readonly kind: 'setting'; readonly name: Setting };

const isSetting = (name: string): name is Setting => Object.hasOwn(SETTINGS, name);

/** What a key is about; undefined when it is unknown (a later version's). */
export function parseMeKey(key: string): MeKey | undefined {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  if (key.startsWith('setting/')) return isSetting(name) ? { kind: 'setting', name } : undefined;
  const kind = CHAT_KINDS.find((known) => key.startsWith(`${known}/`));
  if (kind === undefined || parseChatId(name) === undefined) return undefined;
  return { kind, chat: name as ChatId };
}

const isNumber = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isDraft = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.length <= LIMITS.draftLength && value.isWellFormed();

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

/** The chats that are marked so. */
export function markedChats(values: ReadonlyMap<string, Json>, mark: ChatMark): ReadonlySet<ChatId> {
  const marked = new Set<ChatId>();
  for (const [key, value] of values) {
    if (value !== true || !key.startsWith(`${mark}/`)) continue;
    const parsed = parseMeKey(key);
    if (parsed?.kind === mark) marked.add(parsed.chat);
  }
  return marked;
}

/** A setting, as it was chosen last or as it is while nobody has chosen. */
export function settingOf(values: ReadonlyMap<string, Json>, name: Setting): boolean {
  const value = values.get(settingKey(name));
  return typeof value === 'boolean' ? value : SETTINGS[name];
}

/** What the gate lets into a `me` document. */
export const meVocabulary: CheckEntry = (tuple, author) => {
  const entry = parseSet(tuple);
  if (typeof entry === 'string') return entry;
  if (entry.first !== undefined && accountOf(entry.first.writer) !== author) return 'extras';
  const key = parseMeKey(entry.key);
  if (key === undefined) return 'key';
  return isValueOf(key, entry.value) ? undefined : 'value';
};

function isValueOf({ kind }: MeKey, value: Json): boolean {
  switch (kind) {
    case 'read':
      return isNumber(value);
    case 'draft':
      return value === null || isDraft(value);
    case 'pin':
    case 'mute':
      return value === null || value === true;
    case 'setting':
      return typeof value === 'boolean';
  }
}
