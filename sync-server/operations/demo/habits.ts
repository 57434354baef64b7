/** What the demo's people have made of their chats: read, delivered, pinned, muted, begun to write; and who has a picture. */
import type { PlacedPosition } from '../../activity/positions.ts';
import { encodeSet } from '../../../crdt/model/log/set-entry.ts';
import type { Json } from '../../../crdt/model/log/append.ts';
import { draftKey, markKey, readKey } from '../../../crdt/model/me/me-entries.ts';
import { meDocument, privateChatId, type ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { DirectoryPerson } from '../../directory/person.ts';
import type { EmptyInstallation } from './empty-installation.ts';
import { portrait } from './portrait.ts';
import type { Random } from './random.ts';

/** Entries at the end of a chat that somebody has not read; most have read most. */
const UNREAD = [0, 0, 0, 1, 1, 2, 3, 4];
/** Somebody on holiday: their devices have been off for a while. */
const ON_HOLIDAY = 4;
const MISSED_ON_HOLIDAY = 25;
const DRAFT =
  'Guten Morgen! Zur Wohnung in der Kastanienallee: die Unterlagen sind vollständig, nur der Energieausweis';

export interface HabitsOptions extends Pick<EmptyInstallation, 'directory' | 'log' | 'positions' | 'pictures'> {
  readonly random: Random;
  /** The present of the story, unix ms. */
  readonly untilMs: number;
  /** The last arrival number of each chat. */
  readonly lastNumbers: ReadonlyMap<ChatId, number>;
}

/** Gives everybody habits. The first person of the first company, whom a visitor will sign in as, has some of each. */
export async function giveHabits(
  staff: readonly (readonly DirectoryPerson[])[],
  options: HabitsOptions,
): Promise<void> {
  const { directory, log, pictures, positions, random, untilMs, lastNumbers } = options;
  const reached: PlacedPosition[] = [];
  for (const [company, people] of staff.entries()) {
    for (const [index, person] of people.entries()) {
      const chatWith = (other: number): ChatId | undefined =>
        people[other] && privateChatId(person.account, people[other].account);
      const isVisitor = company === 0 && index === 0;
      const set = async (key: string, value: Json): Promise<void> => {
        const times = { writtenMs: untilMs, arrivedMs: untilMs };
        await log.append(meDocument(person.account), person.account, times, (stamp) => encodeSet(stamp, key, value));
      };

      for (const { chat } of directory.chatsOf(person)) {
        const last = lastNumbers.get(chat) ?? 0;
        const isAway = company === 0 && index === ON_HOLIDAY;
        const missed = isAway ? MISSED_ON_HOLIDAY : 0;
        const unread = isVisitor ? unreadOfVisitor(chat, chatWith) : missed + random.pick(UNREAD);
        const read = Math.max(0, last - unread);
        await set(readKey(chat), read);
        reached.push({ account: person.account, chat, read, delivered: Math.max(read, last - missed) });
        if (!isVisitor && random.chance(0.15)) await set(markKey(random.chance(0.6) ? 'pin' : 'mute', chat), true);
      }
      if (isVisitor) {
        const [pinned, muted, begun] = [chatWith(1), chatWith(3), chatWith(4)];
        if (pinned !== undefined) await set(markKey('pin', pinned), true);
        if (muted !== undefined) await set(markKey('mute', muted), true);
        if (begun !== undefined) await set(draftKey(begun), DRAFT);
      }
      // A few have never got round to it.
      if (index % 4 !== 3) pictures.set(person.account, portrait(random.fork(`portrait ${person.account}`)));
    }
  }
  positions.write({ positions: reached, silent: new Map(), mirrored: undefined });
}

/** Nothing new from the third colleague, one from the first, two from the second, a few in the company's chat. */
function unreadOfVisitor(chat: ChatId, chatWith: (other: number) => ChatId | undefined): number {
  if (chat === chatWith(1)) return 1;
  if (chat === chatWith(2)) return 2;
  return chat.startsWith('i-') ? 3 : 0;
}
