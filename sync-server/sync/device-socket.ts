import type { Connection, Hocuspocus } from '@hocuspocus/server';
import type { Account } from '../../crdt/model/log/writer.ts';
import { inboxDocument, type CompanyId, type DocumentName } from '../../crdt/model/protocol/document-name.ts';
import type { ServerLimits } from '../limits.ts';

/** Who opened a socket, established before the upgrade. */
export interface Admission {
  readonly account: Account;
  readonly company: CompanyId;
  readonly session: string;
  readonly expiresMs: number;
  readonly address: string;
}

/** The transport below; what crossws gives. */
export interface Wire {
  send(bytes: Uint8Array): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

/** What hooks of Hocuspocus get as their context. */
export interface SocketContext {
  readonly socket: DeviceSocket;
}

export type DocumentConnection = Connection<SocketContext>;
type ClientConnection = ReturnType<Hocuspocus<SocketContext>['handleConnection']>;

/** Reasons that a document's connection is closed with; the only thing about it that reaches the client. */
export type CloseReason = 'busy' | 'forbidden' | 'signed-out' | 'not-found' | 'shutting-down' | 'restored';

/** One WebSocket of one person: a tab, a service worker, a bot. */
export class DeviceSocket {
  readonly admission: Admission;
  readonly #wire: Wire;
  readonly #connections = new Map<DocumentName, Set<DocumentConnection>>();
  #count = 0;
  #heartbeats = 0;
  #unanswered = 0;
  #isUsed = false;
  isClosed = false;
  /** Set right after the construction: both need each other. */
  client: ClientConnection | undefined;

  constructor(admission: Admission, wire: Wire) {
    this.admission = admission;
    this.#wire = wire;
  }

  get connectionCount(): number {
    return this.#count;
  }

  *connections(): Generator<DocumentConnection> {
    for (const connections of this.#connections.values()) yield* connections;
  }

  has(document: DocumentName): boolean {
    return this.#connections.has(document);
  }

  countOf(document: DocumentName): number {
    return this.#connections.get(document)?.size ?? 0;
  }

  /** The connection over which the person is told of everything that has no document open; undefined before it is there. */
  inbox(): DocumentConnection | undefined {
    const [connection] = this.#connections.get(inboxDocument(this.admission.account)) ?? [];
    return connection;
  }

  add(document: DocumentName, connection: DocumentConnection): void {
    const known = this.#connections.get(document);
    if (known === undefined) this.#connections.set(document, new Set([connection]));
    else known.add(connection);
    this.#count += 1;
    this.#isUsed = true;
  }

  remove(document: DocumentName, connection: DocumentConnection): void {
    const known = this.#connections.get(document);
    if (known === undefined || !known.delete(connection)) return;
    this.#count -= 1;
    if (known.size === 0) this.#connections.delete(document);
  }

  send(bytes: Uint8Array): void {
    this.#wire.send(bytes);
  }

  /** Something has come from the other side. */
  heard(): void {
    this.#unanswered = 0;
  }

  /** Counted, not timed: a server that was held up itself first reads what has come meanwhile. False when the socket is dead or of no use. */
  heartbeat(frame: Uint8Array, { unansweredHeartbeats, unusedHeartbeats }: ServerLimits): boolean {
    if (this.#unanswered >= unansweredHeartbeats) return false;
    if (!this.#isUsed && this.#heartbeats >= unusedHeartbeats) return false;
    this.#unanswered += 1;
    this.#heartbeats += 1;
    this.send(frame);
    return true;
  }

  /** Says why on every document, then closes the socket. */
  close(reason: CloseReason, code: number): void {
    for (const connection of [...this.connections()]) connection.close({ code, reason });
    this.#wire.close(code, reason);
  }

  /** Closes the socket without a word to the documents: the client comes back and is judged anew. */
  expire(): void {
    this.#wire.close(4401, 'expired');
  }

  terminate(): void {
    this.#wire.terminate();
  }
}
