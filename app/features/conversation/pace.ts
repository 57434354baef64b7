/** How many rows this device draws in one turn without a pause that anybody feels; learnt from how long the last ones took. */

/** Drawing may take so long in one turn: with the frame that may follow at once, it is not felt. */
const DRAWING_MS = 8;
/** How many are drawn at once at least and at most, however quick or slow the device is. */
const [LEAST_AT_ONCE, MOST_AT_ONCE] = [1, 4];

export interface Pace {
  /** So many at once. */
  readonly rows: number;
  /** So many were drawn, and took so long. */
  took(rows: number, ms: number): void;
}

export function makePace(): Pace {
  // With its fraction, so that it follows small changes.
  let atOnce = MOST_AT_ONCE / 2;
  return {
    get rows() {
      return Math.round(atOnce);
    },
    took(rows, ms) {
      const fitting = (DRAWING_MS * rows) / Math.max(0.1, ms);
      // Fewer at once, more only slowly.
      atOnce = Math.min(MOST_AT_ONCE, Math.max(LEAST_AT_ONCE, Math.min(fitting, (3 * atOnce + fitting) / 4)));
    },
  };
}
