/** Messages of many chats over three years: a few chats have most of them, and what is written together lies together. */
import { makeWriter, type Account, type Writer } from '../../../crdt/model/log/writer.ts';
import { chatDocument, privateChatId, type ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { IndexedMessage } from '../../../crdt/model/search/text-block.ts';
import { createCorpus } from '../../support/corpus.ts';
import type { Random } from '../../support/random.ts';
import type { StoredPage } from './page-file.ts';
import { talk } from './talk.ts';

const UNTIL_MS = Date.UTC(2026, 10, 20, 16);
const THREE_YEARS_MS = 3 * 365 * 86_400_000;
const PAGE_MESSAGES = 2_000;
const MESSAGES_PER_CHAT = 1_000;
/** Of their trade, and the other ones of anything else. */
const OF_THE_TRADE = 0.35;
/** How likely the next message is of the same chat. */
const SAME_CHAT = 0.85;
const MAX_PEOPLE = 30;

/** Pages with the newest last message first, as they are brought in. */
export function writeHistory(random: Random, messages: number): readonly StoredPage[] {
  const corpus = createCorpus(random.fork('texts'));
  const talking = random.fork('talk');
  const chats = Array.from(
    { length: Math.ceil(messages / MESSAGES_PER_CHAT) + 3 },
    (_, number) => new Chat(random, number),
  );
  const betweenMs = Math.floor(THREE_YEARS_MS / messages);
  let chat: Chat | undefined;
  for (let number = 0; number < messages; number += 1) {
    if (chat === undefined || !random.chance(SAME_CHAT)) chat = chats[Math.floor(chats.length * random.unit() ** 3)];
    // No two at the same time, so that a time says which message it is.
    const timeMs = UNTIL_MS - (messages - number) * betweenMs + random.integer(0, betweenMs - 1);
    chat?.write(timeMs, random.chance(OF_THE_TRADE) ? corpus.message() : talk(talking));
  }
  const newestMs = (page: StoredPage): number => page.messages.at(-1)?.timeMs ?? 0;
  return chats.flatMap(({ pages }) => pages).toSorted((one, other) => newestMs(other) - newestMs(one));
}

class Chat {
  readonly pages: StoredPage[] = [];
  readonly #random: Random;
  readonly #chat: ChatId;
  readonly #people: readonly Account[];
  #page: IndexedMessage[] = [];
  #clocks = new Map<Account, { readonly writer: Writer; clock: number }>();

  constructor(random: Random, number: number) {
    this.#random = random;
    this.#chat = privateChatId(2 as Account, (number + 3) as Account);
    const people = random.chance(0.7) ? 2 : random.integer(3, MAX_PEOPLE);
    this.#people = Array.from({ length: people }, () => random.integer(2, 2_000) as Account);
  }

  write(timeMs: number, text: string): void {
    if (this.#page.length === PAGE_MESSAGES || this.pages.length === 0) this.#beginPage();
    const account = this.#random.pick(this.#people);
    const own = this.#clocks.get(account) ?? { writer: makeWriter(account, this.#random.uint32()), clock: 0 };
    this.#clocks.set(account, own);
    this.#page.push({ writer: own.writer, clock: own.clock, timeMs, text });
    own.clock += 1;
  }

  #beginPage(): void {
    this.#page = [];
    this.#clocks = new Map();
    const document = chatDocument(this.#chat, this.pages.length + 1);
    this.pages.push({ document, chat: this.#chat, messages: this.#page });
  }
}
