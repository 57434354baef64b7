/**
 * A client of the WebSocket for tests of the server: the real provider on a Y.Doc, without the replica's care, and a raw socket for
 * frames that no provider sends.
 */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { ArrivalReader, type Arrival } from '../../crdt/model/chat/arrivals.ts';
import { encodeChatEntry } from '../../crdt/model/chat/entry.ts';
import { encodeAppend, logRoot, type Tuple } from '../../crdt/model/log/append.ts';
import { FactsReader } from '../../crdt/model/log/facts.ts';
import { nextClock, readLog, writersOf } from '../../crdt/model/log/read-log.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { accountOf, makeWriter, SERVER_ACCOUNT, type Account, type Writer } from '../../crdt/model/log/writer.ts';
import type { DocumentName } from '../../crdt/model/protocol/document-name.ts';
import { parseFromServer, type FromServer } from '../../crdt/model/protocol/stateless.ts';
import { PROTOCOL_PARAMETER, PROTOCOL_VERSION } from '../../crdt/model/protocol/version.ts';
import type { Reachable, SignedInPerson } from './installation.ts';

/** Bound of every wait in here; a test that needs longer has failed. */
const PATIENCE_MS = 10_000;

/** Resolves with the first value that is there, looked for at once and whenever `listen` calls back; rejects after the bound. */
export function eventually<T>(
  what: string,
  look: () => T | undefined,
  listen: (again: () => void) => () => void,
  withinMs = PATIENCE_MS,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      dispose();
      reject(new Error(`never happened: ${what}`));
    }, withinMs);
    const again = (): void => {
      const value = look();
      if (value === undefined) return;
      clearTimeout(timer);
      dispose();
      resolve(value);
    };
    const dispose = listen(again);
    again();
  });
}

/** Query and headers of a WebSocket of a person. */
export const syncUrl = (at: Reachable, protocol: number | string = PROTOCOL_VERSION): string =>
  `${at.url.replace('http', 'ws')}/sync?${PROTOCOL_PARAMETER}=${protocol}`;

let random = 0;

/** A fresh writer of an account. */
export const freshWriter = (account: Account): Writer => makeWriter(account, (random += 1));

/** A message as its raw entry. */
export const message = (text: string, timeMs: number = Date.now()): Tuple =>
  encodeChatEntry({ kind: 'message', stamp: stampAt(timeMs), text, first: undefined });

export class SyncSocket {
  readonly person: SignedInPerson;
  readonly provider: HocuspocusProviderWebsocket;
  readonly #documents: SyncedDocument[] = [];

  constructor(at: Reachable, person: SignedInPerson) {
    this.person = person;
    class PersonSocket extends WebSocket {
      constructor(url: string | URL) {
        super(url, { headers: { cookie: person.cookie, origin: at.publicUrl } });
        this.on('error', () => undefined);
      }
    }
    this.provider = new HocuspocusProviderWebsocket({
      url: syncUrl(at),
      WebSocketPolyfill: PersonSocket,
      delay: 50,
      minDelay: 50,
      maxDelay: 200,
    });
  }

  /** Opens a document; `doc` may hold something already. */
  open(name: DocumentName, doc = new Y.Doc()): SyncedDocument {
    const document = new SyncedDocument(this, name, doc);
    this.#documents.push(document);
    return document;
  }

  close(): void {
    for (const document of this.#documents) document.close();
    this.provider.destroy();
  }
}

/** One document over a socket. */
export class SyncedDocument {
  readonly doc: Y.Doc;
  readonly name: DocumentName;
  readonly provider: HocuspocusProvider;
  readonly messages: FromServer[] = [];
  /** Reasons that the server has closed it with, or refused to open it. */
  readonly closings: string[] = [];
  readonly writer: Writer;
  readonly #listeners = new Set<() => void>();

  constructor(socket: SyncSocket, name: DocumentName, doc: Y.Doc) {
    this.doc = doc;
    this.name = name;
    this.writer = freshWriter(socket.person.account);
    this.provider = new HocuspocusProvider({
      websocketProvider: socket.provider,
      name,
      document: doc,
      token: 'cookie',
      awareness: null,
      sessionAwareness: true,
      onStateless: ({ payload }) => {
        const parsed = parseFromServer(payload);
        if (parsed !== undefined) this.messages.push(parsed);
        this.#tell();
      },
      onAuthenticationFailed: ({ reason }) => {
        this.closings.push(reason);
        this.#tell();
      },
      onClose: ({ event }) => {
        this.closings.push(event.reason);
        this.#tell();
      },
      onSynced: () => this.#tell(),
    });
    doc.on('afterTransaction', () => this.#tell());
    this.provider.attach();
  }

  synced(): Promise<true> {
    return this.eventually('synced', () => (this.provider.isSynced ? true : undefined));
  }

  /** The first value of `look`, asked again after everything that happens here. */
  eventually<T>(what: string, look: () => T | undefined, withinMs?: number): Promise<T> {
    const listen = (again: () => void) => {
      this.#listeners.add(again);
      return () => this.#listeners.delete(again);
    };
    return eventually(`${what} in ${this.name}`, look, listen, withinMs);
  }

  /** Appends raw entries with this document's writer; returns the clock of the first. */
  append(...entries: Tuple[]): number {
    const clock = nextClock(this.doc, this.writer);
    Y.applyUpdate(this.doc, encodeAppend(logRoot(this.writer), this.writer, clock, entries));
    return clock;
  }

  /** The arrival of an entry. */
  arrival(writer: Writer, clock: number): Promise<Arrival> {
    return this.eventually(`arrival of ${writer}.${clock}`, () => {
      const reader = new ArrivalReader(this.doc);
      reader.read();
      return reader.at(writer, clock);
    });
  }

  /** A message of the server of some kind; the first, or the first after `from` others. */
  message<K extends FromServer['kind']>(kind: K, from = 0): Promise<Extract<FromServer, { kind: K }>> {
    return this.eventually(`message ${kind}`, () => {
      const found = this.messages.filter((one): one is Extract<FromServer, { kind: K }> => one.kind === kind);
      return found[from];
    });
  }

  closing(): Promise<string> {
    return this.eventually('closing', () => this.closings[0]);
  }

  facts(): ReadonlyMap<string, unknown> {
    const reader = new FactsReader(this.doc);
    reader.read();
    return reader.values;
  }

  /** All entries of clients that are here and not erased, by writer and clock. */
  entries(): Tuple[] {
    return entriesOf(this.doc);
  }

  close(): void {
    this.provider.destroy();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** All entries of clients in a document that are not erased. */
export function entriesOf(doc: Y.Doc): Tuple[] {
  const entries: Tuple[] = [];
  for (const writer of writersOf(doc)
    .filter((one) => accountOf(one) > SERVER_ACCOUNT)
    .sort((a, b) => a - b)) {
    for (const { tuple } of readLog(doc, writer)) if (tuple !== undefined) entries.push(tuple);
  }
  return entries;
}

/** A socket whose frames the test writes itself. */
export class RawSocket {
  readonly socket: WebSocket;
  readonly frames: Uint8Array[] = [];
  #listeners = new Set<() => void>();

  constructor(at: Reachable, person: SignedInPerson) {
    this.socket = new WebSocket(syncUrl(at), { headers: { cookie: person.cookie, origin: at.publicUrl } });
    this.socket.binaryType = 'nodebuffer';
    this.socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) this.frames.push(new Uint8Array(data));
      this.#tell();
    });
    this.socket.on('close', () => this.#tell());
    this.socket.on('error', () => this.#tell());
  }

  opened(): Promise<true> {
    this.socket.once('open', () => this.#tell());
    return this.eventually('open', () => (this.socket.readyState === WebSocket.OPEN ? true : undefined));
  }

  eventually<T>(what: string, look: () => T | undefined, withinMs?: number): Promise<T> {
    const listen = (again: () => void) => {
      this.#listeners.add(again);
      return () => this.#listeners.delete(again);
    };
    return eventually(what, look, listen, withinMs);
  }

  send(...parts: readonly ((encoder: encoding.Encoder) => void)[]): void {
    const encoder = encoding.createEncoder();
    for (const part of parts) part(encoder);
    this.socket.send(encoding.toUint8Array(encoder));
  }

  /** Authenticates for a document and waits until the server says yes. */
  async attach(document: string): Promise<void> {
    this.send(text(document), number(2), number(0), text('cookie'), text('4.8.0'));
    await this.eventually(`attached to ${document}`, () =>
      this.read(document).some(({ type, rest }) => type === 2 && rest[0] === 2) ? true : undefined,
    );
  }

  /** Sends an update (sync message type 2) or a step 2 (type 1) for a document. */
  update(document: string, update: Uint8Array, type: 1 | 2 = 2): void {
    this.send(text(document), number(0), number(type), (encoder) => encoding.writeVarUint8Array(encoder, update));
  }

  /** Everything that came for a document: the type, and what follows it. */
  read(document: string): { readonly type: number; readonly rest: Uint8Array }[] {
    return this.frames.flatMap((frame) => {
      if (frame.length < 2) return [];
      const decoder = decoding.createDecoder(frame);
      if (decoding.readVarString(decoder) !== document) return [];
      const type = decoding.readVarUint(decoder);
      return [{ type, rest: frame.slice(decoder.pos) }];
    });
  }

  /** Stateless messages for a document. */
  messages(document: string): FromServer[] {
    return this.read(document)
      .filter(({ type }) => type === 5)
      .map(({ rest }) => parseFromServer(decoding.readVarString(decoding.createDecoder(rest))))
      .filter((one) => one !== undefined);
  }

  close(): void {
    this.socket.terminate();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

export const text = (value: string) => (encoder: encoding.Encoder) => encoding.writeVarString(encoder, value);
export const number = (value: number) => (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, value);
