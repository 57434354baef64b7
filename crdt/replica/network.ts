/**
 * The replica's network, which is loaded when the local data is drawn: that goes without the code that talks to the server. Should that
 * code not come (a bad line before the service worker has it all), it is asked for again like a connection. Engines from before
 * summer 2026 remember a module that did not come for as long as the page lives, and an old page's code may have gone with an update:
 * when the server answers and the code still doesn't come, the view says so, because only loading the page anew helps then.
 */
import type { FromClient } from '../model/protocol/stateless.ts';
import { Cell } from './cell.ts';
import type { DocumentName } from '../model/protocol/document-name.ts';
import type { ConnectionView, HistoryView, Watchable } from './contract.ts';
import type { CatchUpPoint } from './storage/meta-records.ts';
import { pause } from './sync/pause.ts';
import type { Sync, SyncParts } from './sync/sync.ts';

/** One attempt may fail with the line; of two, one has had the line that the server was asked on. */
const ATTEMPTS_BEFORE_ASKING = 2;
/** As for the replica's other requests. */
const ASK_MS = 30_000;

export interface NetworkParts extends Omit<SyncParts, 'catchUpPoint'> {
  /** The network begins then: from where catch-up stood. */
  readonly ready: Promise<CatchUpPoint | undefined>;
}

export class Network {
  readonly #parts: NetworkParts;
  readonly #view = new Cell<ConnectionView>({ kind: 'connecting' });
  readonly #history = new Cell<HistoryView>({ kind: 'unknown' });
  readonly #stopping = new AbortController();
  /** Ends the pause before the next attempt to load. */
  #again = new AbortController();
  #sync: Sync | undefined;
  #elected = false;

  constructor(parts: NetworkParts) {
    this.#parts = parts;
    void this.#load();
  }

  get view(): Watchable<ConnectionView> {
    return this.#view;
  }

  get history(): Watchable<HistoryView> {
    return this.#history;
  }

  async pauseHistory(paused: boolean): Promise<void> {
    const { device } = this.#parts;
    this.#sync?.pauseHistory(paused);
    device.tabs.post({ kind: 'history-paused', paused });
    const outcome = await device.meta.putHistoryPaused(paused);
    if (outcome.kind !== 'stored') device.health.failed(outcome);
  }

  /** Brings a document into step at once; false when it can't be now. */
  async fetch(document: DocumentName): Promise<boolean> {
    return (await this.#sync?.fetch(document)) ?? false;
  }

  /** This tab does the background work of the device from now on. */
  elected(): void {
    this.#elected = true;
    this.#sync?.elected();
  }

  wake(): void {
    this.#again.abort();
    this.#sync?.wake();
  }

  networkLost(): void {
    this.#sync?.networkLost();
  }

  /** Says something beside the documents; false when nobody can hear it now. */
  say(message: FromClient): boolean {
    return this.#sync?.say(message) ?? false;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#again.abort();
    // Not for the code: on a bad line it may take minutes to fail.
    await this.#sync?.stop();
  }

  async #load(): Promise<void> {
    const { timings, ready } = this.#parts;
    const { signal } = this.#stopping;
    const catchUpPoint = await ready;
    for (let failed = 0; !signal.aborted; failed += 1) {
      const loaded = await import('./sync/sync.ts').catch(() => undefined);
      if (signal.aborted) return;
      if (loaded !== undefined) return this.#begin(new loaded.Sync({ ...this.#parts, catchUpPoint }));
      await this.#tellMissing(failed + 1);
      if (signal.aborted) return;
      this.#again = new AbortController();
      await pause(Math.min(timings.retryMaxMs, timings.retryMinMs * 2 ** failed), this.#again.signal);
    }
  }

  /** Without the code there is no network; with a server that answers, it is the code alone that is missing. */
  async #tellMissing(attempts: number): Promise<void> {
    const isOnline = attempts >= ATTEMPTS_BEFORE_ASKING && (await this.#serverAnswers());
    const { kind } = this.#view.get();
    if (isOnline) this.#view.set({ kind: 'code-missing' });
    else if (kind !== 'offline') this.#view.set({ kind: 'offline', sinceMs: this.#parts.environment.nowMs() });
  }

  async #serverAnswers(): Promise<boolean> {
    const { origin, fetch } = this.#parts.environment;
    try {
      const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(ASK_MS)]);
      await fetch(`${origin}/api/session`, { signal });
      return true;
    } catch {
      return false;
    }
  }

  #begin(sync: Sync): void {
    this.#sync = sync;
    sync.view.subscribe(() => this.#view.set(sync.view.get()));
    this.#view.set(sync.view.get());
    sync.history.subscribe(() => this.#history.set(sync.history.get()));
    if (this.#elected) sync.elected();
    sync.start();
  }
}
