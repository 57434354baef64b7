/**
 * The network side of the replica: carries out what the connection machine decides, links every open document to the line, and acts
 * on what the server says beside the documents.
 */
import type { ConnectionEffect, ConnectionEvent, ConnectionState } from '../../model/connection/connection-state.ts';
import { INITIAL, pictureOf, step } from '../../model/connection/machine.ts';
import { inboxDocument, meDocument, type DocumentName } from '../../model/protocol/document-name.ts';
import { encodeStateless, type FromClient, type FromServer } from '../../model/protocol/stateless.ts';
import { PROTOCOL_PARAMETER, PROTOCOL_VERSION } from '../../model/protocol/version.ts';
import { Cell } from '../cell.ts';
import type { ConnectionView, HistoryView, ReplicaEnvironment, ReplicaTimings, Watchable } from '../contract.ts';
import type { ChatIndex } from '../chat/chat-index.ts';
import type { Device } from '../documents/device.ts';
import type { LocalDocument } from '../documents/local-document.ts';
import type { OpenDocuments } from '../documents/open-documents.ts';
import { quarantine } from '../quarantine/quarantine.ts';
import type { QuarantineRecords } from '../quarantine/quarantine-records.ts';
import type { CatchUpPoint } from '../storage/meta-records.ts';
import { Background } from './background.ts';
import { DocumentLink, LOST, type LinkEvent } from './document-link.ts';
import { History } from './history.ts';
import { Line } from './line.ts';
import { ServerRequests } from './server-requests.ts';
import { Window } from './window.ts';

export interface SyncParts {
  readonly environment: ReplicaEnvironment;
  readonly timings: ReplicaTimings;
  readonly device: Device;
  readonly documents: OpenDocuments;
  readonly quarantine: QuarantineRecords;
  readonly chats: ChatIndex;
  /** Resolves when what is known of chats follows the documents of inbox and `me`. */
  readonly listsFollowed: () => Promise<unknown>;
  readonly catchUpPoint: CatchUpPoint | undefined;
  /** What the server says on the connection of a document, whoever acts on it. */
  readonly heard: (document: DocumentName, message: FromServer) => void;
}

/** Documents that attach at once; the server queues only so much before it has let them in. */
const ATTACHING_AT_ONCE = 8;
/** The document can't be repaired by asking again. */
const QUARANTINED: readonly string[] = ['conflict', 'bad-entry', 'too-big', 'malformed', 'forbidden', 'not-found'];

export class Sync {
  readonly #parts: SyncParts;
  readonly #requests: ServerRequests;
  readonly #background: Background;
  readonly #history: History;
  readonly #view = new Cell<ConnectionView>({ kind: 'connecting' });
  readonly #links = new Map<DocumentName, DocumentLink>();
  readonly #inbox: DocumentName;
  #state: ConnectionState = INITIAL;
  #line: Line | undefined;
  #lineOpen = false;
  #window = new Window(ATTACHING_AT_ONCE);
  #elected = false;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #watchTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #quarantines = new Set<Promise<unknown>>();

  constructor(parts: SyncParts) {
    this.#parts = parts;
    this.#inbox = inboxDocument(parts.device.account);
    this.#requests = new ServerRequests(parts.environment);
    const { device, environment, timings, chats, listsFollowed } = parts;
    this.#history = new History({ device, environment, timings, chats });
    this.#background = new Background({
      chats: chats.known,
      lists: [this.#inbox, meDocument(device.account)],
      listsFollowed,
      history: this.#history,
      device: parts.device,
      documents: parts.documents,
      quarantine: parts.quarantine,
      requests: this.#requests,
      inStep: (name) => this.#links.get(name)?.inStep() ?? Promise.resolve('ended'),
      lacks: (name) => this.#links.get(name)?.lacks ?? true,
      againMs: parts.timings.receiptMs,
      catchUpPoint: parts.catchUpPoint,
    });
    parts.documents.onOpened((document) => this.#link(document));
    parts.documents.onClosed((document) => this.#unlink(document));
  }

  get view(): Watchable<ConnectionView> {
    return this.#view;
  }

  get history(): Watchable<HistoryView> {
    return this.#history.view;
  }

  pauseHistory(paused: boolean): void {
    this.#history.pause(paused);
  }

  /** Brings a document into step at once; false when it can't be now. */
  async fetch(name: DocumentName): Promise<boolean> {
    if (this.#state.kind !== 'online') return false;
    const { document, release } = await this.#parts.documents.use(name);
    try {
      if ((await this.#links.get(name)?.inStep()) !== 'synced' || !(await document.stored())) return false;
      await document.markComplete();
      return document.complete;
    } finally {
      release();
    }
  }

  start(): void {
    this.#tell({ kind: 'start' });
  }

  /** This tab does the background work of the device from now on. */
  elected(): void {
    this.#elected = true;
    this.#history.elected();
    if (this.#state.kind === 'online') this.#background.begin();
  }

  wake(): void {
    this.#tell({ kind: 'wake' });
    if (this.#state.kind !== 'online') return;
    // Asks for a sign of life, too: after a sleep the line may be dead without knowing.
    const sentAtMs = this.#parts.environment.nowMs();
    this.#links.get(this.#inbox)?.send(encodeStateless({ kind: 'time', sentAtMs }));
  }

  networkLost(): void {
    this.#tell({ kind: 'network-lost' });
  }

  /** Says something beside the documents; false when nobody can hear it now. */
  say(message: FromClient): boolean {
    const link = this.#state.kind === 'online' ? this.#links.get(this.#inbox) : undefined;
    link?.send(encodeStateless(message));
    return link !== undefined;
  }

  async stop(): Promise<void> {
    this.#tell({ kind: 'stop' });
    this.#requests.stop();
    this.#history.stop();
    await this.#background.settled();
    await Promise.all(this.#quarantines);
  }

  #tell(event: ConnectionEvent): void {
    const { environment, timings } = this.#parts;
    const before = this.#state.kind;
    const { state, effects } = step(this.#state, event, {
      nowMs: environment.nowMs(),
      random: environment.random32() / 2 ** 32,
      timings,
    });
    this.#state = state;
    for (const effect of effects) this.#carryOut(effect);
    if (before !== 'online' && state.kind === 'online' && this.#elected) this.#background.begin();
    const view = pictureOf(state);
    const shown = this.#view.get();
    if (
      shown.kind !== view.kind ||
      (view.kind === 'offline' && shown.kind === 'offline' && shown.sinceMs !== view.sinceMs)
    ) {
      this.#view.set(view);
    }
  }

  #carryOut(effect: ConnectionEffect): void {
    switch (effect.kind) {
      case 'open':
        return this.#open();
      case 'close':
        return this.#endLine();
      case 'retry':
        clearTimeout(this.#retryTimer);
        this.#retryTimer = setTimeout(() => this.#tell({ kind: 'retry-due' }), effect.delayMs);
        return;
      case 'cancel-retry':
        return clearTimeout(this.#retryTimer);
      case 'watch':
        clearTimeout(this.#watchTimer);
        this.#watchTimer = setTimeout(() => this.#tell({ kind: 'silence' }), effect.delayMs);
        return;
      case 'cancel-watch':
        return clearTimeout(this.#watchTimer);
      case 'ask-session':
        void this.#askSession();
        return;
    }
  }

  #open(): void {
    this.#endLine();
    const { origin, WebSocket: Socket } = this.#parts.environment;
    const url = `${origin.replace(/^http/, 'ws')}/sync?${PROTOCOL_PARAMETER}=${PROTOCOL_VERSION}`;
    const line: Line = new Line(url, Socket, {
      opened: () => {
        if (line !== this.#line) return;
        this.#lineOpen = true;
        this.#tell({ kind: 'opened' });
        this.#linkAll();
      },
      frame: () => line === this.#line && this.#tell({ kind: 'frame' }),
      closed: () => {
        if (line !== this.#line) return;
        this.#endLine();
        this.#tell({ kind: 'closed' });
      },
    });
    this.#line = line;
    line.open();
  }

  #endLine(): void {
    const line = this.#line;
    this.#line = undefined;
    this.#lineOpen = false;
    this.#background.end();
    for (const link of this.#links.values()) link.end();
    this.#links.clear();
    this.#window = new Window(ATTACHING_AT_ONCE);
    line?.end();
  }

  async #askSession(): Promise<void> {
    const answer = await this.#requests.session();
    if (answer.kind === 'unreachable') return;
    if (answer.kind === 'ok') {
      this.#adoptTime(answer.value.serverTimeMs);
      const isOwn = answer.value.account === this.#parts.device.account;
      return this.#tell({ kind: isOwn ? 'session-ok' : 'signed-out' });
    }
    if (answer.status === 401) this.#tell({ kind: 'signed-out' });
    if (answer.status === 409) this.#tell({ kind: 'protocol-mismatch' });
  }

  /** All open documents; the inbox first, because the server's welcome comes on it. */
  #linkAll(): void {
    const documents = this.#parts.documents.all();
    for (const document of documents) if (document.name === this.#inbox) this.#link(document);
    for (const document of documents) this.#link(document);
  }

  #link(document: LocalDocument): void {
    const line = this.#line;
    if (line === undefined || !this.#lineOpen || this.#links.has(document.name)) return;
    const link = new DocumentLink(document, {
      line,
      timings: this.#parts.timings,
      requests: this.#requests,
      window: this.#window,
      random: () => this.#parts.environment.random32() / 2 ** 32,
      heard: (event) => {
        if (line === this.#line) this.#hear(document, event);
      },
    });
    this.#links.set(document.name, link);
  }

  #unlink(document: LocalDocument): void {
    const link = this.#links.get(document.name);
    if (link?.document !== document) return;
    this.#links.delete(document.name);
    link.end();
  }

  #hear(document: LocalDocument, event: LinkEvent): void {
    switch (event.kind) {
      case 'synced':
        void document.markComplete();
        return;
      case 'message':
        this.#hearServer(event.message);
        return this.#parts.heard(document.name, event.message);
      case 'refused':
        // It is offered again after the welcome.
        if (LOST.includes(event.code) && this.#state.kind !== 'online') return;
        if (QUARANTINED.includes(event.code)) this.#quarantine(document, event.code, event.writers);
        return;
      case 'lost':
        // One's own inbox is always there: somebody else has signed in at this browser.
        if (document.name === this.#inbox) return void this.#askSession();
        if (this.#state.kind === 'online' && document.waiting > 0) this.#quarantine(document, event.reason, []);
        return;
      case 'signed-out':
        return this.#tell({ kind: 'signed-out' });
    }
  }

  #hearServer(message: FromServer): void {
    switch (message.kind) {
      case 'welcome':
        this.#adoptTime(message.serverTimeMs);
        this.#tell({ kind: 'welcomed' });
        // Until now it was not sure whose rights had been lost.
        for (const link of this.#links.values()) link.tellLoss();
        return;
      case 'bump':
        return this.#background.bumped(message.heads);
      case 'time': {
        const wayMs = Math.max(0, this.#parts.environment.nowMs() - message.sentAtMs) / 2;
        return this.#adoptTime(message.serverTimeMs + wayMs);
      }
      case 'refused':
        // On a document's own link it is told as such.
        return;
      case 'receipts':
      case 'receipt-counts':
        return;
    }
  }

  #adoptTime(serverTimeMs: number): void {
    const { device } = this.#parts;
    const offsetMs = device.clock.adopt(serverTimeMs);
    if (offsetMs === undefined) return;
    device.tabs.post({ kind: 'clock', offsetMs });
    void device.meta.putClockOffset(offsetMs);
  }

  #quarantine(document: LocalDocument, code: string, writers: RefusedWriters): void {
    if (document.waiting === 0 && code !== 'conflict') return;
    const { device } = this.#parts;
    const done = quarantine(device, document.name, document.generation, { code, writers }).then(async (outcome) => {
      if (outcome.kind !== 'stored') return device.health.failed(outcome);
      await document.goOver();
    });
    this.#quarantines.add(done);
    void done.finally(() => this.#quarantines.delete(done));
  }
}

type RefusedWriters = Extract<LinkEvent, { kind: 'refused' }>['writers'];
