import { afterEach, expect, test, vi } from 'vitest';
import { CHAT, CHAT_DOCUMENT, offlineDevices } from '../../../tests/support/offline-replica.ts';
import type { Account } from '../../model/log/writer.ts';
import { chatDocument, privateChatId } from '../../model/protocol/document-name.ts';
import { documentDatabaseName } from './device.ts';

const openDevice = offlineDevices();
afterEach(() => {
  vi.useRealTimers();
});

/** How often each database was opened. */
function countOpenings(): { readonly of: (name: string) => number; readonly stop: () => void } {
  const opened: string[] = [];
  const real = indexedDB.open;
  indexedDB.open = (name: string, version?: number) => {
    opened.push(name);
    return real.call(indexedDB, name, version);
  };
  return {
    of: (name) => opened.filter((one) => one === name).length,
    stop: () => {
      indexedDB.open = real;
    },
  };
}

test('[RP45] a chat that is opened again within moments is opened once, later anew', async () => {
  const replica = await openDevice('lingering');
  const name = documentDatabaseName('lingering', CHAT_DOCUMENT, 1);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const openings = countOpenings();
  try {
    (await replica.openChat(CHAT)).close();
    (await replica.openChat(CHAT)).close();
    expect(openings.of(name)).toBe(1);
    await vi.advanceTimersByTimeAsync(6_000);
    (await replica.openChat(CHAT)).close();
    expect(openings.of(name)).toBe(2);
  } finally {
    openings.stop();
  }
});

test('[RP45] of many chats only a few linger', async () => {
  const replica = await openDevice('many-lingering');
  const openings = countOpenings();
  const chatWith = (account: number) => privateChatId(5 as Account, account as Account);
  try {
    for (let account = 10; account < 30; account += 1) (await replica.openChat(chatWith(account))).close();
    (await replica.openChat(chatWith(29))).close();
    (await replica.openChat(chatWith(10))).close();
    expect(openings.of(documentDatabaseName('many-lingering', chatDocument(chatWith(29)), 1))).toBe(1);
    expect(openings.of(documentDatabaseName('many-lingering', chatDocument(chatWith(10)), 1))).toBe(2);
  } finally {
    openings.stop();
  }
});
