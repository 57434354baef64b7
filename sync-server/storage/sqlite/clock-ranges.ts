import type { ClockRange } from '../../../crdt/model/log/append.ts';

/** The same clocks in ranges that neither overlap nor touch, by writer and clock. */
export function joinRanges(ranges: readonly ClockRange[]): ClockRange[] {
  const joined: ClockRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.writer - b.writer || a.from - b.from)) {
    const last = joined.at(-1);
    if (last?.writer === range.writer && range.from <= last.to) {
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, range.to) };
    } else {
      joined.push({ writer: range.writer, from: range.from, to: range.to });
    }
  }
  return joined;
}
