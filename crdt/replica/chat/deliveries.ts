/**
 * Tells the server up to where this device has others' messages. The tab that has stored something tells it, gathered; the elected tab
 * tells after each welcome what the server is not known to know. Nothing is acknowledged: what the server was told counts as known when
 * it has answered something else on the same line some time later.
 */
import {
  inboxDocument,
  parseDocumentName,
  type ChatId,
  type DocumentName,
} from '../../model/protocol/document-name.ts';
import { DELIVERED_CHATS, type FromClient, type FromServer } from '../../model/protocol/stateless.ts';
import type { Device } from '../documents/device.ts';
import type { ToldDeliveries } from '../storage/meta-records.ts';
import type { ChatIndex } from './chat-index.ts';

/** What is stored within so long is told at once: a chat in which people write fast needs no more. */
const GATHER_MS = 1_000;
/** A server that still answers so much later has kept what it was told, on its disk. */
const KNOWN_AFTER_MS = 15_000;

export interface DeliveriesParts {
  readonly device: Device;
  readonly index: ChatIndex;
  /** The device's own clock. */
  readonly nowMs: () => number;
  /** Sends on the inbox connection; false when there is none. */
  readonly send: (message: FromClient) => boolean;
}

export class Deliveries {
  readonly #device: Device;
  readonly #index: ChatIndex;
  readonly #nowMs: () => number;
  readonly #send: (message: FromClient) => boolean;
  readonly #unsubscribe: () => void;
  /** Of the server's present history. */
  readonly #known = new Map<ChatId, number>();
  /** Told on this line, and not known to be kept. */
  readonly #told = new Map<ChatId, number>();
  readonly #due = new Set<ChatId>();
  #epoch: string | undefined;
  #elected = false;
  #welcomed = false;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #asking: ReturnType<typeof setTimeout> | undefined;
  /** The question whose answer says that what was told before it is known. */
  #asked: { readonly sentAtMs: number; readonly told: ReadonlyMap<ChatId, number> } | undefined;
  #stopped = false;

  constructor({ device, index, nowMs, send }: DeliveriesParts) {
    this.#device = device;
    this.#index = index;
    this.#nowMs = nowMs;
    this.#send = send;
    this.#unsubscribe = device.heads.subscribe((document, here) => {
      const name = here ? parseDocumentName(document) : undefined;
      if (name?.kind === 'chat') this.#tellSoon(name.chat);
    });
  }

  /** What the server was told before this start; to be called before the network begins. */
  recall({ epoch, upTo }: ToldDeliveries): void {
    this.#epoch = epoch;
    for (const [chat, number] of upTo) this.#known.set(chat, number);
  }

  /** This tab speaks for the device from now on. */
  elected(): void {
    this.#elected = true;
    if (this.#welcomed) this.#tellAll();
  }

  hear(document: DocumentName, message: FromServer): void {
    if (document !== inboxDocument(this.#device.account)) return;
    if (message.kind === 'welcome') this.#begin(message.epoch);
    if (message.kind === 'time' && message.sentAtMs === this.#asked?.sentAtMs) this.#answered(this.#asked.told);
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    clearTimeout(this.#gathering);
    clearTimeout(this.#asking);
  }

  #begin(epoch: string): void {
    clearTimeout(this.#asking);
    this.#asking = undefined;
    this.#asked = undefined;
    // The line before went too early to know what the server has kept.
    for (const chat of this.#told.keys()) this.#due.add(chat);
    this.#told.clear();
    this.#welcomed = true;
    // A history that was restored knows less than it was told.
    if (epoch !== this.#epoch) this.#known.clear();
    this.#epoch = epoch;
    if (this.#elected) this.#tellAll();
    else if (this.#due.size > 0) this.#gather();
  }

  #tellAll(): void {
    for (const chat of this.#index.known.all()) this.#due.add(chat);
    this.#gather();
  }

  #tellSoon(chat: ChatId): void {
    this.#due.add(chat);
    if (this.#welcomed) this.#gather();
  }

  #gather(): void {
    if (this.#stopped) return;
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      void this.#tell();
    }, GATHER_MS);
  }

  async #tell(): Promise<void> {
    await this.#index.settled();
    if (!this.#welcomed || this.#stopped) return;
    const fresh: [ChatId, number][] = [];
    for (const chat of this.#due) {
      const upTo = this.#index.othersUpTo(chat);
      // What came before joining nobody waits for.
      const known = Math.max(
        this.#known.get(chat) ?? 0,
        this.#told.get(chat) ?? 0,
        this.#index.known.reader(chat).joined,
      );
      if (upTo > known) fresh.push([chat, upTo]);
    }
    this.#due.clear();
    for (let from = 0; from < fresh.length; from += DELIVERED_CHATS) {
      const chats = fresh.slice(from, from + DELIVERED_CHATS);
      if (!this.#send({ kind: 'delivered', chats })) return this.#putOff(fresh.slice(from));
      for (const [chat, upTo] of chats) this.#told.set(chat, upTo);
    }
    if (this.#told.size > 0) this.#askLater();
  }

  /** The line has just gone: the next welcome finds them. */
  #putOff(chats: readonly (readonly [ChatId, number])[]): void {
    for (const [chat] of chats) this.#due.add(chat);
  }

  #askLater(): void {
    this.#asking ??= setTimeout(() => {
      const sentAtMs = this.#nowMs();
      this.#asked = { sentAtMs, told: new Map(this.#told) };
      this.#asking = undefined;
      this.#send({ kind: 'time', sentAtMs });
    }, KNOWN_AFTER_MS);
  }

  #answered(told: ReadonlyMap<ChatId, number>): void {
    this.#asked = undefined;
    for (const [chat, upTo] of told) {
      this.#known.set(chat, upTo);
      if (this.#told.get(chat) === upTo) this.#told.delete(chat);
    }
    if (this.#told.size > 0) this.#askLater();
    if (this.#epoch !== undefined) void this.#device.meta.putTold({ epoch: this.#epoch, upTo: new Map(this.#known) });
  }
}
