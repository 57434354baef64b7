/**
 * People's pictures, kept as they are seen so that they are there without network. A picture's address names its content, so what is
 * kept never ages. The page deletes the whole cache by this name when somebody signs out.
 */
import { PICTURES } from '../crdt/model/protocol/picture-address.ts';

export const PICTURE_CACHE = 'pictures';

/** 4 to 20 kB each: at most some 10 MB, and more people than anybody's lists show in a week. The longest kept go first. */
export const MOST_PICTURES = 500;

export const isPicture = (url: URL, origin: string): boolean =>
  url.origin === origin && url.pathname.startsWith(PICTURES);

/** The picture, from the cache or else from the server; only what the server gives as such is kept. Rejects without network. */
export async function pictureFor(
  request: Request,
  caches: Pick<CacheStorage, 'open'>,
  fetch: (request: Request) => Promise<Response>,
): Promise<Response> {
  // Opened before the request goes out: into a cache that was deleted meanwhile, nothing is put that anybody finds.
  const cache = await caches.open(PICTURE_CACHE);
  const kept = await cache.match(request.url);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (isServed(answer)) await keep(cache, request.url, answer.clone());
  return answer;
}

/** Not what a hotel's network says in the server's place: it would be kept for good. */
const isServed = (answer: Response): boolean =>
  answer.status === 200 && answer.headers.get('content-type') === 'image/jpeg';

async function keep(cache: Cache, url: string, answer: Response): Promise<void> {
  try {
    await cache.put(url, answer);
    const kept = await cache.keys();
    for (const oldest of kept.slice(0, Math.max(0, kept.length - MOST_PICTURES))) await cache.delete(oldest);
  } catch {
    // No room: it is shown all the same, and asked for again next time.
  }
}
