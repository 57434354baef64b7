/**
 * The shell of the app, so that it starts without network from any of its addresses. Everything of the build is fetched at
 * installation; a new version waits until the app says "take over".
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { isPicture, pictureFor } from './picture-cache.ts';
import { Quiet } from './quiet.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/** Addresses that the server answers itself. */
const SERVER = [/^\/api\//, /^\/sync(?:\/|$)/, /^\/health$/, /^\/ready$/, /^\/metrics$/];

const quiet = new Quiet(() => performance.now());
// Before all who answer.
self.addEventListener('fetch', () => quiet.asked());

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(
  ({ url }) => isPicture(url, self.location.origin),
  ({ request }) => pictureFor(request, self.caches, (picture) => fetch(picture)),
);
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: SERVER }));

// The pages from which it is installed for the first time are its own from then on: what they see is kept, too. With an update each
// page has the version that it began with until it reloads.
let isFirst = false;
self.addEventListener('install', () => {
  isFirst = self.registration.active === null;
});
self.addEventListener('activate', (event) => {
  if (isFirst) event.waitUntil(self.clients.claim());
});

const kindOf = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'kind' in message ? message.kind : undefined;

self.addEventListener('message', (event) => {
  switch (kindOf(event.data)) {
    case 'take-over':
      void self.skipWaiting();
      break;
    case 'when-quiet': {
      const [asker] = event.ports;
      void quiet.come().then(() => asker?.postMessage({ kind: 'quiet' }));
      break;
    }
  }
});
