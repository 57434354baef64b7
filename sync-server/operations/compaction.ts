/** Compaction in the background: a few documents a round, so that writing never waits long behind it. */
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { LogStore } from '../storage/log-store.ts';

export interface CompactionOptions {
  readonly store: LogStore;
  readonly limits: Pick<ServerLimits, 'compactionDocuments' | 'compactionMs'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface Compaction {
  /** Resolves when the round that is running has ended. */
  stop(): Promise<void>;
}

export function startCompaction({ store, limits, log, metrics }: CompactionOptions): Compaction {
  let stopped = false;
  let round: Promise<void> = Promise.resolve();

  async function compact(): Promise<void> {
    for (const document of await store.compactable(limits.compactionDocuments)) {
      if (stopped) return;
      try {
        const rows = await store.compact(document);
        metrics.compactions.inc();
        log.debug('compacted', { document, rows });
      } catch (error) {
        // The worst come first: one that can't be compacted must not keep the others from it.
        log.error('compaction-failed', error, { document });
      }
    }
  }

  const timer = setInterval(() => {
    round = round.then(compact).catch((error: unknown) => log.error('compaction-failed', error));
  }, limits.compactionMs);

  return {
    stop() {
      stopped = true;
      clearInterval(timer);
      return round;
    },
  };
}
