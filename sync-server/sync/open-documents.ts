/**
 * The documents in memory, each with its ledger. All writing goes through here: WebSocket, HTTP and the server's own. A document stays
 * while somebody has it open, while something of it is on its way to the disk, and a little longer.
 */
import type { Document, Hocuspocus } from '@hocuspocus/server';
import * as Y from 'yjs';
import type { Limits } from '../../crdt/model/log/limits.ts';
import type { DocumentName } from '../../crdt/model/protocol/document-name.ts';
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { LogStore } from '../storage/log-store.ts';
import type { SocketContext } from './device-socket.ts';
import { OpenDocument, type DocumentEvents } from './open-document.ts';

/** A document can be let go in the moment between being found and being held; twice in a row would be a bug. */
const LOAD_ATTEMPTS = 3;

const INTERNAL = new Request('http://localhost/sync');

export interface OpenDocumentsOptions {
  readonly store: LogStore;
  readonly gateLimits: Limits;
  readonly limits: Pick<ServerLimits, 'idleDocumentMs' | 'idleDocuments' | 'idleSweepMs'>;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly events: DocumentEvents;
}

export class OpenDocuments {
  readonly #options: OpenDocumentsOptions;
  readonly #open = new Map<Document, OpenDocument>();
  #hocuspocus: Hocuspocus<SocketContext> | undefined;
  #sweep: NodeJS.Timeout | undefined;

  constructor(options: OpenDocumentsOptions) {
    this.#options = options;
  }

  /** Both need each other: Hocuspocus loads through this, this opens through Hocuspocus. */
  start(hocuspocus: Hocuspocus<SocketContext>): void {
    this.#hocuspocus = hocuspocus;
    this.#sweep = setInterval(() => this.#letGo(), this.#options.limits.idleSweepMs);
  }

  get size(): number {
    return this.#open.size;
  }

  /** Undefined for one that has been let go meanwhile. */
  of(document: Document): OpenDocument | undefined {
    return document.isDestroyed ? undefined : this.#open.get(document);
  }

  all(): Iterable<OpenDocument> {
    return this.#open.values();
  }

  /** Fills a new document from the store; for Hocuspocus' load hook. */
  async load(name: DocumentName, document: Document): Promise<OpenDocument> {
    const { store, gateLimits, nowMs, events } = this.#options;
    const loaded = await store.load(name);
    document.transact(() => {
      for (const update of loaded.updates) Y.applyUpdate(document, update);
    });
    // Nobody is connected yet; without this the whole document would be broadcast to the first one who is.
    document.flush();
    const open = new OpenDocument(name, document, loaded, { store, gateLimits, events });
    open.lastUsedMs = nowMs();
    this.#open.set(document, open);
    // Counts as a connection, so that Hocuspocus keeps the document until the sweep lets it go.
    document.addDirectConnection();
    return open;
  }

  /** Forgets a document whose load failed later on. */
  forget(document: Document): void {
    this.#open.delete(document);
  }

  /** Works on a document, whether or not anybody has it open. */
  async use<T>(name: DocumentName, work: (open: OpenDocument) => Promise<T>): Promise<T> {
    const open = await this.#load(name);
    const release = open.hold(this.#options.nowMs);
    try {
      return await work(open);
    } finally {
      release();
    }
  }

  /** Resolves when everything that has been accepted is stored or refused. */
  async settled(): Promise<void> {
    await Promise.all([...this.#open.values()].map((open) => open.settled()));
  }

  stop(): void {
    clearInterval(this.#sweep);
  }

  async #load(name: DocumentName): Promise<OpenDocument> {
    if (this.#hocuspocus === undefined) throw new Error('not started');
    const config = { readOnly: true, isAuthenticated: true };
    for (let attempt = 1; attempt <= LOAD_ATTEMPTS; attempt += 1) {
      const document = await this.#hocuspocus.createDocument(name, INTERNAL, 'server', config);
      const open = this.of(document);
      if (open !== undefined) return open;
    }
    throw new Error('a loaded document was let go again and again');
  }

  /** Lets documents go that nobody has used for a while, and the longest unused ones when there are too many. */
  #letGo(): void {
    const { limits, nowMs, log } = this.#options;
    const idle = [...this.#open.values()]
      .filter((open) => !open.isHeld && open.document.connections.size === 0 && open.ledger.reserved === 0)
      .sort((a, b) => a.lastUsedMs - b.lastUsedMs);
    const surplus = idle.length - limits.idleDocuments;
    for (const [index, open] of idle.entries()) {
      if (index >= surplus && nowMs() - open.lastUsedMs < limits.idleDocumentMs) return;
      this.#unload(open).catch((error: unknown) => log.error('unload-failed', error, { document: open.name }));
    }
  }

  async #unload(open: OpenDocument): Promise<void> {
    const { document, name } = open;
    document.removeDirectConnection();
    await this.#hocuspocus?.unloadDocument(document);
    if (this.#hocuspocus?.documents.get(name) === document) document.addDirectConnection();
    else this.#open.delete(document);
  }
}
