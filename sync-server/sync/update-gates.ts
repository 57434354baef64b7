import type { Document } from '@hocuspocus/server';
import { TokenBuckets } from '../http/token-buckets.ts';
import type { ServerLimits } from '../limits.ts';
import type { Metrics } from '../metrics.ts';
import { Denied } from './denied.ts';
import type { DocumentConnection } from './device-socket.ts';
import type { OpenDocument } from './open-document.ts';
import { UpdateGate } from './update-gate.ts';

export interface UpdateGatesOptions {
  readonly limits: ServerLimits;
  readonly metrics: Metrics;
  readonly nowMs: () => number;
  /** What a document in memory is; undefined for one that has been let go. */
  readonly openOf: (document: Document) => OpenDocument | undefined;
  readonly mayWrite: (connection: DocumentConnection) => boolean;
}

/** The gate of each connection, from its first frame to its end. */
export class UpdateGates {
  readonly #options: UpdateGatesOptions;
  readonly #gates = new Map<DocumentConnection, UpdateGate>();
  readonly #updates: TokenBuckets;
  readonly #syncRequests: TokenBuckets;

  constructor(options: UpdateGatesOptions) {
    const { limits, nowMs } = options;
    this.#options = options;
    this.#updates = new TokenBuckets(limits.updates, limits.rememberedCallers, nowMs);
    this.#syncRequests = new TokenBuckets(limits.syncRequests, limits.rememberedCallers, nowMs);
  }

  /** Frames may come before the `connected` hook, so whoever is first registers the connection with its socket. */
  of(connection: DocumentConnection): UpdateGate {
    const known = this.#gates.get(connection);
    if (known !== undefined) return known;
    const { limits, metrics, openOf, mayWrite } = this.#options;
    const open = openOf(connection.document);
    if (open === undefined) throw new Denied('restored');
    const options = { limits, metrics, updates: this.#updates, syncRequests: this.#syncRequests };
    const gate = new UpdateGate(options, connection, open, mayWrite(connection));
    this.#gates.set(connection, gate);
    connection.context.socket.add(open.name, connection);
    return gate;
  }

  /** Rights have changed. Frames that are queued already are still judged after a close. */
  allow(connection: DocumentConnection, mayWrite: boolean): void {
    const gate = this.#gates.get(connection);
    if (gate !== undefined) gate.mayWrite = mayWrite;
  }

  /** The connection has ended. */
  close(connection: DocumentConnection): void {
    this.#gates.get(connection)?.close();
    this.#gates.delete(connection);
  }
}
