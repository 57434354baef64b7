/** A loopback origin for pages that need no product server: a page with a script or none, and seeds that are too big for devtools. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PageServer {
  readonly origin: string;
  /** Serves `bytes` at the path that it returns, once. */
  offer(bytes: Uint8Array): string;
  close(): void;
}

const SCRIPT = '/page.js';

/** With a script: every page runs it, and the browser keeps it like any other. */
export async function openPageServer(script?: string): Promise<PageServer> {
  const tag = script === undefined ? '' : `<script src="${SCRIPT}" defer></script>`;
  const seeds = new Map<string, Uint8Array>();
  let offered = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const seed = seeds.get(path);
    seeds.delete(path);
    if (path === SCRIPT && script !== undefined) {
      const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=3600, immutable' };
      response.writeHead(200, headers).end(script);
    } else if (seed !== undefined) response.setHeader('content-type', 'application/octet-stream').end(seed);
    else
      response.setHeader('content-type', 'text/html; charset=utf-8').end(`<!doctype html><title>proof</title>${tag}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    offer(bytes) {
      offered += 1;
      seeds.set(`/seed/${offered}`, bytes);
      return `/seed/${offered}`;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
