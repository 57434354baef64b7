/** What the browser tells of its storage for this page; some tell nothing, or less outside of HTTPS. */
import { locale } from '../../i18n/language.ts';

export interface StorageUse {
  readonly usedBytes: number | undefined;
  readonly quotaBytes: number | undefined;
  /** Kept even when the disk gets short. */
  readonly persisted: boolean | undefined;
}

export async function askStorage(): Promise<StorageUse> {
  const storage = navigator.storage as StorageManager | undefined;
  try {
    const estimate = await storage?.estimate();
    const persisted = await storage?.persisted();
    return { usedBytes: estimate?.usage, quotaBytes: estimate?.quota, persisted };
  } catch {
    return { usedBytes: undefined, quotaBytes: undefined, persisted: undefined };
  }
}

/** Asks the browser to keep it; some ask the person, some decide by themselves. */
export async function keepStorage(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** In the unit that leaves one to three digits before the point. */
export function sizeText(sizeBytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, sizeBytes)) / 3));
  const value = sizeBytes / 1000 ** step;
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}
