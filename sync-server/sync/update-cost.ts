import type { ServerLimits } from '../limits.ts';

/** What so many bytes count against the rate of their sender, beside the request itself. */
export const unitsOf = (bytes: Uint8Array | undefined, limits: Pick<ServerLimits, 'updateUnitBytes'>): number =>
  Math.floor((bytes?.length ?? 0) / limits.updateUnitBytes);
