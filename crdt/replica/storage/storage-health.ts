/** Whether this device can keep what it is given: a state that the person sees, and a way back when there is room again. */
import { Cell } from '../cell.ts';
import type { StorageView, Watchable } from '../contract.ts';
import type { StorageFailure, WriteOutcome } from './transact.ts';

/** Pause between asking whether there is room again; a person has freed some within seconds, not milliseconds. */
const PROBE_PAUSE_MS = 10_000;

const OK: StorageView = { kind: 'ok' };

export class StorageHealth {
  readonly #view = new Cell<StorageView>(OK);
  readonly #retries = new Set<() => void>();
  readonly #probe: () => Promise<WriteOutcome>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  /** `probe` tries a write of some size. */
  constructor(probe: () => Promise<WriteOutcome>) {
    this.#probe = probe;
  }

  get view(): Watchable<StorageView> {
    return this.#view;
  }

  /** A write kept nothing. */
  failed(failure: StorageFailure): void {
    if (this.#stopped) return;
    const known = this.#view.get();
    if (failure.kind === 'storage-full') {
      if (known.kind !== 'full') this.#view.set({ kind: 'full' });
    } else if (known.kind !== 'failed') {
      this.#view.set({ kind: 'failed', detail: failure.detail });
    }
    this.#timer ??= setTimeout(() => void this.#ask(), PROBE_PAUSE_MS);
  }

  /** A write of ordinary size was kept. */
  worked(): void {
    if (this.#view.get().kind === 'ok' || this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#view.set(OK);
    for (const retry of [...this.#retries]) retry();
  }

  /** `retry` is called when there is room again. */
  onRoom(retry: () => void): () => void {
    this.#retries.add(retry);
    return () => void this.#retries.delete(retry);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    const outcome = await this.#probe();
    if (outcome.kind === 'stored') this.worked();
    else this.failed(outcome);
  }
}
