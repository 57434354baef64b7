/** Some messages of a page whose texts are joined to one, so that one pass finds a phrase in all of them. */
import type { DocumentName, ChatId } from '../protocol/document-name.ts';
import type { Place } from '../log/entry-id.ts';
import { accountOf, type Account, type Writer } from '../log/writer.ts';
import { matchKind, type MatchKind, type Phrase } from './phrase.ts';

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

/** Stands in no normalised text. */
const SEPARATOR = '\n';

export class TextBlock {
  readonly id: number;
  readonly chat: ChatId;
  readonly document: DocumentName;
  readonly text: string;
  readonly oldestMs: number;
  readonly newestMs: number;
  readonly #starts: Uint32Array;
  readonly #writers: Float64Array;
  readonly #clocks: Uint32Array;
  readonly #times: Float64Array;

  /** `messages`: at least one; `texts`: theirs, normalised. */
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
    this.text = texts.join(SEPARATOR);
    this.#starts = new Uint32Array(texts.length);
    let start = 0;
    for (const [index, text] of texts.entries()) {
      this.#starts[index] = start;
      start += text.length + SEPARATOR.length;
    }
    this.#writers = Float64Array.from(messages, ({ writer }) => writer);
    this.#clocks = Uint32Array.from(messages, ({ clock }) => clock);
    this.#times = Float64Array.from(messages, ({ timeMs }) => timeMs);
    this.oldestMs = this.#times.reduce((one, other) => Math.min(one, other));
    this.newestMs = this.#times.reduce((one, other) => Math.max(one, other));
  }

  get size(): number {
    return this.#starts.length;
  }

  /** True when it is what a block of these would be. */
  holds(messages: readonly IndexedMessage[], texts: readonly string[]): boolean {
    return (
      messages.length === this.size &&
      messages.every(
        ({ writer, clock, timeMs }, index) =>
          writer === this.#writers[index] && clock === this.#clocks[index] && timeMs === this.#times[index],
      ) &&
      texts.join(SEPARATOR) === this.text
    );
  }

  /** True when none of its messages can be in the scope. */
  isOutside({ chat, fromMs, untilMs }: SearchScope): boolean {
    return (
      (chat !== undefined && chat !== this.chat) ||
      (fromMs !== undefined && this.newestMs < fromMs) ||
      (untilMs !== undefined && this.oldestMs >= untilMs)
    );
  }

  /** Adds to `found` the messages in scope that have the phrase so. */
  search(phrase: Phrase, kind: MatchKind, scope: SearchScope, found: (message: Found) => void): void {
    let at = this.text.indexOf(phrase.text);
    while (at >= 0) {
      const index = this.#indexAt(at);
      const to = index + 1 < this.size ? (this.#starts[index + 1] ?? 0) - SEPARATOR.length : this.text.length;
      if (matchKind(this.text, phrase, this.#starts[index], to, at) === kind) {
        const message = this.#message(index);
        if (isIn(message, scope)) found(message);
      }
      at = to < this.text.length ? this.text.indexOf(phrase.text, to + SEPARATOR.length) : -1;
    }
  }

  /** The message in whose text a unit of the block's text stands. */
  #indexAt(at: number): number {
    let [low, high] = [0, this.size - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #message(index: number): Found {
    return {
      chat: this.chat,
      document: this.document,
      writer: (this.#writers[index] ?? 0) as Writer,
      clock: this.#clocks[index] ?? 0,
      timeMs: this.#times[index] ?? 0,
    };
  }
}

const isIn = ({ writer, timeMs }: Found, { author, fromMs, untilMs }: SearchScope): boolean =>
  (author === undefined || accountOf(writer) === author) &&
  (fromMs === undefined || timeMs >= fromMs) &&
  (untilMs === undefined || timeMs < untilMs);
