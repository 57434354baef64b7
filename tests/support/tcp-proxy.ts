/**
 * A bad line on loopback: a TCP proxy whose weather can be changed while it runs. It is below HTTP and WebSocket, so a client sees
 * what a real network shows: slow bytes, resets, refused connections, and silence that closes nothing.
 */
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

const LOOPBACK = '127.0.0.1';
/** Bytes that wait in a slow line before the sender is slowed down: a phone's send buffer. */
const LINE_BUFFER_BYTES = 1_048_576;

export type Weather =
  /** Each chunk arrives `latencyMs` later, plus up to `jitterMs`; never out of order. */
  | { readonly kind: 'open'; readonly latencyMs: number; readonly jitterMs: number }
  /** Connections are accepted and stay; nothing passes, closing included. What TCP holds is delivered when the weather clears. */
  | { readonly kind: 'black-hole' }
  /** Nobody listens; what is connected stays connected. */
  | { readonly kind: 'refused' };

export const CLEAR: Weather = { kind: 'open', latencyMs: 0, jitterMs: 0 };

export interface TcpProxy {
  readonly port: number;
  /** Payload bytes that have passed, and connections accepted, since the proxy was opened. */
  traffic(): { readonly upBytes: number; readonly downBytes: number; readonly connections: number };
  setWeather(weather: Weather): Promise<void>;
  /** Cuts every connection by RST, both ways. */
  reset(): void;
  close(): Promise<void>;
}

export interface TcpProxyOptions {
  readonly targetPort: number;
  /** 0 to 1, exclusive; draws the jitter. */
  readonly random: () => number;
}

/** One direction of one connection. */
interface Pipe {
  /** Looks at the weather again. */
  resume(): void;
}

/** Opens a proxy on a free loopback port. The caller closes it. */
export async function openTcpProxy({ targetPort, random }: TcpProxyOptions): Promise<TcpProxy> {
  let weather: Weather = CLEAR;
  const pipes = new Set<Pipe>();
  const sockets = new Set<Socket>();
  let upBytes = 0;
  let downBytes = 0;
  let connections = 0;

  function openPipe(from: Socket, to: Socket, count: (sizeBytes: number) => void): void {
    const queue: { readonly chunk: Buffer; readonly dueMs: number }[] = [];
    let queuedBytes = 0;
    let lastDueMs = 0;
    let ended = false;
    let timer: NodeJS.Timeout | undefined;

    const pipe: Pipe = {
      resume() {
        clearTimeout(timer);
        if (weather.kind === 'black-hole') return;
        for (;;) {
          const next = queue[0];
          if (next === undefined) break;
          const delayMs = next.dueMs - performance.now();
          if (delayMs > 0) {
            timer = setTimeout(pipe.resume, delayMs);
            return;
          }
          queue.shift();
          queuedBytes -= next.chunk.length;
          count(next.chunk.length);
          to.write(next.chunk);
        }
        if (queuedBytes < LINE_BUFFER_BYTES) from.resume();
        if (ended) {
          pipes.delete(pipe);
          to.end();
        }
      },
    };
    pipes.add(pipe);

    from.on('data', (chunk: Buffer) => {
      const delayMs = weather.kind === 'open' ? weather.latencyMs + random() * weather.jitterMs : 0;
      lastDueMs = Math.max(lastDueMs, performance.now() + delayMs);
      queue.push({ chunk, dueMs: lastDueMs });
      queuedBytes += chunk.length;
      if (queuedBytes >= LINE_BUFFER_BYTES) from.pause();
      pipe.resume();
    });
    from.on('close', () => {
      sockets.delete(from);
      ended = true;
      pipe.resume();
    });
  }

  function accept(client: Socket): void {
    connections += 1;
    const target = connect({ port: targetPort, host: LOOPBACK });
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // A reset on one side is passed on as a close by the pipe.
      socket.on('error', () => undefined);
    }
    openPipe(client, target, (sizeBytes) => (upBytes += sizeBytes));
    openPipe(target, client, (sizeBytes) => (downBytes += sizeBytes));
  }

  let server: Server | undefined;
  async function listen(port: number): Promise<number> {
    const opening = createServer({ allowHalfOpen: false }, accept);
    await new Promise<void>((resolve, reject) => {
      opening.once('error', reject);
      opening.listen(port, LOOPBACK, resolve);
    });
    server = opening;
    return (opening.address() as AddressInfo).port;
  }
  function stopListening(): void {
    server?.close();
    server = undefined;
  }

  const port = await listen(0);

  return {
    port,
    traffic: () => ({ upBytes, downBytes, connections }),
    async setWeather(next) {
      weather = next;
      if (next.kind === 'refused') stopListening();
      else if (server === undefined) await listen(port);
      for (const pipe of [...pipes]) pipe.resume();
    },
    reset() {
      for (const socket of [...sockets]) socket.resetAndDestroy();
    },
    async close() {
      weather = CLEAR;
      stopListening();
      for (const socket of [...sockets]) socket.destroy();
    },
  };
}
