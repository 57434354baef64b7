/** What would be lost if this device were emptied now. */
import { createMemo, type Accessor } from 'solid-js';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { House } from '../../reactive/house.ts';
import { lastMoment } from '../../shell/last-moment.ts';

export interface Unsent {
  /** Messages on their way, and the chats they are for. */
  readonly messages: number;
  readonly messageChats: readonly ChatId[];
  /** Refused for good; the person may still send them again or copy them. */
  readonly failed: number;
  readonly failedChats: readonly ChatId[];
  /** Chats with a draft that may be on this device alone. */
  readonly draftChats: readonly ChatId[];
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

/** Follows the house. Markers and settings that wait are not counted: nobody has written them. */
export function createUnsent(house: House): Accessor<Unsent> {
  return createMemo(() => {
    const waiting = house.waitingByChat();
    const failed = house.failedByChat();
    const sharedAll = house.waitingMine() === 0;
    return {
      messages: house.waiting(),
      messageChats: [...waiting.keys()],
      failed: sum(failed.values()),
      failedChats: [...failed.keys()],
      draftChats: house
        .chats()
        .filter((chat) => (!sharedAll && house.draft(chat) !== '') || (lastMoment(house, chat) ?? '') !== ''),
    };
  });
}

/** What goes out by itself once there is network. */
export const onTheWay = ({ messages, draftChats }: Unsent): number => messages + draftChats.length;
export const isNothing = (unsent: Unsent): boolean => onTheWay(unsent) + unsent.failed === 0;
