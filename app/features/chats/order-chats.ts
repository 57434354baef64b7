import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';

export interface ChatPlace {
  readonly chat: ChatId;
  readonly standard: boolean;
  readonly pinned: boolean;
  /** 0 where nothing was ever written. */
  readonly latestMs: number;
}

const rank = ({ standard, pinned }: ChatPlace): number => (standard ? 0 : pinned ? 1 : 2);

/** Standard chats, what is pinned, then what was last written in. `byName` decides where nothing was, or at the same time. */
export function orderChats(
  places: readonly ChatPlace[],
  byName: (one: ChatId, other: ChatId) => number,
): readonly ChatId[] {
  return places
    .toSorted((one, other) => rank(one) - rank(other) || other.latestMs - one.latestMs || byName(one.chat, other.chat))
    .map(({ chat }) => chat);
}
