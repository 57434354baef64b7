/** A person at a device who writes, edits, takes back and reads, by a seed; and remembers all of it for the judgement. */
import type { EntryId } from '../../crdt/model/log/entry-id.ts';
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { Corpus } from './corpus.ts';
import type { Device } from './device.ts';
import type { Random } from './random.ts';
import type { Remembered } from './remembered.ts';

export interface ScribeOptions {
  /** Marks every text, so that no two are equal. */
  readonly label: string;
  readonly account: number;
  readonly chats: readonly ChatId[];
  readonly random: Random;
  readonly corpus: Corpus;
  readonly remembered: Remembered;
  /** Share of actions that are an edit, a retraction, a reaction or a move of the read marker; the rest are messages. */
  readonly shares?: Partial<Shares>;
}

interface Shares {
  readonly edit: number;
  readonly retraction: number;
  readonly reaction: number;
  readonly read: number;
}

const SHARES: Shares = { edit: 0.04, retraction: 0.03, reaction: 0.03, read: 0.03 };

interface Own {
  readonly id: EntryId;
  readonly chat: ChatId;
}

export interface Scribe {
  /** Writes through this device from now on: the one before has crashed. */
  use(device: Device): void;
  /** One action, durable when it resolves. */
  act(): Promise<void>;
  message(chat: ChatId): Promise<void>;
  retract(): Promise<void>;
  /** Takes over the receipts that the device has shown since the last time. */
  collect(): Promise<void>;
  readonly messages: number;
}

export function createScribe(first: Device, options: ScribeOptions): Scribe {
  const { label, account, chats, random, corpus, remembered } = options;
  const shares = { ...SHARES, ...options.shares };
  const own: Own[] = [];
  const numbers = new Map<ChatId, number>();
  const chatOf = new Map<string, ChatId>();
  let device = first;
  let messages = 0;

  /** Nothing in ordinary life may refuse what a person writes. */
  async function append(chat: ChatId, action: Parameters<Device['append']>[1]): Promise<EntryId> {
    const outcome = await device.append(chat, action);
    if (outcome.kind !== 'waiting') throw new Error(`${label}: ${action.kind} came to ${JSON.stringify(outcome)}`);
    return outcome.id;
  }

  async function message(chat: ChatId): Promise<void> {
    messages += 1;
    const text = `${label}/${messages} ${corpus.message()}`;
    const id = await append(chat, { kind: 'message', text });
    remembered.wrote(chat, account, id, text);
    own.push({ id, chat });
    chatOf.set(id, chat);
  }

  async function edit({ id, chat }: Own): Promise<void> {
    const text = `${label}/edit of ${id}: ${corpus.message()}`;
    await append(chat, { kind: 'edit', target: id, text });
    remembered.edited(id, text);
  }

  async function retract(): Promise<void> {
    const index = random.integer(0, own.length - 1);
    const [target] = own.splice(index, 1);
    if (target === undefined) return;
    await append(target.chat, { kind: 'retraction', target: target.id });
    remembered.retracted(target.id);
  }

  async function read(): Promise<void> {
    const chat = random.pick(chats);
    const number = numbers.get(chat);
    if (number === undefined) return;
    await device.markRead(chat, number);
    remembered.read(account, chat, number);
  }

  return {
    get messages() {
      return messages;
    },
    use(next) {
      device = next;
    },
    message,
    retract,
    async act() {
      const draw = random.unit();
      const target = own.length === 0 ? undefined : random.pick(own);
      if (target === undefined || draw >= shares.edit + shares.retraction + shares.reaction + shares.read) {
        return message(random.pick(chats));
      }
      if (draw < shares.edit) return edit(target);
      if (draw < shares.edit + shares.retraction) return retract();
      if (draw < shares.edit + shares.retraction + shares.reaction) {
        await append(target.chat, { kind: 'reaction', target: target.id, emoji: random.pick(['👍', '🔑', '🙏']) });
        return;
      }
      return read();
    },
    async collect() {
      for (const { id, number } of await device.receipts()) {
        remembered.receipted(id, number);
        const chat = chatOf.get(id);
        if (chat !== undefined) numbers.set(chat, Math.max(number, numbers.get(chat) ?? 0));
      }
    },
  };
}
