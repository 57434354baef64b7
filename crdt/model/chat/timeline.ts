import type { EntryId, Place } from '../log/entry-id.ts';
import type { Stamp } from '../log/stamp.ts';
import type { Account } from '../log/writer.ts';

/** One message as everybody sees it, after edits, retractions and reactions. */
export interface TimelineMessage {
  readonly id: EntryId;
  readonly author: Account;
  /** Page of the chat that it lies in, from 1. */
  readonly page: number;
  /** Where it lies; differs from the id when it was sent again. */
  readonly place: Place;
  readonly stamp: Stamp;
  readonly text: string;
  readonly edited: boolean;
  /** Undefined until the server has stored it. */
  readonly arrival: { readonly number: number; readonly timeMs: number } | undefined;
  readonly reactions: readonly { readonly emoji: string; readonly accounts: readonly Account[] }[];
}
