import { saveEverything } from './unsaved.ts';

/** Reloads the page after everything typed is written down. */
export async function reloadSafely(): Promise<void> {
  await saveEverything();
  location.reload();
}
