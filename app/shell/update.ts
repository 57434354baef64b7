/** The service worker's registration, and new versions of the app: fetched in the background, offered, taken when the person wants. */
import { createSignal } from 'solid-js';
import { PICTURES } from '../../crdt/model/protocol/picture-address.ts';
import { whenIdle } from '../reactive/when-idle.ts';
import { reloadSafely } from './safe-reload.ts';

/** How often a page that stays open for days asks for a new version. */
const ASK_EVERY_MS = 60 * 60 * 1000;

/** The worker says that it is quiet within 2 s. */
const QUIET_WITHIN_MS = 2_500;
/** A new version is in charge after a second or two. */
const TAKING_MS = 10_000;

const [waiting, setWaiting] = createSignal<ServiceWorker>();
const [isTaking, setTaking] = createSignal(false);

export const updateReady = (): boolean => waiting() !== undefined;

/** The new version is about to take over. */
export { isTaking };

/** The new version takes over; every tab then writes its drafts down and reloads. */
export async function takeUpdate(): Promise<void> {
  const newest = waiting();
  if (newest !== undefined) await letIn(newest);
}

/** For a page that the server finds too old: takes the waiting version, or looks for one. */
export async function takeNewest(): Promise<void> {
  const registration = await registered();
  await registration?.update().catch(() => undefined);
  const newest = registration?.waiting ?? waiting();
  if (newest === undefined) await reloadSafely();
  else await letIn(newest);
}

const registered = async (): Promise<ServiceWorkerRegistration | undefined> =>
  navigator.serviceWorker?.getRegistration().catch(() => undefined);

async function letIn(newest: ServiceWorker): Promise<void> {
  setTaking(true);
  // Should it not come, one may try again.
  setTimeout(() => setTaking(false), TAKING_MS);
  await untilQuiet((await registered())?.active);
  newest.postMessage({ kind: 'take-over' });
}

/** A browser may keep the old worker while it is being asked, and the new one out; an old one that has no word for it is not waited for. */
function untilQuiet(old: ServiceWorker | null | undefined): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    setTimeout(resolve, QUIET_WITHIN_MS);
    old?.postMessage({ kind: 'when-quiet' }, [port2]);
  });
}

function watchRegistration(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    // Without a controller this is the first installation, not an update.
    if (navigator.serviceWorker.controller !== null) setWaiting(registration.waiting ?? undefined);
  };
  const follow = (): void => registration.installing?.addEventListener('statechange', look);
  look();
  // It may have been found before anybody listened.
  follow();
  registration.addEventListener('updatefound', follow);
  setInterval(() => void registration.update().catch(() => undefined), ASK_EVERY_MS);
}

/** Asks for the pictures of this visit once more, so that the worker keeps them. The browser has noted 250 requests of a page at most. */
function seeAgain(): void {
  const seen = new Set(performance.getEntriesByType('resource').map(({ name }) => name));
  for (const address of seen) {
    // One that can't be had now is kept when it is seen next.
    if (address.startsWith(location.origin + PICTURES)) void fetch(address).catch(() => undefined);
  }
}

export async function startServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  let isControlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker of all takes over pages that it belongs to; what they saw before, it has not.
    if (isControlled) void reloadSafely();
    else seeAgain();
    isControlled = true;
  });
  const register = async (): Promise<void> => {
    try {
      watchRegistration(await navigator.serviceWorker.register('/service-worker.js'));
    } catch {
      // Without it everything works but the cold start offline; the next visit tries again.
    }
  };
  // A page that a worker has brought needs it for news alone.
  if (isControlled) whenIdle(() => void register());
  else await register();
}

/** Tells the browser that this can be installed. It fetches what that takes, which need not be while the page starts. */
export function offerInstallation(): void {
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = '/manifest.webmanifest';
  document.head.append(link);
}
