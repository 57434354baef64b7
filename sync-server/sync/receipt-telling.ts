/**
 * Tells, on the connections of a chat's first page, how far the others have got: when one is opened, and after changes. A large chat is
 * told at most once in a while, because each change there concerns everybody who has it open; and it is counted as rarely for those who
 * open it, because ten thousand people take a tenth of a second.
 */
import type { Hocuspocus } from '@hocuspocus/server';
import { ChatReceipts, type Member } from '../activity/receipt-messages.ts';
import type { Positions } from '../activity/positions.ts';
import type { Directory } from '../directory/directory.ts';
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import { chatDocument, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { encodeStateless } from '../../crdt/model/protocol/stateless.ts';
import type { DocumentConnection, SocketContext } from './device-socket.ts';

export interface ReceiptTellingOptions {
  readonly positions: Positions;
  readonly directory: Pick<Directory, 'membersOf'>;
  readonly limits: Pick<ServerLimits, 'receiptsMs' | 'receiptCountsMs'>;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly documents: () => Hocuspocus<SocketContext>['documents'];
}

interface Prepared {
  readonly receipts: ChatReceipts;
  readonly atMs: number;
  /** Of a large chat: something has changed since. */
  isOutdated: boolean;
}

export class ReceiptTelling {
  readonly #options: ReceiptTellingOptions;
  /** Many open the same chat at once when a server comes back; as many chats as are opened or told of within `receiptCountsMs`. */
  readonly #prepared = new Map<ChatId, Prepared>();
  /** Large chats that have just been told; true: something has changed since. */
  readonly #resting = new Map<ChatId, { readonly timer: NodeJS.Timeout; hasChanged: boolean }>();

  constructor(options: ReceiptTellingOptions) {
    this.#options = options;
  }

  /** The first page of a chat has been opened. */
  opened(connection: DocumentConnection, chat: ChatId): void {
    const { receipts, isOutdated } = this.#known(chat) ?? this.#prepare(chat);
    this.#tell(connection, receipts);
    if (!isOutdated) return;
    const resting = this.#resting.get(chat);
    if (resting === undefined) this.#rest(chat, true);
    else resting.hasChanged = true;
  }

  /** In these chats something has changed. */
  changed(chats: Iterable<ChatId>): void {
    for (const chat of chats) {
      const prepared = this.#prepared.get(chat);
      if (prepared?.receipts.isLarge === true) prepared.isOutdated = true;
      else this.#prepared.delete(chat);
      const resting = this.#resting.get(chat);
      if (resting === undefined) this.#tellAll(chat);
      else resting.hasChanged = true;
    }
  }

  stop(): void {
    for (const { timer } of this.#resting.values()) clearTimeout(timer);
  }

  #tellAll(chat: ChatId): void {
    const document = this.#options.documents().get(chatDocument(chat));
    const connections = document?.getConnections() ?? [];
    if (connections.length === 0) return;
    const { receipts } = this.#prepare(chat);
    for (const connection of connections) this.#tell(connection, receipts);
    if (receipts.isLarge) this.#rest(chat, false);
  }

  #tell(connection: DocumentConnection, receipts: ChatReceipts): void {
    const message = receipts.for(connection.context.socket.admission.account);
    if (message !== undefined) connection.sendStateless(encodeStateless(message));
  }

  #rest(chat: ChatId, hasChanged: boolean): void {
    const timer = setTimeout(() => {
      const isDue = this.#resting.get(chat)?.hasChanged === true;
      this.#resting.delete(chat);
      try {
        if (isDue) this.#tellAll(chat);
      } catch (error) {
        this.#options.log.error('receipts-failed', error);
      }
    }, this.#options.limits.receiptCountsMs);
    this.#resting.set(chat, { timer, hasChanged });
  }

  #known(chat: ChatId): Prepared | undefined {
    const known = this.#prepared.get(chat);
    return known !== undefined && this.#isYoung(known) ? known : undefined;
  }

  #prepare(chat: ChatId): Prepared {
    for (const [other, prepared] of this.#prepared) if (!this.#isYoung(prepared)) this.#prepared.delete(other);
    const receipts = new ChatReceipts(this.#membersOf(chat), this.#options.positions.of(chat));
    const prepared = { receipts, atMs: this.#options.nowMs(), isOutdated: false };
    this.#prepared.set(chat, prepared);
    return prepared;
  }

  #isYoung({ receipts, atMs }: Prepared): boolean {
    const { limits, nowMs } = this.#options;
    return Math.abs(nowMs() - atMs) < (receipts.isLarge ? limits.receiptCountsMs : limits.receiptsMs);
  }

  #membersOf(chat: ChatId): Member[] {
    const { directory, positions } = this.#options;
    return directory.membersOf(chat).map((one) => ({ ...one, isSilent: positions.isSilent(one.account) }));
  }
}
