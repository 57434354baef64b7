/** How far the others have got in each chat, as the server last told this device; readable without network. */
import { NO_RECEIPTS, receiptsOfPeople, type Receipts } from '../../model/chat/receipts.ts';
import { parseDocumentName, type ChatId, type DocumentName } from '../../model/protocol/document-name.ts';
import type { FromServer } from '../../model/protocol/stateless.ts';
import { Cell } from '../cell.ts';
import type { Watchable } from '../contract.ts';
import type { MetaDatabase } from '../storage/meta-database.ts';

export class ReceiptsCache {
  readonly #meta: MetaDatabase;
  /** Of the chats that have been opened or told of: few, and each is small. */
  readonly #cells = new Map<ChatId, Cell<Receipts>>();
  readonly #unsaved = new Map<ChatId, Receipts>();
  #saving: Promise<void> | undefined;

  constructor(meta: MetaDatabase) {
    this.#meta = meta;
  }

  /** What is known of a chat; what was kept is there as soon as it is read. */
  of(chat: ChatId): Watchable<Receipts> {
    const known = this.#cells.get(chat);
    if (known !== undefined) return known;
    const cell = this.#add(chat);
    void this.#read(chat, cell);
    return cell;
  }

  /** What the server says on the connection of a document; only that of a chat's first page tells of receipts. */
  hear(document: DocumentName, message: FromServer): void {
    const name = parseDocumentName(document);
    const receipts = receiptsIn(message);
    if (name?.kind !== 'chat' || receipts === undefined) return;
    (this.#cells.get(name.chat) ?? this.#add(name.chat)).set(receipts);
    this.#unsaved.set(name.chat, receipts);
    this.#saving ??= this.#save();
  }

  /** Resolves when what was heard is kept, or could not be: it is told again when the chat is opened. */
  async saved(): Promise<void> {
    await this.#saving;
  }

  #add(chat: ChatId): Cell<Receipts> {
    const cell = new Cell(NO_RECEIPTS);
    this.#cells.set(chat, cell);
    return cell;
  }

  async #read(chat: ChatId, cell: Cell<Receipts>): Promise<void> {
    const kept = await this.#meta.receiptsOf(chat).catch(() => undefined);
    // What was heard meanwhile is newer.
    if (kept !== undefined && cell.get() === NO_RECEIPTS) cell.set(kept);
  }

  async #save(): Promise<void> {
    await Promise.resolve();
    for (const [chat, receipts] of this.#unsaved) {
      this.#unsaved.delete(chat);
      await this.#meta.putReceipts(chat, receipts);
    }
    this.#saving = undefined;
  }
}

function receiptsIn(message: FromServer): Receipts | undefined {
  if (message.kind === 'receipts') return receiptsOfPeople(message.people);
  if (message.kind !== 'receipt-counts') return undefined;
  const { members, delivered, read } = message;
  return { kind: 'counts', members, delivered, read };
}
