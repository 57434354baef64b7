import { beforeEach, expect, test } from 'vitest';
import { isPicture, MOST_PICTURES, PICTURE_CACHE, pictureFor } from './picture-cache.ts';

const ORIGIN = 'https://house.example';
const addressOf = (name: string): string => `${ORIGIN}/api/pictures/${name}`;

/** What of the browser's Cache is used, by its contract: keys in the order of putting, bodies that can be read once. */
class MemoryCache {
  readonly kept = new Map<string, { readonly bytes: ArrayBuffer; readonly status: number }>();
  isFull = false;

  async match(url: string): Promise<Response | undefined> {
    const found = this.kept.get(url);
    return found && new Response(found.bytes, { status: found.status });
  }
  async put(url: string, answer: Response): Promise<void> {
    const bytes = await answer.arrayBuffer();
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.kept.delete(url);
    this.kept.set(url, { bytes, status: answer.status });
  }
  async keys(): Promise<Request[]> {
    return [...this.kept.keys()].map((url) => new Request(url));
  }
  async delete(request: Request): Promise<boolean> {
    return this.kept.delete(request.url);
  }
}

const jpeg = (): Response => new Response('picture', { headers: { 'content-type': 'image/jpeg' } });

let cache: MemoryCache;
let opened: string[];
let asked: string[];
let answer: () => Response;

beforeEach(() => {
  cache = new MemoryCache();
  opened = [];
  asked = [];
  answer = jpeg;
});

function picture(name: string): Promise<Response> {
  const open = async (cacheName: string): Promise<Cache> => {
    opened.push(cacheName);
    // The members above are all that is asked for.
    return cache as unknown as Cache;
  };
  return pictureFor(new Request(addressOf(name)), { open }, async (request) => {
    asked.push(request.url);
    return answer();
  });
}

test('[P1] a picture is asked for once, and is there without network afterwards', async () => {
  expect(await (await picture('anna')).text()).toBe('picture');
  answer = () => {
    throw new TypeError('no network');
  };
  expect(await (await picture('anna')).text()).toBe('picture');
  expect(asked).toEqual([addressOf('anna')]);
  expect(new Set(opened)).toEqual(new Set([PICTURE_CACHE]));
  await expect(picture('ben')).rejects.toThrow('no network');
});

test.each([401, 404, 429, 500, 206])('[P1] an answer with status %i is passed on and not kept', async (status) => {
  answer = () => new Response('{}', { status });
  expect((await picture('anna')).status).toBe(status);
  expect(cache.kept.size).toBe(0);
  answer = jpeg;
  expect((await picture('anna')).status).toBe(200);
});

test('[P1] what something on the way says in the server’s place is passed on and not kept', async () => {
  answer = () => new Response('<title>Welcome to the station</title>', { headers: { 'content-type': 'text/html' } });
  await picture('anna');
  answer = jpeg;
  expect(await (await picture('anna')).text()).toBe('picture');
});

test('[P1] so many pictures are kept and no more, the longest kept go first', async () => {
  for (let number = 0; number <= MOST_PICTURES + 1; number += 1) await picture(`number-${number}`);
  expect(cache.kept.size).toBe(MOST_PICTURES);
  expect(cache.kept.has(addressOf('number-1'))).toBe(false);
  expect(cache.kept.has(addressOf('number-2'))).toBe(true);
});

test('[A7] on a full disk a picture is shown all the same', async () => {
  cache.isFull = true;
  expect(await (await picture('anna')).text()).toBe('picture');
});

test('[P1] only pictures of the own installation are kept', () => {
  expect(isPicture(new URL(addressOf('anna')), ORIGIN)).toBe(true);
  expect(isPicture(new URL(`${ORIGIN}/api/session`), ORIGIN)).toBe(false);
  expect(isPicture(new URL('https://elsewhere.example/api/pictures/anna'), ORIGIN)).toBe(false);
});
