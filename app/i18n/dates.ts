/** Times are unix milliseconds everywhere and become words only here, in the device's zone. */
import { dateFormat } from './date-format.ts';
import { texts } from './language.ts';

const time = dateFormat({ hour: '2-digit', minute: '2-digit' });
const dayThisYear = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' });
const dayOtherYear = dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const dayAndTime = dateFormat({ dateStyle: 'medium', timeStyle: 'short' });

/** The calendar day of a time in the device's zone; equal numbers are the same day. */
export function dayOf(timeMs: number): number {
  const date = new Date(timeMs);
  return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate();
}

export const timeText = (timeMs: number): string => time().format(timeMs);
export const dayAndTimeText = (timeMs: number): string => dayAndTime().format(timeMs);

export function dayText(timeMs: number, nowMs: number): string {
  const day = dayOf(timeMs);
  const now = new Date(nowMs);
  if (day === dayOf(nowMs)) return texts().conversation.today;
  if (day === dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).getTime()))
    return texts().conversation.yesterday;
  return (new Date(timeMs).getFullYear() === now.getFullYear() ? dayThisYear() : dayOtherYear()).format(timeMs);
}
