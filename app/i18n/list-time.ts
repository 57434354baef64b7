/** When something was, as short as a list has it: the time of today, yesterday, the day of the week, the date. */
import { dateFormat } from './date-format.ts';
import { timeText } from './dates.ts';
import { texts } from './language.ts';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

const weekday = dateFormat({ weekday: 'short' });
const dayThisYear = dateFormat({ day: 'numeric', month: 'short' });
const dayOtherYear = dateFormat({ day: '2-digit', month: '2-digit', year: '2-digit' });

/** Counts calendar days in the device's zone, whatever the clocks do in between. */
function dayNumber(date: Date): number {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS);
}

export function listTimeText(timeMs: number, nowMs: number): string {
  const [time, now] = [new Date(timeMs), new Date(nowMs)];
  const daysAgo = dayNumber(now) - dayNumber(time);
  if (daysAgo <= 0) return timeText(timeMs);
  if (daysAgo === 1) return texts().lists.yesterday;
  if (daysAgo < WEEK_DAYS) return weekday().format(time);
  return (time.getFullYear() === now.getFullYear() ? dayThisYear() : dayOtherYear()).format(time);
}
