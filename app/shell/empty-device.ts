/** Deletes what lies on this device for a person: the databases, and what other parts of the page keep beside them. */
import { wipeCopy } from '../reactive/wipe-copy.ts';

/** What the device itself was set to, before anybody signed in. */
const OF_THE_DEVICE: ReadonlySet<string> = new Set(['hausfunk.theme', 'hausfunk.language', 'hausfunk.departure']);
/** Filled by the service worker with what the person has seen; names of its shell begin with `workbox`. */
const SHELL_CACHES = /^workbox-/;
/** Favourites are personal, too. */
const EMOJI_DATABASES = ['emoji-picker-element-de', 'emoji-picker-element-en'] as const;

const DELETION_MS = 5_000;

/** `partly`: some of it is still there, because another window holds it open; try again later. */
export async function emptyDevice(namespace: string): Promise<'emptied' | 'partly'> {
  forgetKeys(namespace);
  forgetTab();
  const outcomes = await Promise.all([
    wipeCopy(namespace).then(({ kind }) => kind === 'wiped'),
    ...EMOJI_DATABASES.map(deleteDatabase),
    deleteCaches(),
  ]);
  // What other tabs wrote until they stopped.
  forgetKeys(namespace);
  return outcomes.every(Boolean) ? 'emptied' : 'partly';
}

/** Takes away what this tab alone holds: forms that were not sent. */
export const forgetTab = (): void => sessionStorage.clear();

/** Takes away what stands in localStorage for the person. */
export function forgetKeys(namespace: string): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`${namespace}.`) || isOfThePerson(key)) localStorage.removeItem(key);
  }
}

const isOfThePerson = (key: string): boolean => key.startsWith('hausfunk.') && !OF_THE_DEVICE.has(key);

function deleteDatabase(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve(true));
    request.addEventListener('error', () => resolve(false));
    // As long as another window has it open.
    setTimeout(() => resolve(false), DELETION_MS);
  });
}

async function deleteCaches(): Promise<boolean> {
  // There are none without HTTPS.
  if (!('caches' in globalThis)) return true;
  const names = (await caches.keys()).filter((name) => !SHELL_CACHES.test(name));
  await Promise.all(names.map((name) => caches.delete(name)));
  return true;
}
