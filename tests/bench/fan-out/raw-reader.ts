/**
 * A reader that costs the bench next to nothing, so that the server is what is measured: a bare TCP connection that speaks just
 * enough WebSocket to open the document, and then only looks for a text in the bytes that stream by.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Wire } from './wire.ts';

/** Masked with zeros, a client frame carries its payload as it is. Opening frames and signs of life are short. */
function clientFrame(payload: Uint8Array): Buffer {
  if (payload.length >= 126) throw new RangeError('a short frame has at most 125 bytes');
  return Buffer.concat([Buffer.from([0x82, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

const SIGN_OF_LIFE = clientFrame(Uint8Array.of(10));
const SIGN_OF_LIFE_MS = 8_000;

export interface RawReader {
  /** Resolves when `text` has come by since the call. One text at a time. */
  saw(text: string): Promise<void>;
  close(): void;
}

export interface Address {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export async function openRawReader({ port, path, headers }: Address, wire: Wire, beats: boolean): Promise<RawReader> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.setNoDelay(true);
  await once(socket, 'connect');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16, 7).toString('base64')}\r\n${lines.join('')}\r\n`,
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (!answer.subarray(0, 12).toString().endsWith('101')) throw new Error(answer.toString().slice(0, 200));
  for (const bytes of wire.opening) socket.write(clientFrame(bytes));

  let wanted: { readonly bytes: Buffer; resolve(): void; reject(error: Error): void } | undefined;
  let tail = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    if (wanted === undefined) return;
    // The text may lie across two chunks.
    const seam = Buffer.concat([tail, chunk.subarray(0, wanted.bytes.length)]);
    if (chunk.includes(wanted.bytes) || seam.includes(wanted.bytes)) {
      wanted.resolve();
      wanted = undefined;
      return;
    }
    tail = Buffer.concat([tail, chunk]).subarray(-wanted.bytes.length);
  });
  const lost = (): void => wanted?.reject(new Error('a reader lost its connection'));
  socket.on('error', lost);
  socket.on('close', lost);
  const life = beats ? setInterval(() => socket.write(SIGN_OF_LIFE), SIGN_OF_LIFE_MS) : undefined;

  return {
    saw: (text) =>
      new Promise((resolve, reject) => {
        tail = Buffer.alloc(0);
        wanted = { bytes: Buffer.from(text), resolve, reject };
      }),
    close() {
      wanted = undefined;
      clearInterval(life);
      socket.destroy();
    },
  };
}
