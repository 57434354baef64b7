/** Puts a story into an empty installation the way it would have come about: people, and every entry through the log store. */
import { encodeChatEntry, type ChatEntry } from '../../../crdt/model/chat/entry.ts';
import { encodeAppend, logRoot, type Tuple } from '../../../crdt/model/log/append.ts';
import type { Place } from '../../../crdt/model/log/entry-id.ts';
import { encodeSet } from '../../../crdt/model/log/set-entry.ts';
import { nextStamp, type Stamp } from '../../../crdt/model/log/stamp.ts';
import { makeWriter, type Account, type Writer } from '../../../crdt/model/log/writer.ts';
import { readKey } from '../../../crdt/model/me/me-entries.ts';
import {
  chatDocument,
  internalChatId,
  meDocument,
  privateChatId,
  type ChatId,
  type DocumentName,
} from '../../../crdt/model/protocol/document-name.ts';
import type { Directory } from '../../directory/directory.ts';
import type { DirectoryPerson } from '../../directory/person.ts';
import type { Identity } from '../../identity/identity.ts';
import type { AppendResult, LogStore } from '../../storage/log-store.ts';
import type { Random } from './random.ts';
import type { Story, StoryChat, StoryPerson } from './story.ts';

export interface Installation {
  readonly directory: Directory;
  readonly identity: Identity;
  /** Its clock must show what `setClock` was given last. */
  readonly log: LogStore;
  readonly setClock: (unixMs: number) => void;
}

/** Appends that wait for the same commits; well within the log store's queue. */
const AT_ONCE = 1_000;

/** A device starts anew about this often, and each start is a new writer. */
const RESTART_CHANCE = 0.02;

/** What took longer to arrive was written without network, on the device that one has along. */
const LATE_MS = 60_000;

/** Of what came last in a chat, so many of the others' entries are still unread by everybody. */
const UNREAD = 3;

/** One context of one person in one document: its writer and where it stands. */
interface Pen {
  readonly writer: Writer;
  clock: number;
  stamp: Stamp | undefined;
}

interface Chat {
  readonly id: ChatId;
  page: number;
  entriesInPage: number;
  lastNumber: number;
}

/** Writes the whole story; everybody gets `password`. Resolves when all is durable, with those who can sign in. */
export async function writeStory(
  story: Story,
  password: string,
  { directory, identity, log, setClock }: Installation,
  random: Random,
  pageEntries: number,
): Promise<readonly (readonly DirectoryPerson[])[]> {
  const signUp = async ({ first, last, salutation, city, email }: StoryPerson) => ({
    user: await identity.createUser(email, password, `${first} ${last}`),
    profile: { first, last, salutation, city, visible: true },
  });

  const staff: DirectoryPerson[][] = [];
  for (const { name, people } of story.companies) {
    const [founder, ...colleagues] = await Promise.all(people.map(signUp));
    if (founder === undefined) throw new Error(`nobody works for ${name}`);
    const administrator = directory.found(name, founder);
    const { company } = administrator;
    const joined = colleagues.map((person) =>
      directory.change(() => directory.addPerson({ ...person, company, admin: false, joined: 0 })),
    );
    staff.push([administrator, ...joined]);
  }

  const memberOf = (company: number, person: number): DirectoryPerson => {
    const found = staff[company]?.[person];
    if (found === undefined) throw new RangeError(`company ${company} has no person ${person}`);
    return found;
  };

  const chats = new Map<ChatId, Chat>();
  const chatOf = (told: StoryChat): Chat => {
    const accounts = told.kind === 'private' ? told.people.map((person) => memberOf(told.company, person).account) : [];
    const [one, other] = accounts;
    const isPrivate = one !== undefined && other !== undefined;
    const id = isPrivate ? privateChatId(one, other) : internalChatId(memberOf(told.company, 0).company);
    const known = chats.get(id);
    if (known !== undefined) return known;
    if (isPrivate) directory.startPrivateChat(id, [one, other]);
    const chat = { id, page: 1, entriesInPage: 0, lastNumber: 0 };
    chats.set(id, chat);
    return chat;
  };

  const pens = new Map<string, Pen>();
  const penOf = (document: DocumentName, account: Account, isLate: boolean): Pen => {
    const key = `${document} ${account}`;
    const known = pens.get(key);
    if (known !== undefined && !isLate && !random.chance(RESTART_CHANCE)) return known;
    const pen = { writer: makeWriter(account, random.uint32()), clock: 0, stamp: undefined };
    if (!isLate) pens.set(key, pen);
    return pen;
  };

  let waiting: Promise<AppendResult>[] = [];
  const settle = async (): Promise<void> => {
    const failed = (await Promise.all(waiting)).find(({ kind }) => kind !== 'stored');
    waiting = [];
    if (failed !== undefined) throw new Error(`the log refused an entry: ${JSON.stringify(failed)}`);
  };

  const append = async (
    document: DocumentName,
    stream: string,
    account: Account,
    times: { readonly writtenMs: number; readonly arrivedMs: number },
    encode: (stamp: Stamp) => Tuple,
  ): Promise<Place> => {
    const pen = penOf(document, account, times.arrivedMs - times.writtenMs > LATE_MS);
    const { writer, clock } = pen;
    pen.stamp = nextStamp(times.writtenMs, pen.stamp, false);
    pen.clock += 1;
    setClock(times.arrivedMs);
    const update = encodeAppend(logRoot(writer), writer, clock, [encode(pen.stamp)]);
    waiting.push(log.append({ document, stream, runs: [{ writer, from: clock, to: clock + 1 }], update, erase: [] }));
    if (waiting.length >= AT_ONCE) await settle();
    return { writer, clock };
  };

  const say = async (
    chat: Chat,
    page: number,
    person: DirectoryPerson,
    times: { readonly writtenMs: number; readonly arrivedMs: number },
    entry: (stamp: Stamp) => ChatEntry,
  ): Promise<Place> => {
    chat.lastNumber += 1;
    if (page === chat.page) chat.entriesInPage += 1;
    return append(chatDocument(chat.id, page), chat.id, person.account, times, (stamp) =>
      encodeChatEntry(entry(stamp)),
    );
  };

  for (const { chat: told, author, writtenMs, arrivedMs, text, reactions } of story.messages) {
    const chat = chatOf(told);
    if (chat.entriesInPage >= pageEntries && directory.openPageAfter(chat.id, chat.page)) {
      chat.page += 1;
      chat.entriesInPage = 0;
    }
    const page = chat.page;
    const target = await say(chat, page, memberOf(told.company, author), { writtenMs, arrivedMs }, (stamp) => ({
      kind: 'message',
      stamp,
      first: undefined,
      text,
    }));
    for (const { person, emoji } of reactions) {
      const times = { writtenMs: arrivedMs, arrivedMs };
      await say(chat, page, memberOf(told.company, person), times, (stamp) => ({
        kind: 'reaction',
        stamp,
        first: undefined,
        target,
        emoji,
      }));
    }
  }

  const untilMs = story.messages.at(-1)?.arrivedMs ?? 0;
  const times = { writtenMs: untilMs, arrivedMs: untilMs };
  for (const person of staff.flat()) {
    for (const { chat: id } of directory.chatsOf(person)) {
      const marker = Math.max(0, (chats.get(id)?.lastNumber ?? 0) - UNREAD);
      const document = meDocument(person.account);
      await append(document, document, person.account, times, (stamp) => encodeSet(stamp, readKey(id), marker));
    }
  }
  await settle();
  return staff;
}
