/** Documents over WebSockets: Hocuspocus with this house's rules in its hooks. Only this folder knows Hocuspocus. */
import { Hocuspocus, type Document } from '@hocuspocus/server';
import type { Limits } from '../../crdt/model/log/limits.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import {
  inboxDocument,
  internalChatId,
  parseChatId,
  parseDocumentName,
  type ChatId,
  type CompanyId,
  type DocumentName,
} from '../../crdt/model/protocol/document-name.ts';
import { encodeStateless } from '../../crdt/model/protocol/stateless.ts';
import type { Positions } from '../activity/positions.ts';
import { accessTo } from '../chats/access.ts';
import type { Directory } from '../directory/directory.ts';
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { LogStore } from '../storage/log-store.ts';
import { Bumps } from './bumps.ts';
import { ClientMessages } from './client-messages.ts';
import { Denied } from './denied.ts';
import type { CloseReason, DeviceSocket, DocumentConnection, SocketContext } from './device-socket.ts';
import type { Change, DocumentEvents, OpenDocument } from './open-document.ts';
import { OpenDocuments } from './open-documents.ts';
import { ReceiptTelling } from './receipt-telling.ts';
import { Sockets } from './sockets.ts';
import { UpdateGates } from './update-gates.ts';

/** The longest time that a timer knows: 24 days. */
const NEVER_MS = 2 ** 31 - 1;

export interface SyncOptions {
  readonly store: LogStore;
  readonly directory: Directory;
  readonly epoch: string;
  readonly gateLimits: Limits;
  readonly limits: ServerLimits;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly events: DocumentEvents;
  /** A document has been loaded into memory. Must not throw. */
  readonly onLoaded: (open: OpenDocument) => void;
  readonly positions: Positions;
  /** Up to these arrival numbers a device of this person has the chats; or so it says. */
  readonly onDelivered: (account: Account, chats: readonly (readonly [ChatId, number])[]) => void;
}

const CLOSE_CODE = 4403;

export class Sync {
  readonly sockets = new Sockets();
  readonly documents: OpenDocuments;
  readonly hocuspocus: Hocuspocus<SocketContext>;
  readonly #options: SyncOptions;
  readonly #bumps: Bumps;
  readonly #gates: UpdateGates;
  readonly #messages: ClientMessages;
  readonly #telling: ReceiptTelling;
  readonly #sessionSweep: NodeJS.Timeout;

  constructor(options: SyncOptions) {
    const { directory, gateLimits, limits, metrics, nowMs, onDelivered, positions, store, log } = options;
    this.#options = options;
    this.#bumps = new Bumps(this.sockets, limits.bumpMs, () => metrics.bumps.inc());
    this.#gates = new UpdateGates({
      limits,
      metrics,
      nowMs,
      openOf: (document) => this.documents.of(document),
      mayWrite: ({ document, context }) => this.#access(document.name, context.socket) === 'write',
    });
    this.#messages = new ClientMessages({ limits, nowMs, onDelivered });
    const documents = () => this.hocuspocus.documents;
    this.#telling = new ReceiptTelling({ positions, directory, limits, log, nowMs, documents });
    this.documents = new OpenDocuments({
      store,
      gateLimits,
      limits,
      log,
      nowMs,
      events: {
        beforeStoring: (open) => this.#beforeStoring(open),
        onChange: (open, change) => this.#changed(open, change),
      },
    });
    this.hocuspocus = this.#createHocuspocus();
    this.documents.start(this.hocuspocus);
    this.#sessionSweep = setInterval(() => this.#endExpired(), limits.sessionSweepMs);
  }

  /**
   * A person's rights have changed, or they are new: tells who is in the company's chat, closes what is no longer theirs, and stops or
   * allows writing, also for their chat partners.
   */
  recheck(account: Account, company: CompanyId): void {
    this.receiptsChanged(new Set([internalChatId(company)]));
    const person = this.#options.directory.person(account);
    for (const socket of [...this.sockets.ofCompany(company)]) {
      const isTheirs = socket.admission.account === account;
      if (isTheirs && (person === undefined || !person.active)) {
        this.#signOut(socket);
        continue;
      }
      for (const connection of [...socket.connections()]) {
        if (isTheirs || isPrivateChatWith(account, connection.document.name)) this.#recheck(connection);
      }
    }
  }

  /** Closes the sockets of a session that has ended. */
  endSession(account: Account, session: string): void {
    for (const socket of [...this.sockets.ofAccount(account)]) {
      if (socket.admission.session === session) this.#signOut(socket);
    }
  }

  /** Whether a session has a socket open. */
  isConnected(account: Account, session: string): boolean {
    for (const { admission } of this.sockets.ofAccount(account)) if (admission.session === session) return true;
    return false;
  }

  /** In these chats somebody has got further, or tells more or less than before. */
  receiptsChanged(chats: ReadonlySet<ChatId>): void {
    this.#contained('receipts', () => this.#telling.changed(chats));
  }

  /** Says why, and closes every socket. */
  closeAll(reason: CloseReason): void {
    for (const socket of [...this.sockets.all()]) socket.close(reason, 1001);
  }

  stop(): void {
    clearInterval(this.#sessionSweep);
    this.#bumps.stop();
    this.#telling.stop();
    this.documents.stop();
  }

  #recheck(connection: DocumentConnection): void {
    const access = this.#access(connection.document.name, connection.context.socket);
    this.#gates.allow(connection, access === 'write');
    if (access === 'none') connection.close({ code: CLOSE_CODE, reason: 'forbidden' satisfies CloseReason });
  }

  #signOut(socket: DeviceSocket): void {
    for (const connection of socket.connections()) this.#gates.allow(connection, false);
    socket.close('signed-out', CLOSE_CODE);
  }

  #createHocuspocus(): Hocuspocus<SocketContext> {
    const { limits } = this.#options;
    const hocuspocus = new Hocuspocus<SocketContext>({
      quiet: true,
      // The mount's heartbeat ends dead lines; this one goes by the clock on the wall.
      timeout: NEVER_MS,
      maxPendingDocuments: limits.documentsPerSocket,
      maxUnauthenticatedQueueMessages: limits.queuedFrames,
      maxUnauthenticatedQueueSize: limits.queuedBytes,
      flushDelay: 0,
      yDocOptions: { gc: true, gcFilter: () => true },

      onAuthenticate: async ({ documentName, context, connectionConfig }) => {
        if (context.socket.connectionCount >= limits.documentsPerSocket) throw new Denied('busy');
        if (this.#access(documentName, context.socket) === 'none') throw new Denied('not-found');
        // Hocuspocus itself must never apply what a client sends (see update-gate.ts).
        connectionConfig.readOnly = true;
      },
      onLoadDocument: async ({ documentName, document }) => this.#load(documentName, document),
      connected: async ({ connection }) => this.#contained('connected', () => this.#connected(connection)),
      onDisconnect: async ({ document, context }) =>
        this.#contained('disconnect', () => this.#disconnected(document, context.socket)),
      beforeSync: async ({ type, payload, connection }) => this.#take(connection, type, payload),
      beforeHandleAwareness: async ({ states }) => states.clear(),
      onStateless: async ({ connection, payload }) =>
        this.#contained('stateless', () => this.#messages.take(connection, payload)),
    });
    return hocuspocus;
  }

  #access(documentName: string, socket: DeviceSocket): 'write' | 'read' | 'none' {
    const { directory } = this.#options;
    const kind = parseDocumentName(documentName);
    const person = directory.person(socket.admission.account);
    return kind === undefined || person === undefined ? 'none' : accessTo(kind, person, directory);
  }

  async #load(name: string, document: Document): Promise<void> {
    let open: OpenDocument;
    try {
      // Access has been checked, so it is the name of a document.
      open = await this.documents.load(name as DocumentName, document);
    } catch (error) {
      this.#options.log.error('load-failed', error, { document: name });
      throw new Denied('unavailable');
    }
    this.#contained('loaded', () => this.#options.onLoaded(open));
  }

  /** A bug in here must not let the payload pass, and is not the client's to see. */
  #take(connection: DocumentConnection, type: number, payload: Uint8Array): void {
    try {
      this.#gates.of(connection).take(type, payload);
    } catch (error) {
      payload.fill(0);
      if (error instanceof Denied) throw error;
      this.#options.log.error('hook-failed', error, { where: 'gate' });
      throw new Denied('unavailable');
    }
  }

  #connected(connection: DocumentConnection): void {
    const { document, context } = connection;
    // Closed again before it stood: its end has been dealt with.
    if (!document.hasConnection(connection)) return;
    // Let go in the moment of connecting; the client opens it again.
    if (document.isDestroyed) return connection.close({ code: CLOSE_CODE, reason: 'restored' satisfies CloseReason });
    const { name } = document;
    // Rights may have changed while the document was loading.
    if (this.#access(name, context.socket) === 'none') {
      return connection.close({ code: CLOSE_CODE, reason: 'forbidden' satisfies CloseReason });
    }
    this.#gates.of(connection);
    // Many may have been opening at once, so how many they are is known only now.
    const { limits } = this.#options;
    const sessions = context.socket.countOf(name as DocumentName);
    if (sessions > limits.sessionsPerDocument || context.socket.connectionCount > limits.documentsPerSocket) {
      return connection.close({ code: CLOSE_CODE, reason: 'busy' satisfies CloseReason });
    }
    const kind = parseDocumentName(name);
    if (kind?.kind === 'chat' && kind.page === 1) this.#telling.opened(connection, kind.chat);
    if (name === inboxDocument(context.socket.admission.account)) {
      const { epoch, nowMs } = this.#options;
      connection.sendStateless(encodeStateless({ kind: 'welcome', epoch, serverTimeMs: nowMs() }));
    }
  }

  /** Hocuspocus doesn't say which connection it was, so the ones that are gone are looked for. */
  #disconnected(document: Document, socket: DeviceSocket): void {
    const open = this.documents.of(document);
    if (open !== undefined) open.lastUsedMs = this.#options.nowMs();
    for (const connection of [...socket.connections()]) {
      if (connection.document !== document || document.hasConnection(connection)) continue;
      socket.remove(document.name as DocumentName, connection);
      this.#gates.close(connection);
    }
    if (open !== undefined) this.#tellLate(open, socket);
  }

  /** What has just been sent to a document that the client was closing is lost there, and no bump has told of it either. */
  #tellLate({ name, lastChange }: OpenDocument, socket: DeviceSocket): void {
    const { limits, nowMs } = this.#options;
    if (lastChange === undefined || nowMs() - lastChange.atMs > limits.onItsWayMs) return;
    if (socket.isClosed || socket.has(name) || this.#access(name, socket) === 'none') return;
    this.#bumps.tell(socket, [lastChange.head]);
  }

  #beforeStoring(open: OpenDocument): void {
    try {
      this.#options.events.beforeStoring(open);
    } catch (error) {
      this.#options.log.error('not-noted', error, { document: open.name });
      throw error;
    }
  }

  #changed(open: OpenDocument, change: Change): void {
    this.#contained('change', () => {
      this.#options.events.onChange(open, change);
      const head = [open.name, change.number ?? open.latestNumber, change.sequence] as const;
      open.lastChange = { head, atMs: this.#options.nowMs() };
      this.#bumps.changed(open.kind, head);
    });
  }

  #endExpired(): void {
    const nowMs = this.#options.nowMs();
    for (const socket of [...this.sockets.all()]) {
      if (socket.admission.expiresMs <= nowMs) socket.expire();
    }
  }

  /** A throw in a hook that Hocuspocus doesn't await would end the process. */
  #contained(where: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.log.error('hook-failed', error, { where });
    }
  }
}

function isPrivateChatWith(account: Account, documentName: string): boolean {
  const kind = parseDocumentName(documentName);
  const chat = kind?.kind === 'chat' ? parseChatId(kind.chat) : undefined;
  return chat?.kind === 'private' && chat.accounts.includes(account);
}
