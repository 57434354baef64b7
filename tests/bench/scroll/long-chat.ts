/** An installation whose company has written to each other for two years: one long internal chat, and a short one of every two people. */
import { SERVER_LIMITS } from '../../../sync-server/limits.ts';
import { openEmptyInstallation } from '../../../sync-server/operations/demo/empty-installation.ts';
import type { Story, StoryMessage } from '../../../sync-server/operations/demo/story.ts';
import { writeStory } from '../../../sync-server/operations/demo/write-story.ts';
import { createCorpus } from '../../support/corpus.ts';
import { PASSWORD } from '../../support/installation.ts';
import type { Random } from '../../support/random.ts';

const PEOPLE = 8;
const PRIVATE_MESSAGES = 60;
const SPAN_MS = 2 * 365 * 86_400_000;

export const emailOf = (person: number): string => `person${person}@bench.example`;

function tell(messages: number, untilMs: number, random: Random): Story {
  const corpus = createCorpus(random.fork('texts'));
  const people = Array.from({ length: PEOPLE }, (_, person) => ({
    ...corpus.person(),
    email: emailOf(person),
    admin: person === 0,
  }));
  const told: StoryMessage[] = [];
  const write = (chat: StoryMessage['chat'], author: number, atMs: number): void =>
    void told.push({ chat, author, writtenMs: atMs, arrivedMs: atMs + 400, text: corpus.message(), reactions: [] });
  const atMs = (index: number, of: number): number => Math.floor(untilMs - SPAN_MS + ((index + 1) * SPAN_MS) / of);
  // People take turns of some messages, as they do.
  let author = 0;
  for (let index = 0; index < messages; index += 1) {
    if (random.chance(0.4)) author = random.integer(0, PEOPLE - 1);
    write({ kind: 'internal', company: 0 }, author, atMs(index, messages));
  }
  for (let one = 0; one < PEOPLE; one += 1) {
    for (let other = one + 1; other < PEOPLE; other += 1) {
      for (let index = 0; index < PRIVATE_MESSAGES; index += 1) {
        write(
          { kind: 'private', company: 0, people: [one, other] },
          random.chance(0.5) ? one : other,
          atMs(index, PRIVATE_MESSAGES),
        );
      }
    }
  }
  return {
    companies: [{ name: 'Bench', people }],
    messages: told.toSorted((a, b) => a.arrivedMs - b.arrivedMs),
  };
}

export interface LongChatMessage {
  readonly text: string;
  readonly writtenMs: number;
  /** The people of its chat, by their numbers. */
  readonly readers: readonly number[];
}

/**
 * Fills an empty data folder, as a server would have over that time; everybody's password is `PASSWORD`. Resolves with what was written,
 * the earliest first.
 */
export async function fillLongChat(
  dataDir: string,
  messages: number,
  untilMs: number,
  random: Random,
): Promise<readonly LongChatMessage[]> {
  const installation = await openEmptyInstallation(dataDir, random);
  const story = tell(messages, untilMs, random);
  try {
    await writeStory(story, PASSWORD, installation, SERVER_LIMITS.pageEntries);
  } finally {
    await installation.close();
  }
  const everybody = Array.from({ length: PEOPLE }, (_, person) => person);
  return story.messages.map(({ text, writtenMs, chat }) => ({
    text,
    writtenMs,
    readers: chat.kind === 'internal' ? everybody : chat.people,
  }));
}
