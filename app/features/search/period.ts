/** From when to when is searched, in calendar days of the device's zone. */
import type { SearchScope } from '../../../crdt/model/search/text-block.ts';

const DAYS = { today: 1, week: 7, month: 30, year: 365 } as const;

export type Period =
  | { readonly kind: 'any' }
  | { readonly kind: keyof typeof DAYS }
  /** Days as `2026-03-31`, both included; an empty one is no bound. */
  | { readonly kind: 'between'; readonly from: string; readonly until: string };

export const PERIODS = [
  'any',
  'today',
  'week',
  'month',
  'year',
  'between',
] as const satisfies readonly Period['kind'][];

const BETWEEN = /^(?<from>|\d{4}-\d{2}-\d{2})\.\.(?<until>|\d{4}-\d{2}-\d{2})$/;
const isDays = (text: string): text is keyof typeof DAYS => Object.hasOwn(DAYS, text);

/** As it stands in the address; whatever else stands there is any time. */
export function parsePeriod(text: string | undefined): Period {
  if (text === undefined) return { kind: 'any' };
  if (isDays(text)) return { kind: text };
  const { from, until } = BETWEEN.exec(text)?.groups ?? {};
  return from === undefined || until === undefined ? { kind: 'any' } : { kind: 'between', from, until };
}

/** For the address; undefined for any time. */
export function periodText(period: Period): string | undefined {
  switch (period.kind) {
    case 'any':
      return undefined;
    case 'between':
      return `${period.from}..${period.until}`;
    case 'today':
    case 'week':
    case 'month':
    case 'year':
      return period.kind;
  }
}

/** The first moment of a day, so many days later; undefined when there is no such day. */
function startOf(day: string, later: number): number | undefined {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number);
  const timeMs = new Date(year, month - 1, date + later).getTime();
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

export function scopeOf(period: Period, nowMs: number): Pick<SearchScope, 'fromMs' | 'untilMs'> {
  switch (period.kind) {
    case 'any':
      return {};
    case 'between': {
      const [fromMs, untilMs] = [startOf(period.from, 0), startOf(period.until, 1)];
      return { ...(fromMs === undefined ? {} : { fromMs }), ...(untilMs === undefined ? {} : { untilMs }) };
    }
    case 'today':
    case 'week':
    case 'month':
    case 'year': {
      const now = new Date(nowMs);
      return { fromMs: new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1 - DAYS[period.kind]).getTime() };
    }
  }
}
