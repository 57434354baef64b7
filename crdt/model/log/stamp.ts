/**
 * A stamp is a hybrid logical clock in one number: milliseconds since 2020, an 11-bit counter, and one bit that says that the
 * context had never adopted the server's clock when it wrote. It orders entries; it is never trusted (see timeline).
 *
 *     stamp = (unix ms - EPOCH_MS) * 4096 + counter * 2 + (unsure ? 1 : 0)        below 2^53 until the year 2089
 *
 * Kulkarni et al., Logical Physical Clocks, 2014.
 */
declare const stampBrand: unique symbol;
export type Stamp = number & { readonly [stampBrand]: true };

/** 2020-01-01T00:00:00Z */
const EPOCH_MS = 1_577_836_800_000;
const STEPS = 4096;

export const isStamp = (value: unknown): value is Stamp =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** The first stamp of a millisecond (unix ms; earlier than 2020 counts as 2020). */
export function stampAt(unixMs: number, unsure = false): Stamp {
  const ms = Math.min(Math.max(0, Math.floor(unixMs) - EPOCH_MS), 2 ** 41 - 1);
  return (ms * STEPS + (unsure ? 1 : 0)) as Stamp;
}

/** Unix milliseconds of a stamp. */
export const stampMs = (stamp: Stamp): number => Math.floor(stamp / STEPS) + EPOCH_MS;

/** True when the writing context had never adopted the server's clock; such entries sort by arrival. */
export const isUnsure = (stamp: Stamp): boolean => stamp % 2 === 1;

/** The stamp of a new entry: at the time given (unix ms), and after everything that this context has written or seen. */
export function nextStamp(unixMs: number, after: Stamp | undefined, unsure: boolean): Stamp {
  const now = stampAt(unixMs, unsure);
  if (after === undefined || now > after) return now;
  const next = after - (after % 2) + 2;
  return Math.min(next + (unsure ? 1 : 0), Number.MAX_SAFE_INTEGER) as Stamp;
}

/** The next stamp after one, unsure if that one is; for entries that must come after it whatever the time is. */
export const stampAfter = (stamp: Stamp): Stamp => Math.min(stamp + 2, Number.MAX_SAFE_INTEGER) as Stamp;
