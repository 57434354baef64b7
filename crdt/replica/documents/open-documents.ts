/** The documents that are open in this tab, counted by their users. */
import type { DocumentName } from '../../model/protocol/document-name.ts';
import type { Device } from './device.ts';
import { LocalDocument } from './local-document.ts';

/** One use of an open document; `release` when it is over, once. */
export interface DocumentUse {
  readonly document: LocalDocument;
  release(): void;
}

interface OpenDocument {
  users: number;
  readonly opening: Promise<LocalDocument>;
  document: LocalDocument | undefined;
}

export class OpenDocuments {
  readonly #device: Device;
  readonly #open = new Map<DocumentName, OpenDocument>();
  readonly #closing = new Map<DocumentName, Promise<void>>();
  readonly #opened = new Set<(document: LocalDocument) => void>();
  readonly #closed = new Set<(document: LocalDocument) => void>();

  constructor(device: Device) {
    this.#device = device;
  }

  /** Opens the document, or shares the one that is open. Resolves when the local copy is read. */
  async use(name: DocumentName): Promise<DocumentUse> {
    let entry = this.#open.get(name);
    if (entry === undefined) {
      entry = { users: 0, opening: this.#start(name), document: undefined };
      this.#open.set(name, entry);
    }
    const own = entry;
    own.users += 1;
    const document = await own.opening.catch((error: unknown) => {
      // Whoever asks next tries again.
      if (this.#open.get(name) === own) this.#open.delete(name);
      throw error;
    });
    if (own.document === undefined) {
      own.document = document;
      for (const listener of [...this.#opened]) listener(document);
    }
    let released = false;
    return {
      document,
      release: () => {
        if (released) return;
        released = true;
        own.users -= 1;
        if (own.users === 0) this.#close(name, document);
      },
    };
  }

  /** The document if it is open in this tab now. */
  get(name: DocumentName): LocalDocument | undefined {
    return this.#open.get(name)?.document;
  }

  all(): LocalDocument[] {
    return [...this.#open.values()].flatMap(({ document }) => (document === undefined ? [] : [document]));
  }

  onOpened(listener: (document: LocalDocument) => void): void {
    this.#opened.add(listener);
  }

  onClosed(listener: (document: LocalDocument) => void): void {
    this.#closed.add(listener);
  }

  /** Closes whatever is still open; what is on its way to the disk gets there. */
  async closeAll(): Promise<void> {
    for (const [name, { opening }] of [...this.#open]) this.#close(name, await opening);
    await Promise.all(this.#closing.values());
  }

  async #start(name: DocumentName): Promise<LocalDocument> {
    await this.#closing.get(name);
    return LocalDocument.open(this.#device, name);
  }

  #close(name: DocumentName, document: LocalDocument): void {
    if (this.#open.get(name)?.document !== document) return;
    this.#open.delete(name);
    for (const listener of [...this.#closed]) listener(document);
    const closing = document.close().finally(() => {
      if (this.#closing.get(name) === closing) this.#closing.delete(name);
    });
    this.#closing.set(name, closing);
  }
}
