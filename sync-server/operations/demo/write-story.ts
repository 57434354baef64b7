/** Puts a story into an empty installation the way it would have come about: people, and every entry through the log store. */
import { encodeChatEntry } from '../../../crdt/model/chat/entry.ts';
import {
  chatDocument,
  internalChatId,
  privateChatId,
  type ChatId,
} from '../../../crdt/model/protocol/document-name.ts';
import type { DirectoryPerson } from '../../directory/person.ts';
import type { EmptyInstallation } from './empty-installation.ts';
import type { Story, StoryChat, StoryPerson } from './story.ts';

type StoryTarget = Pick<EmptyInstallation, 'directory' | 'identity' | 'log'>;

/** So long somebody looks at what they have written before they change it. */
const EDITED_AFTER_MS = 20_000;

interface Chat {
  readonly id: ChatId;
  page: number;
  entriesInPage: number;
  lastNumber: number;
}

type Staff = readonly (readonly DirectoryPerson[])[];

export interface WrittenStory {
  /** The people of each company. */
  readonly staff: Staff;
  /** The last arrival number of each chat. */
  readonly lastNumbers: ReadonlyMap<ChatId, number>;
}

/** Writes the whole story; everybody gets `password`. Resolves when all is durable. */
export async function writeStory(
  story: Story,
  password: string,
  installation: StoryTarget,
  pageEntries: number,
): Promise<WrittenStory> {
  const staff = await employ(story, password, installation);
  const lastNumbers = await writeMessages(story, staff, installation, pageEntries);
  await installation.log.settled();
  return { staff, lastNumbers };
}

async function employ(story: Story, password: string, { directory, identity }: StoryTarget): Promise<Staff> {
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
  return staff;
}

function memberOf(staff: Staff, company: number, person: number): DirectoryPerson {
  const found = staff[company]?.[person];
  if (found === undefined) throw new RangeError(`company ${company} has no person ${person}`);
  return found;
}

/** Returns the last arrival number of each chat. */
async function writeMessages(
  story: Story,
  staff: Staff,
  { directory, log }: StoryTarget,
  pageEntries: number,
): Promise<ReadonlyMap<ChatId, number>> {
  const chats = new Map<ChatId, Chat>();
  const begin = (told: StoryChat): ChatId => {
    if (told.kind === 'internal') return internalChatId(memberOf(staff, told.company, 0).company);
    const [one, other] = told.people;
    const accounts = [
      memberOf(staff, told.company, one).account,
      memberOf(staff, told.company, other).account,
    ] as const;
    const id = privateChatId(...accounts);
    directory.startPrivateChat(id, accounts);
    return id;
  };
  const chatOf = (told: StoryChat): Chat => {
    const id = begin(told);
    const chat = chats.get(id) ?? { id, page: 1, entriesInPage: 0, lastNumber: 0 };
    chats.set(id, chat);
    if (chat.entriesInPage >= pageEntries && directory.openPageAfter(id, chat.page)) {
      chat.page += 1;
      chat.entriesInPage = 0;
    }
    return chat;
  };

  for (const { chat: told, author, writtenMs, arrivedMs, text, edited, reactions } of story.messages) {
    const chat = chatOf(told);
    const page = chatDocument(chat.id, chat.page);
    const accountOf = (person: number) => memberOf(staff, told.company, person).account;
    const target = await log.append(page, accountOf(author), { writtenMs, arrivedMs }, (stamp) =>
      encodeChatEntry({ kind: 'message', stamp, first: undefined, text }),
    );
    if (edited !== undefined) {
      const times = { writtenMs: arrivedMs + EDITED_AFTER_MS, arrivedMs: arrivedMs + EDITED_AFTER_MS };
      await log.append(page, accountOf(author), times, (stamp) =>
        encodeChatEntry({ kind: 'edit', stamp, first: undefined, target, text: edited }),
      );
    }
    for (const { person, emoji } of reactions) {
      await log.append(page, accountOf(person), { writtenMs: arrivedMs, arrivedMs }, (stamp) =>
        encodeChatEntry({ kind: 'reaction', stamp, first: undefined, target, emoji }),
      );
    }
    const entries = 1 + reactions.length + (edited === undefined ? 0 : 1);
    chat.entriesInPage += entries;
    chat.lastNumber += entries;
  }
  return new Map([...chats].map(([id, { lastNumber }]) => [id, lastNumber]));
}
