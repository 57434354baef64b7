/** When an entry counts as written, as far as that can be believed. */
import { isUnsure, stampAt, stampMs, type Stamp } from '../log/stamp.ts';
import type { Arrival } from './arrivals.ts';

/** How far ahead of its arrival a stamp may be and still be believed: clocks of people, and the way to the server. */
export const STAMP_AHEAD_MS = 5 * 60_000;

/** What is on the screen at a message: entries that are written now come after it. Undefined while it has no place of its own yet. */
export const placedStamp = (stamp: Stamp, arrival: Arrival | undefined): Stamp | undefined =>
  arrival === undefined && isUnsure(stamp) ? undefined : (effectiveStamp(stamp, arrival) as Stamp);

/** Beyond every stamp. Unsure stamps are odd, so adding it to one is exact. */
const LAST = Number.MAX_SAFE_INTEGER;

/**
 * What an entry sorts by: its own stamp, unless it can't be believed; then its arrival. Not arrived and unsure: after all others, by
 * stamp among themselves.
 */
export function effectiveStamp(stamp: Stamp, arrival: Arrival | undefined): number {
  if (arrival === undefined) return isUnsure(stamp) ? LAST + stamp : stamp;
  return isUnsure(stamp) || stampMs(stamp) > arrival.timeMs + STAMP_AHEAD_MS ? stampAt(arrival.timeMs) : stamp;
}
