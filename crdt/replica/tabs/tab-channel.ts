/** What the tabs of one device tell each other. Everything said here is already durable, or can be read again from the databases. */
import type { HistoryView } from '../contract.ts';
import type { DocumentName } from '../../model/protocol/document-name.ts';

export type TabMessage =
  /** Own entries, durable in the document's database of that generation. */
  | {
      readonly kind: 'append';
      readonly document: DocumentName;
      readonly generation: number;
      readonly update: Uint8Array;
    }
  /** What came from the server, durable in the document's database of that generation. */
  | {
      readonly kind: 'stored';
      readonly document: DocumentName;
      readonly generation: number;
      readonly update: Uint8Array;
      /** The document's last arrival number. */
      readonly number: number;
    }
  /** Unsent own entries of a document, counted by a tab that has it open. */
  | { readonly kind: 'waiting'; readonly document: DocumentName; readonly count: number }
  /** A document lives in its next database from now on. */
  | { readonly kind: 'generation'; readonly document: DocumentName }
  /** Rows of a document's database were lost: who has them in memory writes them again. */
  | { readonly kind: 'mended'; readonly document: DocumentName; readonly generation: number }
  /** The notes of repairs have changed. */
  | { readonly kind: 'repairs' }
  /** The quarantine records have changed. */
  | { readonly kind: 'quarantine' }
  | { readonly kind: 'clock'; readonly offsetMs: number }
  /** How far history is, from the tab that fetches it; a tab that is new asks for it. */
  | { readonly kind: 'history'; readonly view: HistoryView }
  | { readonly kind: 'history-asked' }
  | { readonly kind: 'history-paused'; readonly paused: boolean }
  /** Everything of this namespace is about to be deleted: stop. */
  | { readonly kind: 'wipe' };

export class TabChannel {
  readonly #channel: BroadcastChannel;
  readonly #listeners = new Set<(message: TabMessage) => void>();
  #closed = false;

  constructor(name: string) {
    this.#channel = new BroadcastChannel(name);
    this.#channel.addEventListener('message', (event: MessageEvent<TabMessage>) => {
      for (const listener of [...this.#listeners]) listener(event.data);
    });
  }

  /** What can't be told any more can be read from the databases. */
  post(message: TabMessage): void {
    if (this.#closed) return;
    this.#channel.postMessage(message);
  }

  listen(listener: (message: TabMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#listeners.clear();
    this.#channel.close();
  }
}
