/** Asks the browser to keep what lies here even when the disk gets short. */

const KEY = 'hausfunk.persistence-asked';

/**
 * Once per device, and when it is plain what for: after the person's first message here. Some browsers ask the person, so never at a
 * start.
 */
export async function askToKeepStorage(): Promise<void> {
  if (typeof navigator.storage?.persist !== 'function' || localStorage.getItem(KEY) !== null) return;
  localStorage.setItem(KEY, '');
  try {
    await navigator.storage.persist();
  } catch {
    // Refused is as good as not asked: everything works, and what goes is fetched again.
  }
}
