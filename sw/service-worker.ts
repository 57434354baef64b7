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

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/** Addresses that the server answers itself. */
const SERVER = [/^\/api\//, /^\/sync(?:\/|$)/, /^\/health$/, /^\/ready$/, /^\/metrics$/];

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

self.addEventListener('message', (event) => {
  const message: unknown = event.data;
  if (typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'take-over') {
    void self.skipWaiting();
  }
});
