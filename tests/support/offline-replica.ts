/**
 * Devices without network for tests of what the replica does by itself: databases in memory, a socket that never opens, requests that
 * reach nobody. A device that is opened again under its namespace finds what was durable.
 */
import 'fake-indexeddb/auto';
import { afterEach } from 'vitest';
import type { Account } from '../../crdt/model/log/writer.ts';
import { chatDocument, privateChatId, type CompanyId } from '../../crdt/model/protocol/document-name.ts';
import type { ChatView, Replica, ReplicaEnvironment, Watchable } from '../../crdt/replica/contract.ts';
import { openReplica } from '../../crdt/replica/replica.ts';
import { seededRandom } from './random.ts';

/** Whose devices they are, and a private chat with somebody else. */
export const ANNA = 5 as Account;
export const CHAT = privateChatId(ANNA, 6 as Account);
export const CHAT_DOCUMENT = chatDocument(CHAT);

/** A socket that never opens. */
class NoNetwork extends EventTarget {
  readyState = 0;
  close(): void {
    this.readyState = 3;
  }
}

/** Opens devices of Anna; all are stopped after each test. To be called once per test file. */
export function offlineDevices(): (namespace: string, change?: Partial<ReplicaEnvironment>) => Promise<Replica> {
  const open: Replica[] = [];
  const random = seededRandom(7);
  afterEach(async () => {
    for (const replica of open.splice(0)) await replica.stop();
  });
  return async (namespace, change) => {
    const replica = await openReplica({
      origin: 'http://127.0.0.1:1',
      account: ANNA,
      company: 1 as CompanyId,
      namespace,
      nowMs: () => Date.now(),
      random32: () => random.uint32(),
      fetch: () => Promise.reject(new TypeError('no network')),
      WebSocket: NoNetwork as unknown as typeof WebSocket,
      ...change,
    });
    open.push(replica);
    return replica;
  };
}

export const texts = (view: ChatView): string[] => view.messages.get().map(({ text }) => text);

/** Texts of the conversation and of what was taken out of it, in no order. */
export const written = (view: ChatView): string[] =>
  [...texts(view), ...view.failed.get().map(({ action }) => ('text' in action ? action.text : ''))].toSorted();

/** Resolves with the value as soon as the condition holds for it. */
export function holds<T>(watchable: Watchable<T>, condition: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const check = (): void => {
      const value = watchable.get();
      if (!condition(value)) return;
      dispose();
      resolve(value);
    };
    const dispose = watchable.subscribe(check);
    check();
  });
}
