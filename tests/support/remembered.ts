/**
 * What people did, as the proofs remember it, and the judgement of what their devices show in the end. It knows nothing of logs or
 * documents: only actions, receipts and sights.
 */
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { SeenMessage, Sight } from './device.ts';

interface Written {
  readonly chat: ChatId;
  readonly author: number;
  /** All texts that the author has given it, in order. */
  readonly texts: string[];
  /** Arrival numbers that devices have shown as receipt; more than one is a contradiction. */
  readonly receipts: Set<number>;
  retracted: boolean;
}

/** What one device shows of one chat, all pages loaded. */
export interface Showing {
  readonly device: string;
  readonly account: number;
  readonly chat: ChatId;
  readonly sight: Sight;
  /** The chat's unread number in the list of all chats. */
  readonly listed: number;
}

export interface Judgement {
  readonly written: number;
  readonly receipted: number;
  readonly retracted: number;
  /** Messages that nobody shows although they were written (durable on their device) and not retracted. */
  lost: number;
  /** The same with a receipt: the server had acknowledged them. */
  receiptedLost: number;
  doubled: number;
  /** Retracted, and still shown somewhere. */
  revived: number;
  /** Shown with a text that is not the last that its author gave. */
  staleText: number;
  /** Never written by anybody. */
  invented: number;
  /** Receipts of one message that differ from each other or from what is shown. */
  receiptsBroken: number;
  /** Devices that show another list than the first device that has the chat. */
  unequal: number;
  /** Unread numbers that are not the number of messages of others past the marker. */
  unreadWrong: number;
  readonly problems: string[];
}

const PROBLEMS_SHOWN = 30;
const PROBLEM_CHARACTERS = 400;
const line = ({ id, author, text, edited, reactions, number }: SeenMessage): string =>
  JSON.stringify([id, author, text, edited, reactions, number]);

export class Remembered {
  readonly #written = new Map<string, Written>();
  /** Arrival number up to which each person has read, by account and chat. */
  readonly #markers = new Map<string, number>();

  wrote(chat: ChatId, author: number, id: string, text: string): void {
    this.#written.set(id, { chat, author, texts: [text], receipts: new Set(), retracted: false });
  }
  edited(id: string, text: string): void {
    this.#written.get(id)?.texts.push(text);
  }
  retracted(id: string): void {
    const written = this.#written.get(id);
    if (written !== undefined) written.retracted = true;
  }
  receipted(id: string, number: number): void {
    this.#written.get(id)?.receipts.add(number);
  }
  /** A restore has voided what the lost history acknowledged: numbers of receipts may change, the messages must not go. */
  voidReceipts(): void {
    for (const { receipts } of this.#written.values()) receipts.clear();
  }
  /** Texts that were taken back, all versions. */
  retractedTexts(): string[] {
    return [...this.#written.values()].filter(({ retracted }) => retracted).flatMap(({ texts }) => texts);
  }
  read(account: number, chat: ChatId, number: number): void {
    const key = `${account} ${chat}`;
    this.#markers.set(key, Math.max(number, this.#markers.get(key) ?? 0));
  }

  get receiptCount(): number {
    let count = 0;
    for (const { receipts } of this.#written.values()) count += receipts.size > 0 ? 1 : 0;
    return count;
  }

  /** Judges the sights of all devices of the chats that this record knows. */
  judge(showings: readonly Showing[]): Judgement {
    const all = [...this.#written.values()];
    const problems: string[] = [];
    const judgement: Judgement = {
      written: all.length,
      receipted: this.receiptCount,
      retracted: all.filter(({ retracted }) => retracted).length,
      lost: 0,
      receiptedLost: 0,
      doubled: 0,
      revived: 0,
      staleText: 0,
      invented: 0,
      receiptsBroken: 0,
      unequal: 0,
      unreadWrong: 0,
      problems,
    };
    type Fault = Exclude<keyof Judgement, 'written' | 'receipted' | 'retracted' | 'problems'>;
    const fault = (kind: Fault, what: string): void => {
      judgement[kind] += 1;
      if (problems.length < PROBLEMS_SHOWN) problems.push(`${kind}: ${what}`.slice(0, PROBLEM_CHARACTERS));
    };

    const first = new Map<ChatId, Showing>();
    for (const showing of showings) {
      const reference = first.get(showing.chat);
      if (reference === undefined) first.set(showing.chat, showing);
      else this.#compare(reference, showing, (what) => fault('unequal', what));
      this.#checkUnread(showing, (what) => fault('unreadWrong', what));
    }
    for (const { chat, device, sight } of first.values()) {
      const shown = new Map<string, SeenMessage>();
      const texts = new Set<string>();
      for (const message of sight.messages) {
        if (shown.has(message.id) || texts.has(message.text))
          fault('doubled', `${chat} on ${device}: ${line(message)}`);
        shown.set(message.id, message);
        texts.add(message.text);
        if (!this.#written.has(message.id)) fault('invented', `${chat} on ${device}: ${line(message)}`);
      }
      for (const [id, written] of this.#written) {
        if (written.chat !== chat) continue;
        const message = shown.get(id);
        const name = `${chat} ${id} "${written.texts[0]}" (receipts: ${[...written.receipts].join(',')})`;
        if (written.receipts.size > 1) fault('receiptsBroken', name);
        if (written.retracted) {
          if (message !== undefined) fault('revived', name);
          continue;
        }
        if (message === undefined) {
          fault('lost', name);
          if (written.receipts.size > 0) fault('receiptedLost', name);
          continue;
        }
        if (message.text !== written.texts.at(-1)) fault('staleText', `${name} shows "${message.text}"`);
        if (written.receipts.size === 1 && !written.receipts.has(message.number))
          fault('receiptsBroken', `${name} now ${message.number}`);
      }
    }
    return judgement;
  }

  #compare(reference: Showing, showing: Showing, fault: (what: string) => void): void {
    const expected = reference.sight.messages.map(line);
    const actual = showing.sight.messages.map(line);
    if (expected.length === actual.length && expected.every((one, index) => one === actual[index])) return;
    const index = expected.findIndex((one, position) => one !== actual[position]);
    const at = index < 0 ? expected.length : index;
    fault(
      `${showing.chat} on ${showing.device} (${actual.length}) differs from ${reference.device} (${expected.length}) at ${at}: ` +
        `${actual[at] ?? 'nothing'} instead of ${expected[at] ?? 'nothing'}`,
    );
  }

  #checkUnread({ device, account, chat, sight, listed }: Showing, fault: (what: string) => void): void {
    const marker = this.#markers.get(`${account} ${chat}`) ?? 0;
    const expected = sight.messages.filter(({ author, number }) => author !== account && number > marker).length;
    if (sight.unread !== expected || listed !== expected) {
      fault(
        `${chat} on ${device}: ${sight.unread} in the chat, ${listed} in the list instead of ${expected} (marker ${marker})`,
      );
    }
  }
}

/** True when nothing is wrong. */
export const isSound = (judgement: Judgement): boolean =>
  judgement.lost +
    judgement.receiptedLost +
    judgement.doubled +
    judgement.revived +
    judgement.staleText +
    judgement.invented +
    judgement.receiptsBroken +
    judgement.unequal +
    judgement.unreadWrong ===
  0;

/** The numbers alone, for tables and JSON. */
export function numbersOf({ problems: _, ...numbers }: Judgement): { [name: string]: number } {
  return numbers;
}
