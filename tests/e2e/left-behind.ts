/** What of a person is still in a browser, seen from a page of the same origin that runs nothing of the app. */
import type { BrowserContext, Page } from 'playwright';

export interface LeftBehind {
  readonly databases: readonly string[];
  /** Keys of localStorage; language and theme are of the device. */
  readonly keys: readonly string[];
  /** Cached addresses that are not part of the app itself. */
  readonly cached: readonly string[];
}

export const NOTHING: LeftBehind = { databases: [], keys: [], cached: [] };

/** A page of the same origin without the app and its worker: served as a plain file. */
export async function plainPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.route(`${url}/health`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>-</title>' }));
  await page.goto(`${url}/health`);
  return page;
}

export async function leftBehind(context: BrowserContext, url: string): Promise<LeftBehind> {
  const [before] = context.pages();
  const page = await plainPage(context, url);
  const left = await page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const ofTheDevice = ['hausfunk.language', 'hausfunk.theme', 'hausfunk.departure'];
    const keys = Object.keys(localStorage).filter((key) => !ofTheDevice.includes(key));
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      if (name.startsWith('workbox-')) continue;
      for (const request of await (await caches.open(name)).keys()) cached.push(request.url);
    }
    return { databases, keys, cached };
  });
  await page.close();
  // A page in the background draws once a second, and whoever presses something waits for it to be drawn.
  await before?.bringToFront();
  return left;
}
