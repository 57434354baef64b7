/** Own entries on their way into the database, in order; several quick ones share a transaction. */
import type { Tuple } from '../../model/log/append.ts';
import type { EntryId } from '../../model/log/entry-id.ts';
import type { Stamp } from '../../model/log/stamp.ts';
import type { StorageFailure } from '../storage/transact.ts';

export type DurableOutcome =
  | { readonly kind: 'waiting'; readonly id: EntryId }
  | StorageFailure
  | { readonly kind: 'refused'; readonly detail: string };

export interface QueuedEntry {
  /** Builds the raw entry when its turn comes, with the stamp it is given. */
  readonly tuple: (stamp: Stamp) => Tuple;
  readonly resolve: (outcome: DurableOutcome) => void;
}

/** Entries that wait for the disk at once: a person never has ten; a program that has more must wait for answers. */
const MAX_QUEUED = 10_000;
/** Entries and characters of one transaction, so that the update fits a frame of the network. */
const MAX_BATCH = 100;
const MAX_BATCH_LENGTH = 100_000;

export class AppendQueue {
  readonly #store: (batch: readonly QueuedEntry[]) => Promise<void>;
  readonly #queued: QueuedEntry[] = [];
  #running: Promise<void> | undefined;

  /** `store` makes a batch durable and resolves every entry of it. */
  constructor(store: (batch: readonly QueuedEntry[]) => Promise<void>) {
    this.#store = store;
  }

  get idle(): boolean {
    return this.#running === undefined && this.#queued.length === 0;
  }

  add(tuple: (stamp: Stamp) => Tuple): Promise<DurableOutcome> {
    if (this.#queued.length >= MAX_QUEUED) return Promise.resolve({ kind: 'refused', detail: 'too many at once' });
    return new Promise((resolve) => {
      this.#queued.push({ tuple, resolve });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // Whoever appends in the same turn shares the first transaction.
    await Promise.resolve();
    try {
      while (this.#queued.length > 0) await this.#store(this.#queued.splice(0, MAX_BATCH));
    } finally {
      this.#running = undefined;
    }
  }
}

/** How many of the entries go into one transaction: as many as fit, at least one. */
export function fitting(tuples: readonly Tuple[]): number {
  let length = 0;
  for (const [index, tuple] of tuples.entries()) {
    length += JSON.stringify(tuple).length;
    if (length > MAX_BATCH_LENGTH) return Math.max(1, index);
  }
  return tuples.length;
}
