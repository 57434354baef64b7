import { openDB } from 'idb';
import { expect, test, vi, afterEach } from 'vitest';
import { writer } from '../../../tests/support/chat-builder.ts';
import { ANNA, CHAT, CHAT_DOCUMENT, holds } from '../../../tests/support/offline-replica.ts';
import { searchers, textsFound } from '../../../tests/support/open-searcher.ts';
import { edit, retract, say, T0 } from '../../../tests/support/page-talk.ts';
import { storedDevices } from '../../../tests/support/stored-chats.ts';
import type { Place } from '../../model/log/entry-id.ts';
import { HEAD } from '../../model/log/entry-kind.ts';
import { stampAt } from '../../model/log/stamp.ts';
import type { Account } from '../../model/log/writer.ts';
import { privateChatId } from '../../model/protocol/document-name.ts';
import { searchDatabaseName } from '../documents/device.ts';

const openSearcher = searchers();
const stored = storedDevices();
const OTHER = privateChatId(ANNA, 7 as Account);

afterEach(() => {
  vi.useRealTimers();
});

/** Of which pages search has kept something. */
async function keptDocuments(namespace: string): Promise<readonly IDBValidKey[]> {
  const database = await openDB(searchDatabaseName(namespace));
  const keys = await database.getAllKeys('pages');
  database.close();
  return keys;
}

test('[SE23] what comes is found by its newest text: late ones, edits, and what the server erases', async () => {
  const chats = await stored('follows');
  await chats.list(CHAT, 2);
  const page = chats.page(CHAT);
  const [one, two] = [say(page, 'blauer Wagen'), say(page, 'roter Wagen')];
  await chats.store(CHAT);
  await chats.store(CHAT, 2);
  const { searcher } = openSearcher('follows');
  await searcher.settled();
  edit(page, one, 'grüner Wagen');
  retract(page, two);
  say(page, 'später Wagen', T0 - 86_400_000);
  await chats.store(CHAT);
  await expect.poll(() => textsFound(searcher, 'wagen')).toEqual(['grüner Wagen', 'später Wagen']);
  expect(await textsFound(searcher, 'blauer')).toEqual([]);
});

test('[SE23] a document that goes on in its next database is read there', async () => {
  const chats = await stored('generations');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'bleibt stehen');
  const kept = [...chats.page(CHAT).updates];
  say(chats.page(CHAT), 'bleibt nicht');
  await chats.store(CHAT);
  const { searcher } = openSearcher('generations');
  await searcher.settled();
  expect(await textsFound(searcher, 'bleibt')).toHaveLength(2);
  await chats.nextGeneration(CHAT_DOCUMENT, kept);
  await expect.poll(() => textsFound(searcher, 'bleibt')).toEqual(['bleibt stehen']);
});

test('[SE23] changes of a moment are read once', async () => {
  const chats = await stored('bursts');
  await chats.list(CHAT);
  await chats.store(CHAT);
  const { searcher, heard } = openSearcher('bursts');
  await searcher.settled();
  let readings = 0;
  const before = performance.now();
  searcher.state.subscribe(() => (readings += 1));
  for (let index = 0; index < 20; index += 1) {
    say(chats.page(CHAT), `Nummer ${index}`);
    await chats.store(CHAT);
  }
  await heard(20);
  await holds(searcher.state, ({ messages }) => messages === 20);
  // On a busy machine the telling itself may take longer than a moment.
  expect(readings).toBeLessThanOrEqual(2 + (performance.now() - before) / 300);
});

test('[SE24] what a tab has told before a search is never answered as it was', async () => {
  const chats = await stored('at-once');
  await chats.list(CHAT);
  const page = chats.page(CHAT);
  const [one, two] = [say(page, 'geheim eins'), say(page, 'geheim zwei')];
  say(page, 'geheim drei');
  await chats.store(CHAT);
  const { searcher, heard } = openSearcher('at-once');
  await searcher.settled();
  retract(page, one);
  edit(page, two, 'nichts weiter');
  await chats.store(CHAT);
  await heard(5);
  // Asked at once, long before the pause for more is over.
  expect(await textsFound(searcher, 'geheim')).toEqual(['geheim drei']);
});

test('[SE24] of more changed pages than one search waits for, nothing is answered until they are read', async () => {
  const chats = await stored('many-changed');
  const others = Array.from({ length: 12 }, (_, index) => privateChatId(ANNA, (20 + index) as Account));
  const places: Place[] = [];
  for (const chat of others) {
    await chats.list(chat);
    places.push(say(chats.page(chat), 'zwölfmal'));
    await chats.store(chat);
  }
  const { searcher, heard } = openSearcher('many-changed');
  await searcher.settled();
  for (const [index, place] of places.entries()) {
    const chat = others[index] ?? CHAT;
    say(chats.page(chat), 'zwölfmal mehr');
    retract(chats.page(chat), place);
    await chats.store(chat);
  }
  await heard(12 * 5);
  const at = await textsFound(searcher, 'zwölfmal');
  expect(at).not.toContain('zwölfmal');
  expect(at.length).toBeGreaterThanOrEqual(8);
  await expect.poll(() => textsFound(searcher, 'zwölfmal')).toHaveLength(12);
});

test('[SE25] a chat that the inbox does not list any more gives nothing, at once, and nothing of it is kept', async () => {
  const chats = await stored('removed');
  await chats.list(CHAT);
  await chats.list(OTHER);
  say(chats.page(CHAT), 'gemeinsam');
  say(chats.page(OTHER), 'gemeinsam, anderswo');
  await chats.store(CHAT);
  await chats.store(OTHER);
  const { searcher, heard, stop } = openSearcher('removed');
  await searcher.settled();
  expect(await keptDocuments('removed')).toContain(CHAT_DOCUMENT);
  await chats.list(CHAT, 0);
  await heard(1);
  expect(await textsFound(searcher, 'gemeinsam')).toEqual(['gemeinsam, anderswo']);
  await stop();
  expect(await keptDocuments('removed')).not.toContain(CHAT_DOCUMENT);
  const later = openSearcher('removed');
  await later.searcher.settled();
  expect(await textsFound(later.searcher, 'gemeinsam')).toEqual(['gemeinsam, anderswo']);
  await chats.list(CHAT);
  await expect.poll(() => textsFound(later.searcher, 'gemeinsam')).toHaveLength(2);
});

test('[SE25] a private chat of one’s own counts before the inbox lists it only as long as nothing of it has reached the server', async () => {
  const chats = await stored('begun-here');
  const mine = writer(ANNA, 3);
  await chats.list(OTHER);
  chats.page(CHAT).append(mine, [HEAD.message, stampAt(T0), 'ohne Netz begonnen']);
  await chats.store(CHAT, 1, false);
  const foreign = privateChatId(8 as Account, 9 as Account);
  chats.page(foreign).append(writer(8, 1), [HEAD.message, stampAt(T0), 'ohne uns begonnen']);
  await chats.store(foreign, 1, false);
  const { searcher } = openSearcher('begun-here');
  await searcher.settled();
  expect(await textsFound(searcher, 'begonnen', { kind: 'word-start' })).toEqual(['ohne Netz begonnen']);
  chats.page(CHAT).arrive(mine, T0);
  await chats.store(CHAT);
  await expect.poll(() => textsFound(searcher, 'begonnen')).toEqual([]);
  await chats.list(CHAT);
  await expect.poll(() => textsFound(searcher, 'begonnen')).toEqual(['ohne Netz begonnen']);
});

test('[SE30] what no tab has told is found within half a minute', async () => {
  const chats = await stored('untold');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'gesagt');
  await chats.store(CHAT);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const { searcher } = openSearcher('untold', () => Date.now());
  await searcher.settled();
  say(chats.page(CHAT), 'verschwiegen');
  await chats.storeUntold(CHAT);
  expect(await textsFound(searcher, 'verschwiegen')).toEqual([]);
  await vi.advanceTimersByTimeAsync(30_000);
  await holds(searcher.state, ({ messages }) => messages === 2);
  expect(await textsFound(searcher, 'verschwiegen')).toEqual(['verschwiegen']);
});

test('[SE27 SE30] a look at the records that finds nothing new tells nothing', async () => {
  const chats = await stored('nothing-new');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'immer dasselbe');
  await chats.store(CHAT);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const { searcher } = openSearcher('nothing-new', () => Date.now());
  await searcher.settled();
  const before = searcher.state.get();
  let looks = 0;
  const readDocuments = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given) {
    if (this.name.endsWith('/meta')) looks += 1;
    return readDocuments.apply(this, given);
  };
  try {
    await vi.advanceTimersByTimeAsync(30_000);
    await searcher.settled();
  } finally {
    IDBDatabase.prototype.transaction = readDocuments;
  }
  expect(looks).toBe(1);
  expect(searcher.state.get()).toBe(before);
});
