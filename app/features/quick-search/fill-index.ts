/** What quick search looks through: the chats that one has, and the one with each colleague, whether it exists already or not. */
import type { Person } from '../../../crdt/model/company/company-facts.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { privateChatId, type ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { inTurns } from '../../reactive/in-turns.ts';
import type { NameIndex } from './name-index.ts';

export interface Findable {
  readonly me: Account;
  readonly people: Iterable<readonly [Account, Person]>;
  readonly chats: readonly ChatId[];
  readonly nameOfChat: (chat: ChatId) => string;
}

/** Brings the index in step, a few milliseconds in one turn; false when it is not wanted any more, which the next filling makes up for. */
export async function fillIndex(
  index: NameIndex<ChatId>,
  { me, people, chats, nameOfChat }: Findable,
  isWanted: () => boolean,
): Promise<boolean> {
  const present = new Set<ChatId>();
  const putChat = (chat: ChatId): void => {
    present.add(chat);
    index.put(chat, nameOfChat(chat));
  };
  // One's own chats first: they are most likely what is looked for.
  if (!(await inTurns(chats, putChat, isWanted))) return false;
  const putPerson = ([account, person]: readonly [Account, Person]): void => {
    if (account === me || !person.active) return;
    const chat = privateChatId(me, account);
    if (present.has(chat)) return;
    present.add(chat);
    index.put(chat, `${person.first} ${person.last}`);
  };
  if (!(await inTurns(people, putPerson, isWanted))) return false;
  for (const chat of [...index.ids()]) if (!present.has(chat)) index.remove(chat);
  return true;
}
