/**
 * Names of documents, the only place that builds or parses them:
 *
 *     chat/<chatId>          first page of a chat          chat/<chatId>/<n>   its page n, from 2
 *     inbox/<account>        company/<companyId>           me/<account>
 *
 * Chat ids: `p-<a>-<b>` private chat of two accounts (a < b), so that it can be begun without network; `i-<company>` internal
 * chat. Rooms and others follow with their features.
 */
import { isAccount, type Account } from '../log/writer.ts';

declare const chatBrand: unique symbol;
declare const companyBrand: unique symbol;
declare const nameBrand: unique symbol;

export type ChatId = string & { readonly [chatBrand]: true };
/** Number of a company within the installation, from 1. */
export type CompanyId = number & { readonly [companyBrand]: true };
export type DocumentName = string & { readonly [nameBrand]: true };

export type DocumentKind =
  | { readonly kind: 'chat'; readonly chat: ChatId; readonly page: number }
  | { readonly kind: 'inbox'; readonly account: Account }
  | { readonly kind: 'company'; readonly company: CompanyId }
  | { readonly kind: 'me'; readonly account: Account };

export type ChatKind =
  | { readonly kind: 'private'; readonly accounts: readonly [Account, Account] }
  | { readonly kind: 'internal'; readonly company: CompanyId };

const FIRST_PAGE = 'chat/';
const NUMBER = '([1-9]\\d{0,8})';
const CHAT_ID = new RegExp(`^(?:p-${NUMBER}-${NUMBER}|i-${NUMBER})$`);
const DOCUMENT = new RegExp(`^(?:chat/([a-z]-[0-9-]{1,20})(?:/${NUMBER})?|(inbox|company|me)/${NUMBER})$`);

export const privateChatId = (one: Account, other: Account): ChatId =>
  `p-${Math.min(one, other)}-${Math.max(one, other)}` as ChatId;
export const internalChatId = (company: CompanyId): ChatId => `i-${company}` as ChatId;

export const chatDocument = (chat: ChatId, page = 1): DocumentName =>
  (page === 1 ? `chat/${chat}` : `chat/${chat}/${page}`) as DocumentName;
export const inboxDocument = (account: Account): DocumentName => `inbox/${account}` as DocumentName;
export const companyDocument = (company: CompanyId): DocumentName => `company/${company}` as DocumentName;
export const meDocument = (account: Account): DocumentName => `me/${account}` as DocumentName;

/** A start asks ten times for each of a thousand chats; more than these are forgotten all at once. */
const MAX_REMEMBERED = 5_000;
const remembered = new Map<string, ChatKind>();

/** What a chat id says; undefined when it is none. */
export function parseChatId(id: string): ChatKind | undefined {
  const known = remembered.get(id);
  if (known !== undefined) return known;
  const kind = readChatId(id);
  if (kind === undefined) return undefined;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(id, kind);
  return kind;
}

export const isChatId = (id: string): id is ChatId => parseChatId(id) !== undefined;

function readChatId(id: string): ChatKind | undefined {
  const match = CHAT_ID.exec(id);
  if (match === null) return undefined;
  if (match[3] !== undefined) return { kind: 'internal', company: Number(match[3]) as CompanyId };
  const one = Number(match[1]);
  const other = Number(match[2]);
  if (!isAccount(one) || !isAccount(other) || one >= other) return undefined;
  return { kind: 'private', accounts: [one, other] };
}

/** What a document name says; undefined when it is none. Exactly one spelling names a document. */
export function parseDocumentName(name: string): DocumentKind | undefined {
  const chatId = name.startsWith(FIRST_PAGE) ? name.slice(FIRST_PAGE.length) : '';
  if (isChatId(chatId)) return { kind: 'chat', chat: chatId, page: 1 };
  const match = DOCUMENT.exec(name);
  if (match === null) return undefined;
  const [, chat, page, kind, number] = match;
  if (chat !== undefined) {
    if (parseChatId(chat) === undefined || page === '1') return undefined;
    return { kind: 'chat', chat: chat as ChatId, page: page === undefined ? 1 : Number(page) };
  }
  const value = Number(number);
  if (kind === 'company') return { kind, company: value as CompanyId };
  if (kind === 'inbox' || kind === 'me') return isAccount(value) ? { kind, account: value } : undefined;
  return undefined;
}

/** True for documents that people write, chats and `me`; the others are the server's. */
export function isWritten(name: DocumentName): boolean {
  const kind = parseDocumentName(name)?.kind;
  return kind === 'chat' || kind === 'me';
}
