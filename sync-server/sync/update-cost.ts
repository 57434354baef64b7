import type { ServerLimits } from '../limits.ts';

/** What an update or a state vector counts against the rate of its sender. */
export const costOf = (sizeBytes: number, limits: Pick<ServerLimits, 'updateUnitBytes'>): number =>
  1 + Math.floor(sizeBytes / limits.updateUnitBytes);
