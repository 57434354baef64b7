import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';

export interface ChatPlace {
  readonly chat: ChatId;
  readonly standard: boolean;
  readonly pinned: boolean;
  /** 0 where nothing was ever written. */
  readonly latestMs: number;
}

type ByName = (one: ChatId, other: ChatId) => number;

/**
 * By latest, then by name. A thousand chats are sorted before the first row is drawn, by code that has never run before: sorted as
 * numbers, that is native work, and names are looked at only where times are equal.
 */
function byLatest(places: readonly ChatPlace[], byName: ByName): ChatId[] {
  const chatsAt = new Map<number, ChatId[]>();
  for (const { chat, latestMs } of places) {
    const same = chatsAt.get(latestMs);
    if (same === undefined) chatsAt.set(latestMs, [chat]);
    else same.push(chat);
  }
  const sorted: ChatId[] = [];
  for (const timeMs of Float64Array.from(chatsAt.keys()).sort().reverse()) {
    const same = chatsAt.get(timeMs) ?? [];
    sorted.push(...(same.length > 1 ? same.toSorted(byName) : same));
  }
  return sorted;
}

/** Standard chats, what is pinned, then what was last written in. `byName` decides where nothing was, or at the same time. */
export const orderChats = (places: readonly ChatPlace[], byName: ByName): readonly ChatId[] => [
  ...byLatest(
    places.filter(({ standard }) => standard),
    byName,
  ),
  ...byLatest(
    places.filter(({ standard, pinned }) => !standard && pinned),
    byName,
  ),
  ...byLatest(
    places.filter(({ standard, pinned }) => !standard && !pinned),
    byName,
  ),
];
