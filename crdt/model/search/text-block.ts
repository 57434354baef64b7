/** Some messages of a page, as they are looked through together. */
import type { Place } from '../log/entry-id.ts';
import { accountOf, type Account, type Writer } from '../log/writer.ts';
import type { ChatId, DocumentName } from '../protocol/document-name.ts';
import { JoinedTexts } from './joined-texts.ts';

/** What a message is found by; its place is its id. */
export interface IndexedMessage extends Place {
  /** As shown. */
  readonly timeMs: number;
  readonly text: string;
}

export interface Found extends Place {
  readonly chat: ChatId;
  readonly document: DocumentName;
  readonly timeMs: number;
}

/** Of which messages an answer may consist; `fromMs` included, `untilMs` not. */
export interface SearchScope {
  readonly chat?: ChatId;
  readonly author?: Account;
  readonly fromMs?: number;
  readonly untilMs?: number;
}

export class TextBlock {
  readonly id: number;
  readonly chat: ChatId;
  readonly document: DocumentName;
  readonly joined: JoinedTexts;
  readonly #writers: Float64Array;
  readonly #clocks: Uint32Array;

  /** `messages`: at least one, oldest first; `texts`: theirs, normalised. */
  constructor(
    id: number,
    chat: ChatId,
    document: DocumentName,
    messages: readonly IndexedMessage[],
    texts: readonly string[],
  ) {
    this.id = id;
    this.chat = chat;
    this.document = document;
    this.joined = new JoinedTexts(
      texts,
      Float64Array.from(messages, ({ timeMs }) => timeMs),
    );
    this.#writers = Float64Array.from(messages, ({ writer }) => writer);
    this.#clocks = Uint32Array.from(messages, ({ clock }) => clock);
  }

  /** True when it is what a block of these would be. */
  holds(messages: readonly IndexedMessage[], texts: readonly string[]): boolean {
    return (
      messages.length === this.joined.size &&
      messages.every(
        ({ writer, clock, timeMs }, index) =>
          writer === this.#writers[index] && clock === this.#clocks[index] && timeMs === this.joined.times[index],
      ) &&
      this.joined.holds(texts)
    );
  }

  messageAt(index: number): Found {
    return {
      chat: this.chat,
      document: this.document,
      writer: (this.#writers[index] ?? 0) as Writer,
      clock: this.#clocks[index] ?? 0,
      timeMs: this.joined.times[index] ?? 0,
    };
  }

  /** The author's account, without a message made for it. */
  authorAt(index: number): Account {
    return accountOf((this.#writers[index] ?? 0) as Writer);
  }
}

/** True when none of a block's messages can be in the scope. */
export const isOutside = ({ chat: own, joined }: TextBlock, { chat, fromMs, untilMs }: SearchScope): boolean =>
  (chat !== undefined && chat !== own) ||
  (fromMs !== undefined && joined.newestMs < fromMs) ||
  (untilMs !== undefined && joined.oldestMs >= untilMs);

export function isIn(block: TextBlock, index: number, { chat, author, fromMs, untilMs }: SearchScope): boolean {
  const timeMs = block.joined.times[index] ?? 0;
  return (
    (chat === undefined || chat === block.chat) &&
    (author === undefined || block.authorAt(index) === author) &&
    (fromMs === undefined || timeMs >= fromMs) &&
    (untilMs === undefined || timeMs < untilMs)
  );
}
