/** What happened in the demo's two companies over two years, generated from a seed; nothing of it is stored anywhere yet. */
import { createCorpus, type CorpusPerson, type Speech, type Topic } from './corpus.ts';
import { seededRandom, type Random } from './random.ts';
import { tellToday } from './story-today.ts';

export interface StoryPerson extends CorpusPerson {
  readonly email: string;
  readonly admin: boolean;
}

export interface StoryCompany {
  readonly name: string;
  readonly people: readonly StoryPerson[];
}

/** A company's internal chat, or the private chat of two of its people; numbers are places in the story's lists. */
export type StoryChat =
  | { readonly kind: 'internal'; readonly company: number }
  | { readonly kind: 'private'; readonly company: number; readonly people: readonly [number, number] };

export interface StoryMessage {
  readonly chat: StoryChat;
  readonly author: number;
  /** When it was written, and when the server got it; later for what was written without network. Unix ms. */
  readonly writtenMs: number;
  readonly arrivedMs: number;
  readonly text: string;
  /** What the author made of the text afterwards. */
  readonly edited?: string;
  /** Emoji of others on it, by person. */
  readonly reactions: readonly { readonly person: number; readonly emoji: string }[];
}

export interface Story {
  readonly companies: readonly StoryCompany[];
  /** In the order of their arrival. */
  readonly messages: readonly StoryMessage[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const YEARS_MS = 2 * 365 * DAY_MS;
const CONVERSATIONS = 820;
const COMPANY_SIZES = [5, 3];
/** The last hour is told by hand. */
const TODAY_MS = 70 * MINUTE_MS;

/** ä and its kin do not fit into every mail address. */
const latin = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[^a-z]/g, '');

/** A working time in the two years before `untilMs`, later ones more likely. */
function conversationStart(random: Random, untilMs: number): number {
  for (;;) {
    const day = new Date(untilMs - Math.sqrt(random.unit()) * random.unit() * YEARS_MS);
    const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
    if (isWeekend && !random.chance(0.1)) continue;
    day.setUTCHours(random.integer(7, 18), random.integer(0, 59), random.integer(0, 59));
    if (day.getTime() < untilMs) return day.getTime();
  }
}

export function tellStory(seed: number, untilMs: number): Story {
  const random = seededRandom(seed);
  const corpus = createCorpus(random.fork('corpus'));

  const companies = COMPANY_SIZES.map((size): StoryCompany => {
    const name = corpus.company();
    const domain = name.split(/[ &]+/).map(latin).join('-');
    const people: StoryPerson[] = [];
    while (people.length < size) {
      const person = corpus.person();
      const isTaken = people.some(({ first, last }) => first === person.first || last === person.last);
      const email = `${latin(person.first)}.${latin(person.last)}@${domain}.example`;
      if (!isTaken) people.push({ ...person, email, admin: people.length === 0 });
    }
    return { name, people };
  });

  /** More happens in internal chats than between any two people, and more in the larger company. */
  const chats = companies.flatMap(({ people }, company): StoryChat[] => {
    const pairs = people.flatMap((_, one) =>
      people.slice(one + 1).map((_other, offset) => [one, one + 1 + offset] as const),
    );
    const internal: StoryChat = { kind: 'internal', company };
    const privates = pairs.map((pair): StoryChat => ({ kind: 'private', company, people: pair }));
    return [...Array.from({ length: people.length * 4 }, () => internal), ...privates];
  });

  const peopleOf = (chat: StoryChat): readonly number[] =>
    chat.kind === 'private' ? chat.people : (companies[chat.company]?.people ?? []).map((_, index) => index);

  const message = (chat: StoryChat, author: number, writtenMs: number, topic: Topic, speech: Speech): StoryMessage => {
    const others = peopleOf(chat).filter((person) => person !== author);
    const colleague = companies[chat.company]?.people[random.pick(others)]?.first;
    // One of fifty was written in a basement.
    const arrivedMs =
      writtenMs + (random.chance(0.02) ? random.integer(10, 90) * MINUTE_MS : random.integer(100, 2_000));
    const isLiked = random.chance(0.06);
    return {
      chat,
      author,
      writtenMs,
      arrivedMs: Math.min(arrivedMs, untilMs - TODAY_MS),
      text: corpus.message({ topic, speech, ...(colleague === undefined ? {} : { colleague }) }),
      reactions: isLiked ? [{ person: random.pick(others), emoji: random.pick(['👍', '🙏', '😀', '❤️']) }] : [],
    };
  };

  const conversation = (): StoryMessage[] => {
    const chat = random.pick(chats);
    const topic = corpus.topic();
    const speech: Speech = random.chance(0.7) ? 'german' : 'english';
    const endMs = untilMs - TODAY_MS;
    let timeMs = conversationStart(random, endMs - 2 * 60 * MINUTE_MS);
    return Array.from({ length: random.integer(2, 9) }, () => {
      timeMs = Math.min(endMs, timeMs + random.integer(20, 12 * 60) * 1_000);
      return message(chat, random.pick(peopleOf(chat)), timeMs, topic, speech);
    });
  };

  const before = Array.from({ length: CONVERSATIONS }, conversation).flat();
  const messages = [...before.toSorted((one, other) => one.arrivedMs - other.arrivedMs), ...tellToday(untilMs)];
  return { companies, messages };
}
