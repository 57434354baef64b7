import type { ReplicaTimings } from './contract.ts';
import type { StorageHealth } from './storage/storage-health.ts';
import { storageFailure } from './storage/transact.ts';
import { pause } from './sync/pause.ts';

/** A page that nobody sees draws nothing, and must connect all the same. */
const DRAWN_AT_LATEST_MS = 2_000;

/**
 * Reads `known` when what lies on the device is drawn, or would have been; what can't be read is told, and read again with growing
 * pauses. Undefined when `ending` came first.
 */
export async function whenKnown<T>(
  drawn: Promise<unknown> | undefined,
  known: () => Promise<T>,
  health: StorageHealth,
  timings: ReplicaTimings,
  ending: AbortSignal,
): Promise<T | undefined> {
  if (drawn !== undefined) await Promise.race([drawn, pause(DRAWN_AT_LATEST_MS, ending)]);
  for (let failed = 0; !ending.aborted; failed += 1) {
    try {
      return await known();
    } catch (error) {
      health.failed(storageFailure(error));
      await pause(Math.min(timings.retryMaxMs, timings.retryMinMs * 2 ** failed), ending);
    }
  }
  return undefined;
}
