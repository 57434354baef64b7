import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The page of a browser; WebKit's by its vendor. */
async function openPage(vendor: string) {
  const page = new EventTarget();
  vi.stubGlobal('navigator', { vendor });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  const { asPromise, transact } = await import('./transact.ts');
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(`page of ${vendor}`);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore('rows', { autoIncrement: true }));
    request.addEventListener('success', () => resolve(request.result));
  });
  const add = (row: string) => transact(database, ['rows'], 'readwrite', (t) => void t.objectStore('rows').add(row));
  const rows = () =>
    transact(database, ['rows'], 'readonly', (t) => asPromise<unknown[]>(t.objectStore('rows').getAll()));
  return { page, add, rows };
}

test('[RP46] a page of WebKit that is left has no transaction under way; shown again, it does them once', async () => {
  const { page, add, rows } = await openPage('Apple Computer, Inc.');
  await add('before');
  const outcomes: string[] = [];
  const under = add('under way').then(() => outcomes.push('under way'));
  page.dispatchEvent(new Event('pagehide'));
  const late = add('late').then(() => outcomes.push('late'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(outcomes).toEqual([]);
  page.dispatchEvent(new Event('pageshow'));
  await Promise.all([under, late]);
  const kept = await rows();
  expect(kept).toHaveLength(3);
  expect(new Set(kept)).toEqual(new Set(['before', 'late', 'under way']));
});

test('[RP46] other browsers finish what was begun', async () => {
  const { page, add, rows } = await openPage('Google Inc.');
  const under = add('under way');
  page.dispatchEvent(new Event('pagehide'));
  await under;
  expect(await rows()).toEqual(['under way']);
});
