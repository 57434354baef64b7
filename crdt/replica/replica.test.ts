import { expect, test } from 'vitest';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { ANNA, CHAT, holds, offlineDevices, texts } from '../../tests/support/offline-replica.ts';
import { writersOf, readLog } from '../model/log/read-log.ts';
import { entryId } from '../model/log/entry-id.ts';
import { draftKey } from '../model/me/me-entries.ts';
import { chatDocument } from '../model/protocol/document-name.ts';

const openDevice = offlineDevices();

let names = 0;
const freshNamespace = (): string => `test-${(names += 1)}`;

test('[RP1] an appended message is there after a restart, in order, and still waiting', async () => {
  const namespace = freshNamespace();
  const first = await openDevice(namespace);
  const chat = await first.openChat(CHAT);
  await chat.append({ kind: 'message', text: 'one' });
  await chat.append({ kind: 'message', text: 'two' });
  expect(texts(chat)).toEqual(['one', 'two']);
  expect(first.waiting.get()).toBe(2);
  await first.stop();

  const second = await openDevice(namespace);
  expect(second.waiting.get()).toBe(2);
  expect(texts(await second.openChat(CHAT))).toEqual(['one', 'two']);
});

test('[FA16] the latest setting wins, whatever the clock was that stamped the one before', async () => {
  const namespace = freshNamespace();
  const wrong = await openDevice(namespace, { nowMs: () => Date.now() + 365 * 24 * 3_600_000 });
  await wrong.setMine(draftKey(CHAT), 'by a clock that is a year ahead');
  await wrong.stop();
  const right = await openDevice(namespace);
  await right.setMine(draftKey(CHAT), 'now');
  await right.setMine(draftKey(CHAT), 'and later');
  expect(right.me.facts.get().get(draftKey(CHAT))).toBe('and later');
});

test('[RP1] what is answered as waiting lies in the database, for y-indexeddb too, even when nothing is closed', async () => {
  const namespace = freshNamespace();
  const replica = await openDevice(namespace);
  const chat = await replica.openChat(CHAT);
  const outcome = await chat.append({ kind: 'message', text: 'kept' });
  const doc = new Y.Doc();
  const persistence = new IndexeddbPersistence(`${namespace}/doc/${chatDocument(CHAT)}#1`, doc);
  await persistence.whenSynced;
  const entries = writersOf(doc).flatMap((writer) => [...readLog(doc, writer)]);
  await persistence.destroy();
  expect(entries.map(({ writer, clock }) => entryId(writer, clock))).toEqual([
    outcome.kind === 'waiting' && outcome.id,
  ]);
});

test('[RP2] many appends at once keep their order and share transactions', async () => {
  const replica = await openDevice(freshNamespace());
  const chat = await replica.openChat(CHAT);
  const expected = Array.from({ length: 250 }, (_, index) => `message ${index}`);
  const outcomes = await Promise.all(expected.map((text) => chat.append({ kind: 'message', text })));
  expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(new Set(['waiting']));
  expect(texts(chat)).toEqual(expected);
});

test('[RP3] two tabs show the same without network, and count the same as waiting', async () => {
  const namespace = freshNamespace();
  const [one, other] = [await openDevice(namespace), await openDevice(namespace)];
  const [chatInOne, chatInOther] = [await one.openChat(CHAT), await other.openChat(CHAT)];
  await chatInOne.append({ kind: 'message', text: 'from one' });
  await holds(chatInOther.messages, (messages) => messages.length === 1);
  await chatInOther.append({ kind: 'message', text: 'from other' });
  await holds(chatInOne.messages, (messages) => messages.length === 2);
  // Neither has ever known the server's time, so the order is only the same for both.
  expect(texts(chatInOne)).toEqual(texts(chatInOther));
  expect(texts(chatInOne).toSorted()).toEqual(['from one', 'from other']);
  expect([one.waiting.get(), other.waiting.get()]).toEqual([2, 2]);
});

test('[RP3] a tab that does not have the chat open counts what another tab wrote into it', async () => {
  const namespace = freshNamespace();
  const [one, other] = [await openDevice(namespace), await openDevice(namespace)];
  const chat = await one.openChat(CHAT);
  await chat.append({ kind: 'message', text: 'hello' });
  await holds(other.waiting, (count) => count === 1);
  expect(texts(await other.openChat(CHAT))).toEqual(['hello']);
});

test('[RP4] a draft is there after a restart and in another tab', async () => {
  const namespace = freshNamespace();
  const [one, other] = [await openDevice(namespace), await openDevice(namespace)];
  await one.setMine(draftKey(CHAT), 'half a sen');
  await holds(other.me.facts, (facts) => facts.get(draftKey(CHAT)) === 'half a sen');
  await one.stop();
  await other.stop();
  const again = await openDevice(namespace);
  expect(again.me.facts.get().get(draftKey(CHAT))).toBe('half a sen');
});

test('[RP5] an entry against the rules is refused on the device and nothing is kept', async () => {
  const replica = await openDevice(freshNamespace());
  const chat = await replica.openChat(CHAT);
  expect(await chat.append({ kind: 'message', text: '  ' })).toEqual({ kind: 'refused', detail: 'text' });
  expect(await chat.append({ kind: 'message', text: 'x'.repeat(8_001) })).toEqual({ kind: 'refused', detail: 'text' });
  expect(await replica.setMine('unknown/key', 1)).toMatchObject({ kind: 'refused' });
  expect(replica.waiting.get()).toBe(0);
});

test('[RP6] edits, reactions and retractions of own messages show without network', async () => {
  const replica = await openDevice(freshNamespace());
  const chat = await replica.openChat(CHAT);
  const kept = await chat.append({ kind: 'message', text: 'teh' });
  const gone = await chat.append({ kind: 'message', text: 'never mind' });
  if (kept.kind !== 'waiting' || gone.kind !== 'waiting') throw new Error('not kept');
  await chat.append({ kind: 'edit', target: kept.id, text: 'the' });
  await chat.append({ kind: 'reaction', target: kept.id, emoji: '👍' });
  await chat.append({ kind: 'retraction', target: gone.id });
  expect(chat.messages.get()).toMatchObject([
    { text: 'the', edited: true, reactions: [{ emoji: '👍', accounts: [ANNA] }] },
  ]);
});

test('[RP68] of each message it is told once that it waits, however often it was changed, in every tab and after a restart', async () => {
  const namespace = freshNamespace();
  const [replica, other] = [await openDevice(namespace), await openDevice(namespace)];
  const chat = await replica.openChat(CHAT);
  const one = await chat.append({ kind: 'message', text: 'teh' });
  const two = await chat.append({ kind: 'message', text: 'never mind' });
  if (one.kind !== 'waiting' || two.kind !== 'waiting') throw new Error('not kept');
  await chat.append({ kind: 'edit', target: one.id, text: 'the' });
  await chat.append({ kind: 'edit', target: one.id, text: 'then' });
  await chat.append({ kind: 'retraction', target: two.id });
  expect(replica.waiting.get()).toBe(2);
  expect(replica.waitingByChat.get().get(CHAT)).toBe(2);
  await holds(other.waiting, (waiting) => waiting === 2);
  for (const tab of [replica, other]) await tab.stop();
  expect((await openDevice(namespace)).waiting.get()).toBe(2);
});
