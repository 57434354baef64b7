import { expect, test } from 'vitest';
import { CHAT, offlineDevices } from '../../tests/support/offline-replica.ts';
// Loading it would be a pause of its own.
import './sync/sync.ts';

const openDevice = offlineDevices();

/** Sockets that never open, and a promise of the first. */
function sockets() {
  let count = 0;
  let tell: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (tell = resolve));
  class Counted extends EventTarget {
    readyState = 0;
    constructor() {
      super();
      count += 1;
      tell();
    }
    close(): void {
      this.readyState = 3;
    }
  }
  return { WebSocket: Counted as unknown as typeof WebSocket, first, count: () => count };
}

test('[RP67] the network begins when what lies on the device is drawn, and what is written before waits', async () => {
  const { WebSocket, first, count } = sockets();
  let draw: () => void = () => undefined;
  const drawn = new Promise<void>((resolve) => (draw = resolve));
  const replica = await openDevice('drawn', { WebSocket, drawn });
  const chat = await replica.openChat(CHAT);
  expect((await chat.append({ kind: 'message', text: 'early' })).kind).toBe('waiting');
  expect(count()).toBe(0);
  expect(replica.connection.get()).toEqual({ kind: 'connecting' });
  draw();
  await first;
});

test('[RP67] a page that is never drawn is connected all the same, and one without drawing at once', async () => {
  const hidden = sockets();
  await openDevice('hidden', { WebSocket: hidden.WebSocket, drawn: new Promise(() => undefined) });
  const plain = sockets();
  await openDevice('plain', { WebSocket: plain.WebSocket });
  await plain.first;
  expect(hidden.count()).toBe(0);
  await hidden.first;
});

test('[RP67] a replica that is stopped before it was drawn never connects', async () => {
  const { WebSocket, count } = sockets();
  let draw: () => void = () => undefined;
  const replica = await openDevice('stopped', { WebSocket, drawn: new Promise<void>((resolve) => (draw = resolve)) });
  await replica.stop();
  draw();
  const other = sockets();
  await openDevice('another', { WebSocket: other.WebSocket });
  await other.first;
  expect(count()).toBe(0);
});
