/**
 * Follows the end of a timeline, however quickly messages come in. What comes in within a beat is shown together: its rows are built out
 * of sight, a few in a turn, the newest first, until they fill the view or reach to what is shown; then they are shown at once. What lies
 * in between is never drawn: nobody could have read it, and it is there for who scrolls back. So the work of a second is bounded by what
 * fits into the view, not by what is written.
 */
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import type { Pace } from './pace.ts';
import type { Range } from './range.ts';
import { makeTurn } from './turn.ts';

/** Eyes follow no quicker. */
const BEAT_MS = 250;
/** A beat is at least so many times as long as its drawing took, so that most of the time is left for all else; */
const REST = 2;
/** but nobody waits longer for what is new. */
const LONGEST_BEAT_MS = 500;
/** Drawn above the view, for the first turn of a wheel. */
const MARGIN_PX = 160;

export interface FollowingParts {
  readonly count: () => number;
  readonly idAt: (index: number) => EntryId | undefined;
  readonly indexOf: (id: EntryId) => number;
  /** What is shown now. */
  readonly shown: () => Range;
  /** One is at the end, looks at it, and nothing of one's own stands below the messages. */
  readonly isWanted: () => boolean;
  readonly viewPx: () => number;
  readonly pace: Pace;
  /** Builds the rows that are `ahead` out of sight, besides those that are shown; tells how high the first so many of them are. */
  readonly prepare: (fresh: number) => number;
  /** Shows exactly these, at the end. */
  readonly show: (range: Range) => void;
  /** What is shown is shown as it is now; what has come in is left for later. */
  readonly touch: () => void;
  /** Shows what has changed in the way that knows no end. */
  readonly refresh: () => void;
  /** What comes in is no longer more than the view holds. */
  readonly onCalm: () => void;
}

export interface Following {
  /** The messages have changed. */
  changed(): void;
  /** Something else has been drawn meanwhile. */
  drop(): void;
  /** Rows that are built out of sight now. */
  readonly ahead: Range | undefined;
  /** Nothing else is to be drawn that may wait. */
  readonly isBusy: boolean;
  stop(): void;
}

export function makeFollowing(parts: FollowingParts): Following {
  const { count, idAt, indexOf, pace } = parts;
  /** By their ends: messages may come in above. */
  let built: { readonly first: EntryId; readonly last: EntryId } | undefined;
  let builtPx = 0;
  let tookMs = 0;
  /** Changes wait for the next beat. */
  let due = false;
  /** More has come in within the last beat than the view holds. */
  let leapt = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ahead = (): Range | undefined => {
    if (built === undefined) return undefined;
    const [from, last] = [indexOf(built.first), indexOf(built.last)];
    return from < 0 || last < from ? undefined : { from, to: last + 1 };
  };
  const isFilled = (): boolean => builtPx >= parts.viewPx() + MARGIN_PX;
  const building = makeTurn(() => {
    const range = ahead();
    const shown = parts.shown();
    // One has gone, or what was built has.
    if (range === undefined || range.from < shown.to || !parts.isWanted()) return refresh();
    if (isFilled()) show(range, true);
    else if (range.from === shown.to) show({ from: shown.from, to: range.to }, false);
    else build(range, shown);
  });

  function drop(): void {
    built = undefined;
    building.cancel();
  }

  function refresh(): void {
    drop();
    due = leapt = false;
    parts.refresh();
  }

  function begin(): void {
    due = false;
    builtPx = tookMs = 0;
    const shown = parts.shown();
    const to = count();
    if (to - shown.to <= pace.rows) show({ from: shown.from, to }, false);
    else build({ from: to, to }, shown);
  }

  /** The next step; what has come in since it began waits for the next beat. */
  function build({ from: before, to }: Range, shown: Range): void {
    const from = Math.max(shown.to, before - pace.rows);
    const [first, last] = [idAt(from), idAt(to - 1)];
    if (first === undefined || last === undefined) return refresh();
    built = { first, last };
    const startMs = performance.now();
    builtPx += parts.prepare(before - from);
    const ms = performance.now() - startMs;
    tookMs += ms;
    pace.took(before - from, ms);
    building.soon();
  }

  function show(range: Range, isLeap: boolean): void {
    const startMs = performance.now();
    drop();
    leapt = isLeap;
    parts.show(range);
    tookMs += performance.now() - startMs;
    clearTimeout(timer);
    timer = setTimeout(beat, Math.min(LONGEST_BEAT_MS, Math.max(BEAT_MS, REST * tookMs)));
  }

  function beat(): void {
    timer = undefined;
    if (due && parts.isWanted()) return begin();
    const wasLeapt = leapt;
    leapt = false;
    if (due) refresh();
    else if (wasLeapt) parts.onCalm();
  }

  return {
    changed() {
      if (!parts.isWanted()) return refresh();
      due = true;
      if (timer === undefined && built === undefined) return begin();
      parts.touch();
    },
    drop,
    get ahead() {
      return ahead();
    },
    get isBusy() {
      return leapt || built !== undefined;
    },
    stop() {
      drop();
      clearTimeout(timer);
    },
  };
}
