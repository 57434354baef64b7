import type { ClockRange } from './append.ts';
import type { Place } from './entry-id.ts';

/** The given places as ranges: sorted by writer and clock, without doubles, neighbours joined. */
export function clockRanges(places: Iterable<Place>): ClockRange[] {
  const sorted = [...places].sort((a, b) => a.writer - b.writer || a.clock - b.clock);
  const ranges: { writer: Place['writer']; from: number; to: number }[] = [];
  for (const { writer, clock } of sorted) {
    const last = ranges.at(-1);
    if (last === undefined || last.writer !== writer || last.to < clock)
      ranges.push({ writer, from: clock, to: clock + 1 });
    else last.to = Math.max(last.to, clock + 1);
  }
  return ranges;
}
