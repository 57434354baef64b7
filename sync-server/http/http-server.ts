/** The HTTP/1 server that the application answers on. */
import { getRequestListener } from '@hono/node-server';
import { createServer, type Server } from 'node:http';
import type { Application } from './application.ts';

/** A slow or silent client holds a connection only so long. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;

export function createHttpServer({ fetch, refuseUnreadable }: Application): Server {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false, errorHandler: refuseUnreadable });
  // What the listener doesn't catch itself is a bug, and ends the process like any other.
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  return server;
}

/** Resolves when the server accepts connections; rejects when the port is not to be had. */
export function listen(http: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}

/** Accepts nothing new; resolves when the last connection has ended. */
export const stopListening = (http: Server): Promise<void> => new Promise((resolve) => http.close(() => resolve()));
