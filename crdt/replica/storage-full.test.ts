import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import type { Account } from '../model/log/writer.ts';
import { privateChatId, type CompanyId } from '../model/protocol/document-name.ts';
import type { Replica } from './contract.ts';
import { openReplica } from './replica.ts';

const CHAT = privateChatId(5 as Account, 6 as Account);
const realAdd = IDBObjectStore.prototype.add;
const realPut = IDBObjectStore.prototype.put;
const open: Replica[] = [];

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

async function openDevice(namespace: string): Promise<Replica> {
  let seed = namespace.length;
  const replica = await openReplica({
    origin: 'http://127.0.0.1:1',
    account: 5 as Account,
    company: 1 as CompanyId,
    namespace,
    nowMs: () => Date.now(),
    random32: () => (seed = (seed * 1_664_525 + 1_013_904_223) >>> 0),
    fetch: () => Promise.reject(new TypeError('no network')),
    WebSocket: class extends EventTarget {
      readyState = 0;
      close(): void {
        this.readyState = 3;
      }
    } as unknown as typeof WebSocket,
  });
  open.push(replica);
  return replica;
}

afterEach(async () => {
  for (const replica of open.splice(0)) await replica.stop();
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
