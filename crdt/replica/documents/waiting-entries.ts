/** How many messages wait on this device, by document (see waiting-messages.ts); the same in all tabs. */
import { parseDocumentName, type ChatId, type DocumentName } from '../../model/protocol/document-name.ts';
import { Cell } from '../cell.ts';
import type { Watchable } from '../contract.ts';
import type { TabChannel } from '../tabs/tab-channel.ts';

export class WaitingEntries {
  readonly #tabs: TabChannel;
  readonly #byDocument = new Map<DocumentName, number>();
  readonly #total = new Cell(0);
  readonly #byChat = new Cell<ReadonlyMap<ChatId, number>>(new Map());
  readonly #listeners = new Set<() => void>();
  #quarantined: ReadonlyMap<DocumentName, number> = new Map();

  constructor(tabs: TabChannel) {
    this.#tabs = tabs;
  }

  get total(): Watchable<number> {
    return this.#total;
  }

  /** Of chats, all pages together; chats without are left out. */
  get byChat(): Watchable<ReadonlyMap<ChatId, number>> {
    return this.#byChat;
  }

  /** Documents with waiting entries. */
  documents(): DocumentName[] {
    return [...this.#byDocument.keys()];
  }

  /** Called when a document's number has changed. */
  subscribe(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** What is known of a document, counted here or told by another tab. */
  of(document: DocumentName): number {
    return this.#byDocument.get(document) ?? 0;
  }

  /** Counted here, from the open document. */
  set(document: DocumentName, count: number): void {
    this.#put(document, count);
    this.#tabs.post({ kind: 'waiting', document, count });
  }

  /** Counted by another tab. */
  adopt(document: DocumentName, count: number): void {
    this.#put(document, count);
  }

  /** What is outside of the documents and to be sent again. */
  setQuarantined(counts: ReadonlyMap<DocumentName, number>): void {
    this.#quarantined = counts;
    this.#sum();
  }

  #put(document: DocumentName, count: number): void {
    if (count === 0) this.#byDocument.delete(document);
    else this.#byDocument.set(document, count);
    this.#sum();
    for (const listener of [...this.#listeners]) listener();
  }

  #sum(): void {
    let sum = 0;
    const byChat = new Map<ChatId, number>();
    for (const [document, count] of [...this.#byDocument, ...this.#quarantined]) {
      sum += count;
      const name = parseDocumentName(document);
      if (name?.kind === 'chat') byChat.set(name.chat, (byChat.get(name.chat) ?? 0) + count);
    }
    this.#byChat.set(byChat);
    this.#total.set(sum);
  }
}
