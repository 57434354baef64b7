/**
 * The replica's network, which is loaded when the local data can be read: what lies on the device is drawn without the code that talks
 * to the server. Should that code not come (a bad line before the service worker has it all), it is asked for again like a connection.
 */
import type { FromClient } from '../model/protocol/stateless.ts';
import { Cell } from './cell.ts';
import type { ConnectionView, Watchable } from './contract.ts';
import { pause } from './sync/pause.ts';
import type { Sync, SyncParts } from './sync/sync.ts';

export class Network {
  readonly #parts: SyncParts;
  readonly #view = new Cell<ConnectionView>({ kind: 'connecting' });
  readonly #stopping = new AbortController();
  /** Ends the pause before the next attempt to load. */
  #again = new AbortController();
  #sync: Sync | undefined;
  #elected = false;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    void this.#load();
  }

  get view(): Watchable<ConnectionView> {
    return this.#view;
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
    const { environment, timings } = this.#parts;
    const { signal } = this.#stopping;
    for (let delayMs = timings.retryMinMs; !signal.aborted; delayMs = Math.min(timings.retryMaxMs, 2 * delayMs)) {
      const loaded = await import('./sync/sync.ts').catch(() => undefined);
      if (signal.aborted) return;
      if (loaded !== undefined) return this.#begin(new loaded.Sync(this.#parts));
      if (this.#view.get().kind !== 'offline') this.#view.set({ kind: 'offline', sinceMs: environment.nowMs() });
      this.#again = new AbortController();
      await pause(delayMs, this.#again.signal);
    }
  }

  #begin(sync: Sync): void {
    this.#sync = sync;
    sync.view.subscribe(() => this.#view.set(sync.view.get()));
    this.#view.set(sync.view.get());
    if (this.#elected) sync.elected();
    sync.start();
  }
}
