/**
 * Leaving a device for good (A8): what lies on it for the person is deleted, then the server ends the session. Both may take until
 * the next start or the next contact, so the intention is written down first; until it is carried out nobody is signed in here.
 */
import * as v from 'valibot';
import * as installation from './installation.ts';
import { isMarkedLeft, markLeft, unmark } from './copy-mark.ts';
import { emptyDevice, forgetKeys } from './empty-device.ts';

const KEY = 'hausfunk.departure';
/** One tab at a time carries it out. */
const LOCK = 'hausfunk.departure';

const DEPARTURE = v.object({
  namespace: v.string(),
  /** Nothing of the copy is left; the session may be. */
  emptied: v.boolean(),
  /** Ordered from another device of the person, who is told. */
  ordered: v.boolean(),
});
export type Departure = Readonly<v.InferOutput<typeof DEPARTURE>>;

export function readDeparture(): Departure | undefined {
  const json = localStorage.getItem(KEY);
  if (json === null) return undefined;
  try {
    return v.parse(DEPARTURE, JSON.parse(json));
  } catch {
    return undefined;
  }
}

const write = (departure: Departure): void => localStorage.setItem(KEY, JSON.stringify(departure));

/** From here on nothing of this copy is written any more, and it will be deleted whatever happens. */
export function beginDeparture(namespace: string, ordered: boolean): Departure {
  const departure = { namespace, emptied: false, ordered };
  try {
    write(departure);
  } catch {
    // No room: what goes first makes some.
    forgetKeys(namespace);
    write(departure);
  }
  markLeft();
  return departure;
}

export const isDeparting = (namespace: string): boolean => {
  const departure = readDeparture();
  return departure !== undefined && departure.namespace === namespace;
};

export type Settlement =
  /** Nothing is left to do. */
  | 'settled'
  /** Emptied; the server does not know yet. */
  | 'unreachable'
  /** Something could not be deleted, because another window has it open. */
  | 'not-emptied';

/** Carries out what is left of a departure. Safe to call at any time. */
export async function settleDeparture(): Promise<Settlement> {
  if (!isUnsettled()) return 'settled';
  // Missing without HTTPS.
  const locks = navigator.locks as LockManager | undefined;
  return locks === undefined ? settle() : locks.request(LOCK, settle);
}

const isUnsettled = (): boolean => readDeparture() !== undefined || isMarkedLeft();

async function settle(): Promise<Settlement> {
  if (!isUnsettled()) return 'settled';
  const departure = readDeparture();
  if (departure !== undefined && !departure.emptied) {
    if ((await emptyDevice(departure.namespace)) === 'partly') return 'not-emptied';
    write({ ...departure, emptied: true });
  }
  const answer = await installation.signOut();
  // 401: it has ended already. Everything else is a server that can't end it now.
  if (answer.kind !== 'ok' && !(answer.kind === 'refused' && answer.status === 401)) return 'unreachable';
  localStorage.removeItem(KEY);
  unmark();
  return 'settled';
}
