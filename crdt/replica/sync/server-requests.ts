/** The few HTTP requests of the replica. Expected failures are values; a body that the schema doesn't know is a failure, too. */
import * as v from 'valibot';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import {
  CAUGHT_UP,
  ERROR_BODY,
  SESSION,
  STORED_ENTRIES,
  type CatchUp,
  type CaughtUp,
  type Session,
  type StoredEntries,
} from '../../model/protocol/http.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../model/protocol/version.ts';
import type { ReplicaEnvironment } from '../contract.ts';

export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The server says no; `code` is one of ERROR_CODES, or '' when the answer is none of ours (a proxy's). */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  | { readonly kind: 'unreachable' };

/** A request that takes longer is given up: the line is bad enough to begin anew. */
const REQUEST_MS = 30_000;

export class ServerRequests {
  readonly #origin: string;
  readonly #fetch: typeof fetch;
  readonly #stopped = new AbortController();

  constructor({ origin, fetch }: Pick<ReplicaEnvironment, 'origin' | 'fetch'>) {
    this.#origin = origin;
    this.#fetch = fetch;
  }

  session(): Promise<Answer<Session>> {
    return this.#ask('/api/session', { method: 'GET' }, SESSION);
  }

  catchUp(body: CatchUp): Promise<Answer<CaughtUp>> {
    const headers = { 'content-type': 'application/json' };
    return this.#ask('/api/catch-up', { method: 'POST', headers, body: JSON.stringify(body) }, CAUGHT_UP);
  }

  /** Sends own entries as a V1 update. */
  sendEntries(document: DocumentName, update: Uint8Array): Promise<Answer<StoredEntries>> {
    const headers = { 'content-type': 'application/octet-stream' };
    const body = new Uint8Array(update);
    return this.#ask(`/api/entries/${document}`, { method: 'POST', headers, body }, STORED_ENTRIES);
  }

  /** Gives up what is under way; nothing is asked any more. */
  stop(): void {
    this.#stopped.abort();
  }

  async #ask<T>(path: string, init: RequestInit, schema: v.GenericSchema<unknown, T>): Promise<Answer<T>> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), REQUEST_MS);
    try {
      const headers = new Headers(init.headers);
      headers.set(PROTOCOL_HEADER, String(PROTOCOL_VERSION));
      const signal = AbortSignal.any([late.signal, this.#stopped.signal]);
      // A method of the environment would lose its `this` as a free function, and the browser's needs its own.
      const ask = this.#fetch;
      const response = await ask(`${this.#origin}${path}`, { ...init, headers, signal });
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok) {
        const error = v.safeParse(ERROR_BODY, body);
        return { kind: 'refused', status: response.status, code: error.success ? error.output.code : '' };
      }
      const value = v.safeParse(schema, body);
      return value.success ? { kind: 'ok', value: value.output } : { kind: 'unreachable' };
    } catch {
      // fetch rejects for whatever keeps it from an answer, and says no more than that.
      return { kind: 'unreachable' };
    } finally {
      clearTimeout(timer);
    }
  }
}
