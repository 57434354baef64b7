/**
 * What lies on Anna's device, put there as replicas do it: rows in the databases of the documents first, then what the records say, then
 * the tabs are told. For tests of what only looks at it.
 */
import { afterEach } from 'vitest';
import { inboxChatKey } from '../../crdt/model/inbox/inbox-facts.ts';
import {
  chatDocument,
  inboxDocument,
  type ChatId,
  type DocumentName,
} from '../../crdt/model/protocol/document-name.ts';
import { documentDatabaseName, metaDatabaseName, tabChannelName } from '../../crdt/replica/documents/device.ts';
import { DocumentDatabase } from '../../crdt/replica/storage/document-database.ts';
import { MetaDatabase } from '../../crdt/replica/storage/meta-database.ts';
import { TabChannel, type TabMessage } from '../../crdt/replica/tabs/tab-channel.ts';
import { ChatBuilder, type PageBuilder } from './chat-builder.ts';
import { ANNA } from './offline-replica.ts';

/** Opens what lies on devices; closed after each test. To be called once per test file. */
export function storedDevices(): (namespace: string) => Promise<StoredChats> {
  const open: StoredChats[] = [];
  afterEach(() => {
    for (const stored of open.splice(0)) stored.close();
  });
  return async (namespace) => {
    const stored = await StoredChats.open(namespace);
    open.push(stored);
    return stored;
  };
}

interface Stored {
  rows: number;
  sequence: number;
  generation: number;
}

/** A document as it was in step with the server, once. */
export async function storeDocument(
  namespace: string,
  meta: MetaDatabase,
  document: DocumentName,
  rows: readonly Uint8Array[],
  number: number,
): Promise<void> {
  const database = await DocumentDatabase.open(documentDatabaseName(namespace, document, 1));
  if (!(database instanceof DocumentDatabase)) throw new Error(database.kind);
  await database.write(rows);
  database.close();
  await meta.putDocumentRecord(document, { generation: 1, complete: true });
  await meta.putHeads([[document, { number, sequence: 1 }]]);
}

export class StoredChats {
  readonly meta: MetaDatabase;
  /** How much the tabs were told so far. */
  told = 0;
  readonly #namespace: string;
  readonly #tabs: TabChannel;
  readonly #chats = new Map<ChatId, ChatBuilder>();
  readonly #inbox = new ChatBuilder().page(1);
  readonly #stored = new Map<DocumentName, Stored>();

  private constructor(namespace: string, meta: MetaDatabase) {
    this.#namespace = namespace;
    this.meta = meta;
    this.#tabs = new TabChannel(tabChannelName(namespace));
  }

  static async open(namespace: string): Promise<StoredChats> {
    return new StoredChats(namespace, await MetaDatabase.open(metaDatabaseName(namespace)));
  }

  page(chat: ChatId, page = 1): PageBuilder {
    let builder = this.#chats.get(chat);
    if (builder === undefined) this.#chats.set(chat, (builder = new ChatBuilder()));
    return builder.page(page);
  }

  /** The inbox lists the chat with so many pages; 0: not any more. */
  async list(chat: ChatId, pages = 1): Promise<void> {
    this.#inbox.fact(inboxChatKey(chat), pages === 0 ? null : { pages, joined: 0 });
    await this.#store(inboxDocument(ANNA), this.#inbox, true);
  }

  /** What has happened in the page is stored and told. `complete`: the page has been in step with the server. */
  async store(chat: ChatId, page = 1, complete = true): Promise<void> {
    await this.#store(chatDocument(chat, page), this.page(chat, page), complete);
  }

  /** The same by a tab that crashes before it has told. */
  async storeUntold(chat: ChatId, page = 1): Promise<void> {
    await this.#write(chatDocument(chat, page), this.page(chat, page), true);
  }

  /** The document goes on in its next database, with these rows. */
  async nextGeneration(document: DocumentName, rows: readonly Uint8Array[]): Promise<void> {
    const stored = this.#of(document);
    await this.#addRows(document, stored.generation + 1, rows);
    await this.meta.beginGeneration(document, stored.generation, []);
    stored.generation += 1;
    this.tell({ kind: 'generation', document });
  }

  /** The tabs hear it. */
  tell(message: TabMessage): void {
    this.told += 1;
    this.#tabs.post(message);
  }

  close(): void {
    this.#tabs.close();
    this.meta.close();
  }

  async #store(document: DocumentName, page: PageBuilder, complete: boolean): Promise<void> {
    const { generation } = this.#of(document);
    const { updates, number } = await this.#write(document, page, complete);
    for (const update of updates) this.tell({ kind: 'stored', document, generation, update, number });
  }

  async #write(document: DocumentName, page: PageBuilder, complete: boolean) {
    const stored = this.#of(document);
    const { generation } = stored;
    const updates = page.updates.slice(stored.rows);
    const number = page.valid.at(-1)?.number ?? 0;
    stored.rows = page.updates.length;
    stored.sequence += 1;
    await this.meta.putDocumentRecord(document, { generation, complete });
    await this.#addRows(document, generation, updates);
    await this.meta.putHeads([[document, { number, sequence: stored.sequence }]]);
    return { updates, number };
  }

  async #addRows(document: DocumentName, generation: number, rows: readonly Uint8Array[]): Promise<void> {
    const database = await DocumentDatabase.open(documentDatabaseName(this.#namespace, document, generation));
    if (!(database instanceof DocumentDatabase)) throw new Error(database.kind);
    await database.write(rows);
    database.close();
  }

  #of(document: DocumentName): Stored {
    let stored = this.#stored.get(document);
    if (stored === undefined) this.#stored.set(document, (stored = { rows: 0, sequence: 0, generation: 1 }));
    return stored;
  }
}
