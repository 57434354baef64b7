/**
 * Takes in how far people have got: what their devices have stored, and what they have read. Gathered, checked and bounded, then
 * written down together. What is lost in a crash is told again: by devices when they are next welcomed, by the log at the next start.
 */
import type { Account } from '../../crdt/model/log/writer.ts';
import { parseChatId, type ChatId, type CompanyId } from '../../crdt/model/protocol/document-name.ts';
import type { Directory } from '../directory/directory.ts';
import type { Log } from '../log.ts';
import type { ChatHeads } from './chat-heads.ts';
import type { PlacedPosition, Positions } from './positions.ts';

/** More chats of one person at once are looked up together. */
const LOOKED_UP_ONE_BY_ONE = 8;

interface Step {
  delivered: number;
  read: number;
}

export interface ReceiptsOptions {
  readonly positions: Positions;
  readonly heads: ChatHeads;
  readonly directory: Pick<Directory, 'person' | 'chatsOf' | 'hasStarted'>;
  readonly gatherMs: number;
  /** What is written reaches the disk within this time. */
  readonly durableMs: number;
  /** Pause before the next attempt when nothing could be written. */
  readonly retryMs: number;
  readonly log: Log;
  /** In these chats somebody has got further, or tells more or less than before. Must not throw. */
  readonly onChanged: (chats: ReadonlySet<ChatId>) => void;
}

const placed = (told: Iterable<readonly [Account, ReadonlyMap<ChatId, Readonly<Step>>]>): PlacedPosition[] =>
  [...told].flatMap(([account, chats]) => [...chats].map(([chat, step]) => ({ account, chat, ...step })));

export class Receipts {
  readonly #options: ReceiptsOptions;
  /** Companies never change; as many as there are people. */
  readonly #companies = new Map<Account, CompanyId>();
  #waiting = new Map<Account, Map<ChatId, Step>>();
  #silent = new Map<Account, boolean>();
  #mirrored: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #durableTimer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /** A device of this person has stored these chats up to these numbers; or so it says. */
  delivered(account: Account, chats: readonly (readonly [ChatId, number])[]): void {
    for (const [chat, number] of chats) this.#raise(account, chat, { delivered: number, read: 0 });
  }

  /** This person has read the chat up to this number; or so they say. */
  read(account: Account, chat: ChatId, number: number): void {
    this.#raise(account, chat, { delivered: 0, read: number });
  }

  /** This person has switched read receipts off, or on again. */
  silent(account: Account, isSilent: boolean): void {
    this.#silent.set(account, isSilent);
    this.#wake(this.#options.gatherMs);
  }

  /** All `me` documents up to this sequence of the log have been taken in. */
  mirrored(sequence: number): void {
    this.#mirrored = Math.max(this.#mirrored ?? 0, sequence);
    this.#wake(this.#options.gatherMs);
  }

  /** Writes down what is waiting; resolves when that is done, or has failed. */
  settled(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#durableTimer);
  }

  #raise(account: Account, chat: ChatId, { delivered, read }: Readonly<Step>): void {
    let chats = this.#waiting.get(account);
    if (chats === undefined) this.#waiting.set(account, (chats = new Map<ChatId, Step>()));
    const known = chats.get(chat);
    if (known === undefined) chats.set(chat, { delivered, read });
    else {
      known.delivered = Math.max(known.delivered, delivered);
      known.read = Math.max(known.read, read);
    }
    this.#wake(this.#options.gatherMs);
  }

  #wake(delayMs: number): void {
    if (this.#stopped) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.settled();
    }, delayMs);
  }

  async #write(): Promise<void> {
    const [waiting, silent, mirrored] = [this.#waiting, this.#silent, this.#mirrored];
    if (waiting.size === 0 && silent.size === 0 && mirrored === undefined) return;
    this.#waiting = new Map();
    this.#silent = new Map();
    this.#mirrored = undefined;
    const { heads, positions, onChanged, log, retryMs } = this.#options;
    let progress: readonly PlacedPosition[] | undefined;
    try {
      progress = [...waiting].flatMap(([account, chats]) => this.#ownOf(account, chats));
      await heads.fetch(new Set(progress.map(({ chat }) => chat)));
      const isSilent = (account: Account) => silent.get(account) ?? positions.isSilent(account);
      const bounded = progress.map(({ account, chat, delivered, read }) => ({
        account,
        chat,
        // What is read is delivered, and told so; later silence takes none of it back, and gives none away.
        delivered: Math.min(isSilent(account) ? delivered : Math.max(delivered, read), heads.of(chat)),
        read: Math.min(read, heads.of(chat)),
      }));
      const turned = new Map([...silent].filter(([account, isOff]) => positions.isSilent(account) !== isOff));
      const changed = positions.write({ positions: bounded, silent: turned, mirrored });
      this.#makeDurableSoon();
      for (const account of turned.keys()) for (const chat of this.#chatsOf(account)) changed.add(chat);
      if (changed.size > 0) onChanged(changed);
    } catch (error) {
      log.error('receipts-failed', error);
      // What has come meanwhile is newer.
      for (const [account, isSilent] of silent) if (!this.#silent.has(account)) this.#silent.set(account, isSilent);
      // Of what is not theirs, nobody may fill the memory while the disk is full.
      for (const { account, chat, delivered, read } of progress ?? placed(waiting)) {
        this.#raise(account, chat, { delivered, read });
      }
      if (mirrored !== undefined) this.#mirrored = Math.max(this.#mirrored ?? 0, mirrored);
      this.#wake(retryMs);
    }
  }

  #makeDurableSoon(): void {
    if (this.#stopped) return;
    this.#durableTimer ??= setTimeout(() => {
      this.#durableTimer = undefined;
      try {
        this.#options.positions.makeDurable();
      } catch (error) {
        this.#options.log.error('receipts-failed', error);
      }
    }, this.#options.durableMs);
  }

  /** Of what somebody tells, the chats that they are in. */
  #ownOf(account: Account, chats: ReadonlyMap<ChatId, Readonly<Step>>): PlacedPosition[] {
    const isOwn = this.#isOwn(account, chats.size > LOOKED_UP_ONE_BY_ONE);
    return placed([[account, chats]]).filter(({ chat }) => isOwn(chat));
  }

  #isOwn(account: Account, isMany: boolean): (chat: ChatId) => boolean {
    if (isMany) {
      const own = new Set(this.#chatsOf(account));
      return (chat) => own.has(chat);
    }
    return (chat) => {
      const kind = parseChatId(chat);
      if (kind === undefined) return false;
      if (kind.kind === 'internal') return kind.company === this.#companyOf(account);
      return kind.accounts.includes(account) && this.#options.directory.hasStarted(chat, account);
    };
  }

  #chatsOf(account: Account): ChatId[] {
    const { directory } = this.#options;
    const person = directory.person(account);
    return person === undefined ? [] : directory.chatsOf(person).map(({ chat }) => chat);
  }

  #companyOf(account: Account): CompanyId | undefined {
    const known = this.#companies.get(account);
    if (known !== undefined) return known;
    const company = this.#options.directory.person(account)?.company;
    if (company !== undefined) this.#companies.set(account, company);
    return company;
  }
}
