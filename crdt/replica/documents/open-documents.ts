/**
 * The documents that are open in this tab, counted by their users. One that nobody uses any more lingers for a moment: a chat in which
 * people are talking changes every few seconds, and is not to be opened and closed each time.
 */
import type { DocumentName } from '../../model/protocol/document-name.ts';
import type { Device } from './device.ts';
import { LocalDocument } from './local-document.ts';

const LINGER_MS = 5_000;
/** So many at once, so that catching up with a thousand chats does not hold them all in memory. */
const MAX_LINGERING = 8;

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
  /** Oldest first. */
  readonly #lingering = new Map<DocumentName, ReturnType<typeof setTimeout>>();
  #stopped = false;
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
    this.#keep(name);
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
        if (own.users === 0) this.#linger(name, document);
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
    this.#stopped = true;
    for (const [name, { opening }] of [...this.#open]) this.#close(name, await opening);
    await Promise.all(this.#closing.values());
  }

  async #start(name: DocumentName): Promise<LocalDocument> {
    await this.#closing.get(name);
    return LocalDocument.open(this.#device, name);
  }

  #linger(name: DocumentName, document: LocalDocument): void {
    if (this.#stopped || this.#open.get(name)?.document !== document) return this.#close(name, document);
    this.#lingering.set(
      name,
      setTimeout(() => this.#close(name, document), LINGER_MS),
    );
    if (this.#lingering.size <= MAX_LINGERING) return;
    for (const oldest of this.#lingering.keys()) {
      const first = this.#open.get(oldest)?.document;
      return first === undefined ? this.#keep(oldest) : this.#close(oldest, first);
    }
  }

  /** It is used again, or closed. */
  #keep(name: DocumentName): void {
    clearTimeout(this.#lingering.get(name));
    this.#lingering.delete(name);
  }

  #close(name: DocumentName, document: LocalDocument): void {
    if (this.#open.get(name)?.document !== document) return;
    this.#keep(name);
    this.#open.delete(name);
    for (const listener of [...this.#closed]) listener(document);
    const closing = document.close().finally(() => {
      if (this.#closing.get(name) === closing) this.#closing.delete(name);
    });
    this.#closing.set(name, closing);
  }
}
