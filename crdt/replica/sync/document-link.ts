/**
 * One document on one line: attached, kept in step, and helped out of every state in which Hocuspocus would sit still. Ends with the
 * line, with the document, or when the right to read it is lost.
 *
 * Each wait has its bound: a sync that doesn't come (`receiptMs`, doubled with each attempt), a receipt that doesn't come (asked again
 * after `receiptMs`, then attached anew, doubled), a close by the server (attached anew after a pause, doubled up to `retryMaxMs`).
 */
import { HocuspocusProvider, MessageType, type onMessageParameters } from '@hocuspocus/provider';
import { messageYjsSyncStep1, messageYjsSyncStep2 } from 'y-protocols/sync';
import { decodeStateVector } from 'yjs';
import { parseFromServer, type FromServer } from '../../model/protocol/stateless.ts';
import type { Writer } from '../../model/log/writer.ts';
import type { ReplicaTimings } from '../contract.ts';
import type { LocalDocument } from '../documents/local-document.ts';
import { chunksOf, sendBacklog, sendChunk } from './backlog.ts';
import type { Line } from './line.ts';
import type { ServerRequests } from './server-requests.ts';
import type { Window } from './window.ts';

export type LinkEvent =
  /** In step with the server: everything that it had is in the document. */
  | { readonly kind: 'synced' }
  | { readonly kind: 'refused'; readonly code: string; readonly writers: readonly Writer[] }
  | { readonly kind: 'message'; readonly message: FromServer }
  /** The document may not be read (any more). */
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'signed-out' };

export interface LinkParts {
  readonly line: Line;
  readonly timings: ReplicaTimings;
  readonly requests: ServerRequests;
  /** Documents that attach at once: the server bounds them. */
  readonly window: Window;
  /** 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly heard: (event: LinkEvent) => void;
}

/** The right is missing; whose right, is sure once the line has been welcomed. */
export const LOST: readonly string[] = ['forbidden', 'not-found'];
/** Doubling of pauses stops here; retryMaxMs bounds them anyway. */
const MAX_DOUBLINGS = 10;

export type LinkEnd = 'synced' | 'lost' | 'ended';

export class DocumentLink {
  readonly document: LocalDocument;
  readonly #parts: LinkParts;
  readonly #unsubscribe: () => void;
  /** Who waits for the document to be in step. */
  readonly #awaiting = new Set<(end: LinkEnd) => void>();
  /** Why the document may not be read. */
  #lost: string | undefined;
  #lacks = true;
  #provider: HocuspocusProvider | undefined;
  #leave: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Bounds the wait for an answer to `inStep`. */
  #askTimer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  #synced = false;
  /** Tells the present attempt from earlier ones that are still waiting for something. */
  #turn = 0;
  #attempts = 0;
  #asked = 0;

  constructor(document: LocalDocument, parts: LinkParts) {
    this.document = document;
    this.#parts = parts;
    this.#unsubscribe = document.subscribe((event) => {
      if (this.#lost !== undefined) this.tellLoss();
      else if (event === 'replaced') this.#begin();
      else if (this.#synced) this.#expectReceipts();
    });
    this.#begin();
  }

  /** Resolves when everything that the server has now is in the document, or when that will not be on this line. */
  inStep(): Promise<LinkEnd> {
    if (this.#ended) return Promise.resolve(this.#lost === undefined ? 'ended' : 'lost');
    if (this.#synced) {
      // What is on its way is asked for again: it may have been committed and not sent yet.
      this.#provider?.startSync();
      this.#askTimer ??= setTimeout(() => this.#begin(), this.#parts.timings.receiptMs);
    }
    return new Promise((resolve) => this.#awaiting.add(resolve));
  }

  /** True while the server is not known to have all own entries of the document, whatever the arrivals here say. */
  get lacks(): boolean {
    return this.#lacks;
  }

  send(payload: string): void {
    this.#provider?.sendStateless(payload);
  }

  end(): void {
    this.#ended = true;
    this.#drop();
    this.#unsubscribe();
    this.#answer('ended');
  }

  /** Tells that the document may not be read, if so; again after each change, since what is written later can't go anywhere either. */
  tellLoss(): void {
    if (this.#lost !== undefined) this.#parts.heard({ kind: 'lost', reason: this.#lost });
  }

  /** Attaches, from the beginning. */
  #begin(): void {
    this.#drop();
    if (!this.#ended) void this.#attach();
  }

  async #attach(): Promise<void> {
    const turn = (this.#turn += 1);
    const leave = await this.#parts.window.enter();
    const isOver = (): boolean => this.#ended || turn !== this.#turn;
    if (isOver()) return leave();
    this.#leave = leave;
    const failure = await sendBacklog(this.document, this.#parts.requests);
    if (isOver()) return leave();
    if (failure !== undefined) {
      const { answer, writer } = failure;
      // The quarantine, if it comes to that, replaces the document and so begins anew at once.
      this.#pause();
      if (answer.kind === 'refused') this.#parts.heard({ kind: 'refused', code: answer.code, writers: [writer] });
      return;
    }
    this.#provider = this.#open();
    this.document.networkOrigin = this.#provider;
    this.#provider.attach();
    this.#after(this.#delayMs(this.#parts.timings.receiptMs, this.#attempts), () => this.#pause());
  }

  #open(): HocuspocusProvider {
    const provider: HocuspocusProvider = new HocuspocusProvider({
      name: this.document.name,
      document: this.document.doc,
      websocketProvider: this.#parts.line.socket,
      awareness: null,
      sessionAwareness: true,
      // The session is that of the socket, by its cookie; Hocuspocus wants a token all the same.
      token: 'session',
      onMessage: (received) => this.#isCurrent(provider) && this.#look(received),
      onStateless: ({ payload }) => this.#isCurrent(provider) && this.#hear(payload),
      onAuthenticationFailed: ({ reason }) => this.#isCurrent(provider) && this.#closedBy(reason),
      onClose: ({ event }) => this.#isCurrent(provider) && this.#closedBy(event.reason),
    });
    return provider;
  }

  #isCurrent(provider: HocuspocusProvider): boolean {
    return provider === this.#provider && !this.#ended && !this.#parts.line.ended;
  }

  /** Hocuspocus' own `synced` can also come from acknowledgements; this looks at what the server really says. */
  #look({ message }: onMessageParameters): void {
    message.readVarString();
    if (message.readVarUint() !== MessageType.Sync) return;
    const kind = message.readVarUint();
    if (kind === messageYjsSyncStep1) {
      const there = decodeStateVector(message.readVarUint8Array());
      void this.#compare(there);
      this.#lacks = this.document.ownClocks().some(({ writer, next }) => next > (there.get(writer) ?? 0));
    }
    // The provider applies it after this.
    if (kind === messageYjsSyncStep2) queueMicrotask(() => this.#reachedStep());
  }

  /**
   * The server already has clocks that no receipt has told of: their arrival got lost, or two contexts drew the same writer. Yjs
   * compares clocks only, so the entries themselves are offered; the gate answers `conflict` when they are others.
   */
  async #compare(there: ReadonlyMap<number, number>): Promise<void> {
    for (const { writer, from, to } of this.document.waitingRuns()) {
      const until = Math.min(to, there.get(writer) ?? 0);
      for (const chunk of chunksOf(this.document, writer, from, until)) {
        const answer = await sendChunk(this.document, this.#parts.requests, chunk);
        if (this.#ended || answer.kind === 'unreachable') return;
        if (answer.kind === 'refused' && answer.code === 'conflict') {
          return this.#parts.heard({ kind: 'refused', code: answer.code, writers: [writer] });
        }
      }
    }
  }

  #reachedStep(): void {
    if (this.#provider === undefined) return;
    clearTimeout(this.#askTimer);
    this.#askTimer = undefined;
    if (!this.#synced) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#synced = true;
      this.#attempts = 0;
      this.#leave?.();
    }
    this.#answer('synced');
    this.#parts.heard({ kind: 'synced' });
    this.#expectReceipts();
  }

  #answer(end: LinkEnd): void {
    const awaiting = [...this.#awaiting];
    this.#awaiting.clear();
    for (const resolve of awaiting) resolve(end);
  }

  #hear(payload: string): void {
    const message = parseFromServer(payload);
    if (message === undefined) return;
    if (message.kind === 'refused') {
      this.#parts.heard({ kind: 'refused', code: message.code, writers: message.writers });
    } else this.#parts.heard({ kind: 'message', message });
  }

  /** The server has closed this document, and told why by a word. */
  #closedBy(reason: string): void {
    if (reason === 'signed-out') {
      this.#drop();
      this.#parts.heard({ kind: 'signed-out' });
    } else if (LOST.includes(reason)) {
      this.#lost = reason;
      this.#ended = true;
      this.#drop();
      this.#answer('lost');
      this.tellLoss();
    } else {
      this.#pause();
    }
  }

  /** Own entries wait on a living line: their arrivals are due. */
  #expectReceipts(): void {
    const [oldest] = this.document.waiting === 0 ? [] : this.document.waitingRuns();
    if (oldest === undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#asked = 0;
      return;
    }
    if (this.#timer !== undefined) return;
    this.#after(this.#delayMs(this.#parts.timings.receiptMs, this.#asked), () => {
      if (this.document.arrivals.reached(oldest.writer) > oldest.from) this.#asked = 0;
      else {
        this.#asked += 1;
        if (this.#asked % 2 === 0) return this.#begin();
        this.#provider?.startSync();
      }
      this.#expectReceipts();
    });
  }

  /** Attaches anew after a while. */
  #pause(): void {
    this.#drop();
    const { retryMinMs } = this.#parts.timings;
    const delayMs = this.#delayMs(retryMinMs, this.#attempts) * (0.5 + this.#parts.random() / 2);
    this.#attempts += 1;
    this.#after(delayMs, () => this.#begin());
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    clearTimeout(this.#askTimer);
    this.#askTimer = undefined;
    this.#synced = false;
    this.#leave?.();
    this.#leave = undefined;
    const provider = this.#provider;
    this.#provider = undefined;
    provider?.destroy();
  }

  #delayMs(firstMs: number, doublings: number): number {
    return Math.min(
      Math.max(firstMs, this.#parts.timings.retryMaxMs),
      firstMs * 2 ** Math.min(doublings, MAX_DOUBLINGS),
    );
  }

  #after(delayMs: number, body: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      body();
    }, delayMs);
  }
}
