/** Which messages of a long timeline are drawn: those in view and a screen or two around them. Pure; indexes into the messages. */
export interface Range {
  readonly from: number;
  /** The first one no longer drawn. */
  readonly to: number;
}

/** Drawn when a place is opened anew: a tall screen of short messages. */
const AROUND = 20;
/** More than this is never drawn, however small the letters are. */
const MOST = 200;
/** The least that is drawn above and below the view, for thumbs that are quicker than the processor. */
const AHEAD_PX = 600;

/** What is drawn when the view is set to a message: it, some before, more after. */
export function rangeAt(index: number, count: number): Range {
  const to = Math.min(count, Math.max(0, index) + AROUND);
  return { from: Math.max(0, Math.min(index, to) - AROUND / 2), to };
}

/** What is drawn when a message is shown in the middle of the view. */
export const rangeAround = (index: number, count: number): Range => ({
  from: Math.max(0, index - AROUND / 2),
  to: Math.min(count, index + AROUND / 2),
});

/** What is drawn at the end. */
export const rangeAtEnd = (count: number): Range => ({ from: Math.max(0, count - AROUND), to: count });

/** The drawn range after messages have come in at the end, where one is; undefined when they are too many to go on from it. */
export function followed(range: Range, count: number): Range {
  if (count - range.to > AROUND) return rangeAtEnd(count);
  return { from: count - range.from > MOST ? count - MOST / 2 : range.from, to: count };
}

/** A range that has grown too long, since messages came in between, cut down to what is around an index. */
export const cutDown = (range: Range, index: number): Range =>
  range.to - range.from <= MOST
    ? range
    : { from: Math.max(range.from, index - MOST / 4), to: Math.min(range.to, index + MOST / 4) };

export interface Surroundings {
  readonly count: number;
  /** What is drawn above the view's upper and below its lower edge, px; negative where the view shows more than is drawn. */
  readonly abovePx: number;
  readonly belowPx: number;
  readonly viewPx: number;
  /** Height of a message, as far as one knows. */
  readonly messagePx: number;
  /** How many messages this device draws without a pause. */
  readonly atOnce: number;
}

/** The range with as much on both sides of the view as one needs to go on scrolling, taken in small steps. */
export function widened({ from, to }: Range, around: Surroundings): Range {
  const { count, abovePx, belowPx, viewPx, messagePx, atOnce } = around;
  const ahead = Math.max(viewPx, AHEAD_PX);
  const lacking = (px: number): number =>
    px >= ahead ? 0 : Math.min(px < 0 ? 2 * atOnce : atOnce, Math.ceil((ahead - px) / Math.max(20, messagePx)));
  // What one sees comes before what one may see next.
  const up = lacking(abovePx);
  const down = abovePx < 0 && belowPx >= 0 ? 0 : lacking(belowPx);
  return { from: Math.max(0, from - (belowPx < 0 && abovePx >= 0 ? 0 : up)), to: Math.min(count, to + down) };
}

/** Taken away at once: little, so that it is not felt. */
const TRIMMED_PX = 240;

/** From here on rows that are out of sight are taken away, and so many are left, px. */
export const trimmedBeyond = (viewPx: number): { readonly beyondPx: number; readonly leftPx: number } => {
  const ahead = Math.max(viewPx, AHEAD_PX);
  return { beyondPx: 1.25 * ahead + TRIMMED_PX, leftPx: 1.25 * ahead };
};
