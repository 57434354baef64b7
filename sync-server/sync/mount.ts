/** WebSockets at /sync on the HTTP server: admission before the upgrade, crossws for the transport, a heartbeat of our own. */
import type { Hocuspocus } from '@hocuspocus/server';
import nodeAdapter from 'crossws/adapters/node';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { HttpRefusal } from '../http/refusal.ts';
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { Backlog } from './backlog.ts';
import { DeviceSocket, type Admission, type SocketContext } from './device-socket.ts';
import type { Sockets } from './sockets.ts';

/** The provider answers byte 9 with byte 10; neither belongs to a document. */
const PING = new Uint8Array([9]);
const PONG = 10;

const CLOSED_BY_RULE = 1008;

/**
 * Types of frames that a client of ours sends: sync, authentication, stateless, close. Awareness is off, and a megabyte of it would
 * still cost Hocuspocus a tenth of a second; all others are the server's own. Not even looked at.
 */
const FROM_CLIENT: ReadonlySet<number> = new Set([0, 2, 5, 7]);
const NOTHING = -1;

/** Of WebSocket.readyState. */
const OPEN = 1;
const CLOSED = 3;

export interface MountOptions {
  readonly server: Server;
  readonly hocuspocus: Hocuspocus<SocketContext>;
  readonly sockets: Sockets;
  readonly limits: ServerLimits;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Judges a request for /sync before the upgrade. */
  readonly admit: (request: IncomingMessage) => Promise<Admission | HttpRefusal>;
  /** A socket has closed. Must not throw. */
  readonly onClosed: (admission: Admission) => void;
}

export interface Mount {
  /** Refuses upgrades from now on. */
  stopAccepting(): void;
  /** Ends the heartbeat and what sockets are left. */
  close(): void;
}

export function mountSync(options: MountOptions): Mount {
  const { server, hocuspocus, sockets, limits, log, metrics } = options;
  const admissions = new WeakMap<Request, Admission>();
  const bySocketId = new Map<string, DeviceSocket>();
  let accepting = true;

  const adapter = nodeAdapter({
    // The heartbeat below is what a dead line is noticed by.
    idleTimeout: 0,
    serverOptions: { maxPayload: limits.frameBytes, perMessageDeflate: false },
    hooks: {
      upgrade: (request) => ({ context: { admission: admissions.get(request) } }),
      open(peer) {
        const admission = peer.context['admission'] as Admission | undefined;
        if (admission === undefined) return peer.terminate();
        const backlog = new Backlog(limits.sendBufferBytes);
        const wire = {
          send(bytes: Uint8Array) {
            const waiting = peer.send(bytes, { compress: false });
            if (typeof waiting === 'number' && backlog.isTooMuch(waiting, bytes.length)) peer.terminate();
          },
          close: (code: number, reason: string) => peer.close(code, reason),
          terminate: () => peer.terminate(),
        };
        const socket = new DeviceSocket(admission, wire);
        sockets.add(socket);
        bySocketId.set(peer.id, socket);
        const webSocket = {
          send: (data: string | ArrayBufferLike | Blob | ArrayBufferView) => {
            if (data instanceof Uint8Array) wire.send(data);
          },
          close: (code?: number, reason?: string) => peer.close(code, reason),
          // Asked twice for every frame to every reader; a frame for a socket that is just closing goes nowhere anyway.
          get readyState() {
            return socket.isClosed ? CLOSED : OPEN;
          },
        };
        socket.client = hocuspocus.handleConnection(webSocket, peer.request, { socket });
        log.debug('socket-opened', { account: admission.account, sockets: sockets.size });
      },
      message(peer, message) {
        const socket = bySocketId.get(peer.id);
        if (socket?.client === undefined) return;
        if (typeof message.rawData === 'string') return peer.close(CLOSED_BY_RULE, 'text');
        const bytes = message.uint8Array();
        socket.heard();
        if (bytes.length === 1 && bytes[0] === PONG) return;
        // Hocuspocus keeps the address for each connection and writes it before everything that it sends there.
        const addressBytes = bytes[0] ?? 0;
        if (addressBytes > limits.addressBytes) return peer.close(CLOSED_BY_RULE, 'address');
        if (!FROM_CLIENT.has(bytes[1 + addressBytes] ?? NOTHING)) return;
        socket.client.handleMessage(bytes);
      },
      close(peer, event) {
        const socket = bySocketId.get(peer.id);
        if (socket === undefined) return;
        bySocketId.delete(peer.id);
        socket.isClosed = true;
        sockets.remove(socket);
        options.onClosed(socket.admission);
        socket.client?.handleClose({ code: event.code ?? 1005, reason: event.reason ?? '' });
      },
      error(peer) {
        // Too large a frame or broken framing; ws closes the socket by itself.
        log.debug('socket-error', { account: bySocketId.get(peer.id)?.admission.account });
      },
    },
  });

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => stream.destroy());
    options
      .admit(request)
      .then(async (outcome) => {
        if (outcome instanceof HttpRefusal) {
          metrics.upgradesRefused.inc({ code: outcome.code });
          return refuse(stream, outcome);
        }
        if (!accepting) return stream.destroy();
        const webRequest = new Request('http://localhost/sync');
        admissions.set(webRequest, outcome);
        await adapter.handleUpgrade(request, stream, head, webRequest);
      })
      .catch((error: unknown) => {
        log.error('upgrade-failed', error);
        stream.destroy();
      });
  };
  server.on('upgrade', upgrade);

  const heartbeat = setInterval(() => {
    for (const socket of sockets.all()) if (!socket.heartbeat(PING, limits)) socket.terminate();
  }, limits.heartbeatMs);

  return {
    stopAccepting: () => {
      accepting = false;
    },
    close: () => {
      clearInterval(heartbeat);
      for (const socket of [...sockets.all()]) socket.terminate();
      server.off('upgrade', upgrade);
    },
  };
}

function refuse(stream: Duplex, refusal: HttpRefusal): void {
  const body = JSON.stringify({ code: refusal.code, message: refusal.message });
  stream.end(
    `HTTP/1.1 ${refusal.status} ${refusal.code}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `connection: close\r\n\r\n${body}`,
  );
}
