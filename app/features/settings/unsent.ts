/** What would be lost if this device were emptied now. */
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { House } from '../../reactive/house.ts';
import { chatsWithTexts } from '../../shell/last-moment.ts';

export interface Unsent {
  /** Messages on their way, and the chats they are for. */
  readonly messages: number;
  readonly messageChats: readonly ChatId[];
  /** Refused for good; the person may still send them again or copy them. */
  readonly failed: number;
  readonly failedChats: readonly ChatId[];
  /** Chats with a draft that is on its way to the person's other devices. */
  readonly draftChats: readonly ChatId[];
  /** Chats for which a text stands on this device alone and stays there: an edit that is not finished, more than a draft may hold. */
  readonly textChats: readonly ChatId[];
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

/** Reactive. Markers and settings that wait are not counted: nobody has written them. */
export function unsentOf(house: House): Unsent {
  const failed = house.failedByChat();
  const texts = chatsWithTexts(house);
  const sharedAll = house.waitingMine() === 0;
  return {
    messages: house.waiting(),
    messageChats: [...house.waitingByChat().keys()],
    failed: sum(failed.values()),
    failedChats: [...failed.keys()],
    draftChats: sharedAll ? [] : house.chats().filter((chat) => house.draft(chat) !== ''),
    textChats: [...texts],
  };
}

/** What goes out by itself once there is network. */
export const onTheWay = ({ messages, draftChats }: Unsent): number => messages + draftChats.length;
/** What only the person can send. */
export const leftToThePerson = ({ failed, textChats }: Unsent): number => failed + textChats.length;
export const isNothing = (unsent: Unsent): boolean => onTheWay(unsent) + leftToThePerson(unsent) === 0;
