/** How people and chats are called. */
import type { Person } from '../../crdt/model/company/company-facts.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import { parseChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { PICTURES } from '../../crdt/model/protocol/picture-address.ts';
import { texts } from '../i18n/language.ts';
import type { People } from '../../crdt/model/company/people-reader.ts';
import type { House } from '../reactive/house.ts';

export const personName = (person: Person | undefined): string =>
  person === undefined ? texts().lists.unknownPerson : `${person.first} ${person.last}`.trim();

export const nameOf = (people: People, account: Account): string => personName(people.get(account));

/** Below it nothing combines with the letter before it. */
const FIRST_COMBINING = 0x300;
let graphemes: Intl.Segmenter | undefined;

function firstGrapheme(word: string): string {
  // Nearly every name; and making a segmenter takes longer than drawing the list.
  if (word.charCodeAt(0) < FIRST_COMBINING && !(word.charCodeAt(1) >= FIRST_COMBINING)) return word.charAt(0);
  graphemes ??= new Intl.Segmenter();
  for (const { segment } of graphemes.segment(word)) return segment;
  return '';
}

/** First letters of first and last name, whole graphemes. */
export function initialsOf(person: Person | undefined): string {
  const letter = (word: string): string => firstGrapheme(word.trim()).toLocaleUpperCase();
  return person === undefined ? '?' : letter(person.first) + letter(person.last);
}

/** In a list there is room for no more; whoever has no first name is called by the last. */
export const firstName = (person: Person | undefined): string =>
  person === undefined ? texts().lists.unknownPerson : person.first.trim() || person.last.trim();

/** Address of a person's picture. */
export const pictureOf = (person: Person | undefined): string | undefined =>
  person?.picture === undefined ? undefined : `${PICTURES}${person.picture}`;

/** The other person of a private chat; undefined for every other chat. */
export function otherPerson(chat: ChatId, me: Account): Account | undefined {
  const kind = parseChatId(chat);
  return kind?.kind === 'private' ? kind.accounts.find((account) => account !== me) : undefined;
}

/** Who has left, of a private chat: there one can read, and nobody can write. Reactive. */
export function gonePerson(house: House, chat: ChatId): Account | undefined {
  const other = otherPerson(chat, house.account);
  return other !== undefined && house.people().get(other)?.active === false ? other : undefined;
}

/** What a chat is called for this person. Reactive. */
export function chatName(house: House, chat: ChatId): string {
  const other = otherPerson(chat, house.account);
  return other === undefined ? texts().lists.internal : nameOf(house.people(), other);
}
