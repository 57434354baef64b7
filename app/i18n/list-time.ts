/** When something was, as short as a list has it: the time of today, yesterday, the day of the week, the date. */
import { createMemo, createRoot, type Accessor } from 'solid-js';
import { timeText } from './dates.ts';
import { locale, texts } from './language.ts';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

const format = (options: Intl.DateTimeFormatOptions): Accessor<Intl.DateTimeFormat> =>
  createRoot(() => createMemo(() => new Intl.DateTimeFormat(locale(), options)));

const weekday = format({ weekday: 'short' });
const dayThisYear = format({ day: 'numeric', month: 'short' });
const dayOtherYear = format({ day: '2-digit', month: '2-digit', year: '2-digit' });

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
