/** A loopback origin for pages that need no product server: an empty page, and seeds that are too big for a devtools message. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PageServer {
  readonly origin: string;
  /** Serves `bytes` at the path that it returns, once. */
  offer(bytes: Uint8Array): string;
  close(): void;
}

export async function openPageServer(): Promise<PageServer> {
  const seeds = new Map<string, Uint8Array>();
  let offered = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const seed = seeds.get(path);
    seeds.delete(path);
    if (seed !== undefined) response.setHeader('content-type', 'application/octet-stream').end(seed);
    else response.setHeader('content-type', 'text/html; charset=utf-8').end('<!doctype html><title>proof</title>');
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
