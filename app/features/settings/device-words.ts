/** How a device is called, and when it was last here. */
import type { Device } from '../../../crdt/model/protocol/http.ts';
import { dayText } from '../../i18n/dates.ts';
import { locale, texts } from '../../i18n/language.ts';

/** The server writes down no more often when a device was there. */
const SEEN_WITHIN_MS = 60 * 60_000;

export function deviceName({ browser, system }: Device): string {
  if (browser === undefined && system === undefined) return texts().devices.unknown;
  if (system === undefined) return browser ?? '';
  return texts().devices.name(browser ?? texts().devices.unknownBrowser, system);
}

export function seenWords({ current, createdAtMs, seenAtMs }: Device, nowMs: number): string {
  const since = texts().devices.since(new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(createdAtMs));
  if (current) return `${texts().devices.current} · ${since}`;
  const seen =
    nowMs - seenAtMs < SEEN_WITHIN_MS ? texts().devices.seenNow : texts().devices.seen(dayText(seenAtMs, nowMs));
  return `${seen} · ${since}`;
}

/** Held in the hand. */
export const isPhone = ({ system }: Device): boolean => /android|ios|ipados/i.test(system ?? '');
