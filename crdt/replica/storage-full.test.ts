import { afterEach, expect, test, vi } from 'vitest';
import { CHAT, offlineDevices } from '../../tests/support/offline-replica.ts';

const realAdd = IDBObjectStore.prototype.add;
const realPut = IDBObjectStore.prototype.put;
const openDevice = offlineDevices();

/** The disk of the device: while it is full, every write fails as a browser's does, by the transaction that ends with the reason. */
function fillDisk(): () => void {
  const refuse = function (this: IDBObjectStore): never {
    throw new DOMException('the quota is used up', 'QuotaExceededError');
  };
  IDBObjectStore.prototype.add = refuse;
  IDBObjectStore.prototype.put = refuse;
  return () => {
    IDBObjectStore.prototype.add = realAdd;
    IDBObjectStore.prototype.put = realPut;
  };
}

afterEach(() => {
  vi.useRealTimers();
});

test('[RP34] on a full disk nothing is shown or counted, the caller is told, and it works again when there is room', async () => {
  const replica = await openDevice('full-disk');
  const chat = await replica.openChat(CHAT);
  await chat.append({ kind: 'message', text: 'before' });
  const freeDisk = fillDisk();
  try {
    expect(await chat.append({ kind: 'message', text: 'refused' })).toEqual({ kind: 'storage-full' });
    expect(replica.storage.get()).toEqual({ kind: 'full' });
    expect(chat.messages.get().map(({ text }) => text)).toEqual(['before']);
    expect(replica.waiting.get()).toBe(1);
  } finally {
    freeDisk();
  }
  expect(await chat.append({ kind: 'message', text: 'after' })).toMatchObject({ kind: 'waiting' });
  expect(replica.storage.get()).toEqual({ kind: 'ok' });
  expect(chat.messages.get().map(({ text }) => text)).toEqual(['before', 'after']);
  await replica.stop();
  const again = await openDevice('full-disk');
  expect((await again.openChat(CHAT)).messages.get().map(({ text }) => text)).toEqual(['before', 'after']);
});

test('[RP34] a chat that is opened on a full disk can be read, and written once there is room', async () => {
  const replica = await openDevice('opened-full');
  const freeDisk = fillDisk();
  const chat = await replica.openChat(CHAT);
  expect(await chat.append({ kind: 'message', text: 'refused' })).toEqual({ kind: 'storage-full' });
  freeDisk();
  expect(await chat.append({ kind: 'message', text: 'kept' })).toMatchObject({ kind: 'waiting' });
  await replica.stop();
  const again = await openDevice('opened-full');
  expect((await again.openChat(CHAT)).messages.get().map(({ text }) => text)).toEqual(['kept']);
});

test('[RP34] room is noticed without anybody writing', async () => {
  const replica = await openDevice('noticed');
  const chat = await replica.openChat(CHAT);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const freeDisk = fillDisk();
  await chat.append({ kind: 'message', text: 'refused' });
  freeDisk();
  expect(replica.storage.get()).toEqual({ kind: 'full' });
  const ok = new Promise<void>((resolve) => {
    replica.storage.subscribe(() => replica.storage.get().kind === 'ok' && resolve());
  });
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  await ok;
});
