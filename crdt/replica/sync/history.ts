/**
 * Fetches pages that this device has never had whole, beside everything else: newest first, a few at a time, as long as there is room.
 * Which they are is derived, and kept nowhere: the inbox tells how many pages a chat has, the records of the device which are whole.
 * So nothing can be lost between catch-up and here, and a chat that is joined, left or restored needs no care.
 */
import { chatDocument, type DocumentName } from '../../model/protocol/document-name.ts';
import { Cell } from '../cell.ts';
import type { ChatIndex } from '../chat/chat-index.ts';
import type { HistoryView, ReplicaEnvironment, ReplicaTimings, Watchable } from '../contract.ts';
import type { Device } from '../documents/device.ts';
import { whenIdle } from '../next-turn.ts';
import { storageFailure } from '../storage/transact.ts';
import { pause } from './pause.ts';

/** Half of what may be pulled at once: what matters more always finds a place. */
const PAGES_AT_ONCE = 2;
/** Of what the browser grants: the other half is for what is still to be written, and for what search keeps. */
const SHARE_OF_QUOTA = 0.5;
/** After the disk was full: what was freed is for the person's own messages first. */
const REST_AFTER_FULL_MS = 15 * 60_000;
/** Pages that did not come are tried again then, or on the next line. */
const RETRY_MS = 5 * 60_000;

export interface HistoryParts {
  readonly device: Device;
  readonly environment: Pick<ReplicaEnvironment, 'storageUse' | 'nowMs'>;
  readonly timings: ReplicaTimings;
  readonly chats: ChatIndex;
}

/** What the line does for it. */
export interface HistoryLine {
  /** Resolves when nothing more urgent is on its way. */
  quiet(): Promise<void>;
  /** Brings the page into step; false when it did not come. */
  fetch(page: DocumentName): Promise<boolean>;
}

type Progress = Exclude<HistoryView['kind'], 'unknown' | 'whole'>;

export class History {
  readonly #parts: HistoryParts;
  readonly #view = new Cell<HistoryView>({ kind: 'unknown' });
  readonly #disposes: (() => void)[];
  readonly #complete = new Set<DocumentName>();
  /** On the present line. */
  readonly #failed = new Set<DocumentName>();
  #elected = false;
  #looked = false;
  /** Undefined until it is known. */
  #paused: boolean | undefined;
  #progress: Progress = 'waiting';
  #restUntilMs = 0;
  /** Ends the wait for something to do. */
  #wake: () => void = () => undefined;

  constructor(parts: HistoryParts) {
    this.#parts = parts;
    const { device, chats } = parts;
    this.#disposes = [
      device.tabs.listen((message) => {
        if (message.kind === 'history-paused') this.pause(message.paused);
        if (message.kind === 'history-asked' && this.#looked) this.#say();
        if (message.kind === 'history' && !this.#elected) this.#view.set(message.view);
      }),
      chats.known.onListed(() => this.#again()),
      device.health.view.subscribe(() => {
        if (device.health.view.get().kind === 'full') this.#restUntilMs = this.#nowMs() + REST_AFTER_FULL_MS;
      }),
    ];
    device.tabs.post({ kind: 'history-asked' });
  }

  get view(): Watchable<HistoryView> {
    return this.#view;
  }

  /** This tab fetches from now on. What is missing is told without a line, too. */
  elected(): void {
    this.#elected = true;
    void whenIdle().then(() => this.#look());
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.#again();
  }

  lineEnded(): void {
    this.#tell('waiting');
  }

  stop(): void {
    for (const dispose of this.#disposes) dispose();
  }

  /** Until the line ends. To be called when catch-up has brought what matters more. */
  async fetchAll(line: AbortSignal, { quiet, fetch }: HistoryLine): Promise<void> {
    this.#failed.clear();
    if (line.aborted || !(await this.#look())) return;
    while (!line.aborted) {
      await quiet();
      const pages = this.#paused === true ? [] : this.#missing().slice(0, PAGES_AT_ONCE);
      const hasRoom = pages.length === 0 || (await this.#hasRoom());
      if (line.aborted) return;
      if (pages.length === 0) {
        this.#tell('waiting');
        await this.#changed(line);
      } else if (hasRoom) {
        this.#tell('fetching');
        await Promise.all(pages.map((page) => this.#fetch(page, fetch)));
      } else {
        this.#tell('no-room');
        await this.#changed(line, this.#parts.timings.roomMs);
      }
    }
  }

  async #fetch(page: DocumentName, fetch: HistoryLine['fetch']): Promise<void> {
    const isWhole = async (): Promise<boolean> =>
      (await this.#parts.device.meta.documentRecord(page))?.complete === true;
    try {
      // A view of it may have been first.
      if ((await isWhole()) || ((await fetch(page)) && (await isWhole()))) this.#complete.add(page);
      else this.#failed.add(page);
    } catch (error) {
      this.#failed.add(page);
      this.#parts.device.health.failed(storageFailure(error));
    }
  }

  /** Reads what is whole here, and whether it is paused; false when that can't be read. */
  async #look(): Promise<boolean> {
    const { meta, health } = this.#parts.device;
    try {
      const [records, paused] = await Promise.all([meta.documentRecords(), meta.historyPaused()]);
      this.#complete.clear();
      for (const [document, { complete }] of records) if (complete) this.#complete.add(document);
      // What was said meanwhile may not be written yet.
      this.#paused ??= paused;
      this.#looked = true;
      this.#tell(this.#progress);
      return true;
    } catch (error) {
      health.failed(storageFailure(error));
      return false;
    }
  }

  /** The newest first. Of pages in between the time is that of the next one known; before it was fetched, none is newer than the latest. */
  #missing(): DocumentName[] {
    const missing: { readonly document: DocumentName; readonly timeMs: number; readonly page: number }[] = [];
    for (const [chat, pages] of this.#parts.chats.known.listed()) {
      let timeMs = Infinity;
      for (let page = pages; page >= 1; page -= 1) {
        const document = chatDocument(chat, page);
        timeMs = Math.min(timeMs, this.#parts.chats.newestMs(document) ?? Infinity);
        if (!this.#complete.has(document) && !this.#failed.has(document)) missing.push({ document, timeMs, page });
      }
    }
    // A difference of two infinities is no number.
    const order = missing.toSorted((one, other) =>
      one.timeMs === other.timeMs ? other.page - one.page : one.timeMs < other.timeMs ? 1 : -1,
    );
    return order.map(({ document }) => document);
  }

  async #hasRoom(): Promise<boolean> {
    const { device, environment } = this.#parts;
    if (device.health.view.get().kind !== 'ok' || this.#nowMs() < this.#restUntilMs) return false;
    const { usedBytes, quotaBytes } = (await environment.storageUse?.()) ?? {};
    return usedBytes === undefined || quotaBytes === undefined || usedBytes < quotaBytes * SHARE_OF_QUOTA;
  }

  /** Resolves when there may be something to do. */
  async #changed(line: AbortSignal, withinMs = RETRY_MS): Promise<void> {
    const waiting = new AbortController();
    this.#wake = () => waiting.abort();
    await pause(withinMs, AbortSignal.any([line, waiting.signal]));
    this.#failed.clear();
  }

  #again(): void {
    if (!this.#looked || !this.#elected) return;
    this.#tell(this.#progress);
    this.#wake();
  }

  #tell(progress: Progress): void {
    this.#progress = progress;
    if (!this.#elected || !this.#looked) return;
    let [left, total] = [0, 0];
    for (const [chat, pages] of this.#parts.chats.known.listed()) {
      total += pages;
      for (let page = 1; page <= pages; page += 1) if (!this.#complete.has(chatDocument(chat, page))) left += 1;
    }
    const view = viewOf(this.#paused === true ? 'paused' : progress, left, total);
    if (isSame(this.#view.get(), view)) return;
    this.#view.set(view);
    this.#say();
  }

  #say(): void {
    if (this.#elected) this.#parts.device.tabs.post({ kind: 'history', view: this.#view.get() });
  }

  #nowMs(): number {
    return this.#parts.environment.nowMs();
  }
}

function viewOf(kind: Progress, left: number, total: number): HistoryView {
  // Before the first catch-up the inbox is empty, which says nothing.
  if (total === 0) return { kind: 'unknown' };
  return left === 0 ? { kind: 'whole', total } : { kind, left, total };
}

const isSame = (one: HistoryView, other: HistoryView): boolean =>
  one.kind === other.kind &&
  (one.kind === 'unknown' || other.kind === 'unknown' || one.total === other.total) &&
  (!('left' in one) || !('left' in other) || one.left === other.left);
