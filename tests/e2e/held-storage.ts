/** A device that takes its time to store: a busy disk, another program. */
import type { BrowserContext } from 'playwright';
import { plainPage } from './left-behind.ts';

/** From now on nothing can be written into the private chats that are on the device, until the returned function is called. */
export async function holdStorage(context: BrowserContext, url: string): Promise<() => Promise<void>> {
  const page = await plainPage(context, url);
  const held = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.includes('/doc/chat/p-') ? [name] : []));
    for (const name of names) {
      await new Promise((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('error', reject);
        opening.addEventListener('success', () => {
          const rows = opening.result.transaction('updates', 'readwrite').objectStore('updates');
          // A transaction lasts as long as something is asked of it.
          const ask = (): void => {
            const asked = rows.count();
            asked.addEventListener('success', ask);
            asked.addEventListener('success', resolve);
          };
          ask();
        });
      });
    }
    return names.length;
  });
  if (held === 0) throw new Error('no private chat is on this device yet');
  return () => page.close();
}
