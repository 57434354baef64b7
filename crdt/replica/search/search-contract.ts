/** What search offers: to the worker that owns it, and through it to the page. */
import type { EntryId } from '../../model/log/entry-id.ts';
import type { Account } from '../../model/log/writer.ts';
import type { ChatId } from '../../model/protocol/document-name.ts';
import type { MatchKind } from '../../model/search/phrase.ts';
import type { SearchScope } from '../../model/search/text-block.ts';
import type { StorageView } from '../contract.ts';

export interface SearchQuery {
  readonly kind: MatchKind;
  readonly scope: SearchScope;
  /** No more than these are answered, the newest. */
  readonly limit: number;
}

export interface FoundMessage {
  readonly id: EntryId;
  readonly chat: ChatId;
  readonly page: number;
  readonly author: Account;
  /** As shown. */
  readonly timeMs: number;
  /** As written. */
  readonly text: string;
}

/** What an answer rests on. */
export interface SearchCoverage {
  /** False until it is known which chats the person has; nothing is found before. */
  readonly known: boolean;
  /** So many messages are searched. */
  readonly messages: number;
  /**
   * From then on everything is searched, but for chats of which nothing is here yet: where all pages are, the time of the oldest message;
   * undefined when nothing is searched.
   */
  readonly sinceMs: number | undefined;
  /** Pages on this device that are still to be read. */
  readonly toRead: number;
  /** Pages that the inbox tells of and this device has never had, or has no longer whole. */
  readonly missing: number;
}

export interface SearchAnswer {
  /** Newest first. */
  readonly messages: readonly FoundMessage[];
  /** There may be more than were asked for. */
  readonly more: boolean;
  /** Of the chat that was asked for, or of all. */
  readonly coverage: SearchCoverage;
}

export interface SearchState extends SearchCoverage {
  /** What keeps search from reading documents, or from keeping what it has read; it is tried again. */
  readonly problem: StorageView;
}
