import { openDB } from 'idb';
import { expect, test, vi, afterEach } from 'vitest';
import { changeRows, truncated } from '../../../tests/support/damage.ts';
import { ANNA, CHAT, CHAT_DOCUMENT, holds, offlineDevices } from '../../../tests/support/offline-replica.ts';
import { phraseOf, searchers, textsFound } from '../../../tests/support/open-searcher.ts';
import { edit, say } from '../../../tests/support/page-talk.ts';
import { storedDevices } from '../../../tests/support/stored-chats.ts';
import type { Account } from '../../model/log/writer.ts';
import { chatDocument, privateChatId } from '../../model/protocol/document-name.ts';
import { aliveLock, searchDatabaseName } from '../documents/device.ts';
import { existingDatabases } from '../storage/existing-databases.ts';
import { isFree } from '../tabs/election.ts';
import { wipeDevice } from '../wipe.ts';

const openDevice = offlineDevices();
const openSearcher = searchers();
const stored = storedDevices();
const OTHER = privateChatId(ANNA, 7 as Account);

afterEach(() => {
  vi.useRealTimers();
});

/** What search has kept of its pages. */
async function keptRecords(namespace: string): Promise<ReadonlyMap<unknown, Record<string, unknown>>> {
  const database = await openDB(searchDatabaseName(namespace));
  const [keys, values] = [await database.getAllKeys('pages'), await database.getAll('pages')];
  database.close();
  return new Map(keys.map((key, index) => [key, values[index] as Record<string, unknown>]));
}

async function changeKept(namespace: string, document: string, change: object): Promise<void> {
  const database = await openDB(searchDatabaseName(namespace));
  const record = (await database.get('pages', document)) as object;
  await database.put('pages', { ...record, ...change }, document);
  database.close();
}

/** The rows of databases with such names can't be read, until what is returned is called. */
function failReading(isAway: (database: string) => boolean): () => void {
  const realGetAll = IDBObjectStore.prototype.getAll;
  IDBObjectStore.prototype.getAll = function (this: IDBObjectStore, ...given: []) {
    if (this.name === 'updates' && isAway(this.transaction.db.name)) {
      throw new DOMException('the disk is away', 'UnknownError');
    }
    return realGetAll.apply(this, given);
  };
  return () => (IDBObjectStore.prototype.getAll = realGetAll);
}

test('[SE21] a start reads only what is not kept or stands elsewhere', async () => {
  const chats = await stored('kept');
  for (const chat of [CHAT, OTHER]) {
    await chats.list(chat);
    say(chats.page(chat), `Anfang ${chat}`);
    await chats.store(chat);
  }
  const first = openSearcher('kept');
  await first.searcher.settled();
  await first.stop();
  // What nobody has changed is not read again: these rows are gone.
  await changeRows('kept', chatDocument(OTHER), () => undefined);
  say(chats.page(CHAT), 'Anfang vom Ende');
  await chats.store(CHAT);
  const { searcher } = openSearcher('kept');
  await searcher.settled();
  expect(new Set(await textsFound(searcher, 'anfang'))).toEqual(
    new Set(['Anfang vom Ende', `Anfang ${CHAT}`, `Anfang ${OTHER}`]),
  );
});

test('[SE21] own entries that were written while nothing searched are found after a start', async () => {
  const replica = await openDevice('marked');
  const view = await replica.openChat(CHAT);
  await view.append({ kind: 'message', text: 'erste Zeile' });
  const first = openSearcher('marked');
  await first.searcher.settled();
  await first.stop();
  await view.append({ kind: 'message', text: 'zweite Zeile' });
  const { searcher } = openSearcher('marked');
  await searcher.settled();
  expect(await textsFound(searcher, 'zweite')).toEqual(['zweite Zeile']);
});

test.each([
  ['another format', { format: 0 }],
  ['columns of different lengths', { columns: { writers: new Float64Array(3) } }],
  ['no columns', { columns: 7 }],
  ['a number that is none', { number: 'one' }],
])('[SE22] what is kept and not understood counts as absent: %s', async (_name, change) => {
  const namespace = `not-understood ${_name}`;
  const chats = await stored(namespace);
  await chats.list(CHAT);
  say(chats.page(CHAT), 'steht im Dokument');
  await chats.store(CHAT);
  const first = openSearcher(namespace);
  await first.searcher.settled();
  await first.stop();
  await changeKept(namespace, CHAT_DOCUMENT, change);
  const { searcher } = openSearcher(namespace);
  await searcher.settled();
  expect(await textsFound(searcher, 'steht')).toEqual(['steht im Dokument']);
  expect((await keptRecords(namespace)).get(CHAT_DOCUMENT)).toMatchObject({ format: 1, number: 1 });
});

test('[SE22] a database of a later version is made anew, and one that is deleted meanwhile is missed by nobody', async () => {
  const namespace = 'later-version';
  const chats = await stored(namespace);
  await chats.list(CHAT);
  say(chats.page(CHAT), 'steht im Dokument');
  await chats.store(CHAT);
  (await openDB(searchDatabaseName(namespace), 99)).close();
  const { searcher } = openSearcher(namespace);
  await searcher.settled();
  expect((await keptRecords(namespace)).size).toBe(1);
  const deletion = indexedDB.deleteDatabase(searchDatabaseName(namespace));
  await new Promise((resolve) => deletion.addEventListener('success', resolve));
  expect(await textsFound(searcher, 'steht')).toEqual(['steht im Dokument']);
  expect(searcher.state.get().problem).toEqual({ kind: 'ok' });
});

test('[SE22] a text that is not the one that was found is never answered: it is read from its document', async () => {
  const chats = await stored('changed-below');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'wie es geschrieben wurde');
  await chats.store(CHAT);
  const { searcher } = openSearcher('changed-below');
  await searcher.settled();
  const { columns } = (await keptRecords('changed-below')).get(CHAT_DOCUMENT) ?? {};
  const texts = 'von jemandem geändert!!!';
  await changeKept('changed-below', CHAT_DOCUMENT, {
    columns: { ...(columns as object), texts, ends: Uint32Array.of(texts.length) },
  });
  expect(await textsFound(searcher, 'wie es')).toEqual(['wie es geschrieben wurde']);
});

test('[SE28] on a full disk search goes on from memory and says so, and what is there is not searched worse', async () => {
  const chats = await stored('full');
  await chats.list(CHAT);
  const place = say(chats.page(CHAT), 'volle Platte');
  await chats.store(CHAT);
  const realPut = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: [unknown, IDBValidKey?]) {
    if (this.name === 'pages') throw new DOMException('the quota is used up', 'QuotaExceededError');
    return realPut.apply(this, given);
  };
  try {
    const { searcher, stop } = openSearcher('full');
    void searcher.settled();
    await holds(searcher.state, ({ problem }) => problem.kind === 'full');
    expect(await textsFound(searcher, 'volle')).toEqual(['volle Platte']);
    edit(chats.page(CHAT), place, 'volle Platte, geändert');
    await chats.store(CHAT);
    await expect.poll(() => textsFound(searcher, 'volle')).toEqual(['volle Platte, geändert']);
    await stop();
  } finally {
    IDBObjectStore.prototype.put = realPut;
  }
  const { searcher } = openSearcher('full');
  await searcher.settled();
  expect(searcher.state.get().problem).toEqual({ kind: 'ok' });
  expect(await textsFound(searcher, 'volle')).toEqual(['volle Platte, geändert']);
});

test('[SE28] what can’t be read is told, and read when it can be', async () => {
  const chats = await stored('unreadable');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'bald lesbar');
  await chats.store(CHAT);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const mend = failReading((name) => name.includes(CHAT));
  let searcher;
  try {
    searcher = openSearcher('unreadable', () => Date.now()).searcher;
    const { toRead } = await holds(searcher.state, ({ problem }) => problem.kind === 'failed');
    expect(toRead).toBe(1);
  } finally {
    mend();
  }
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await holds(searcher.state, ({ messages }) => messages === 1)).toMatchObject({
    toRead: 0,
    problem: { kind: 'ok' },
  });
});

test('[SE28] a start on which the inbox can’t be read begins again soon, and answers nothing before', async () => {
  const chats = await stored('no-inbox');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'erst einmal nicht');
  await chats.store(CHAT);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const mend = failReading((name) => name.includes('inbox'));
  const { searcher } = openSearcher('no-inbox', () => Date.now());
  try {
    expect(await holds(searcher.state, ({ problem }) => problem.kind === 'failed')).toMatchObject({ known: false });
    expect(await textsFound(searcher, 'erst')).toEqual([]);
  } finally {
    mend();
  }
  await vi.advanceTimersByTimeAsync(5_000);
  await holds(searcher.state, ({ messages }) => messages === 1);
  expect(await textsFound(searcher, 'erst')).toEqual(['erst einmal nicht']);
});

test('[SE29] it makes no database but its own, and waits for the replica', async () => {
  const namespace = 'nothing-here';
  const { searcher } = openSearcher(namespace);
  const { problem } = await holds(searcher.state, (state) => state.problem.kind === 'failed');
  expect(problem.kind).toBe('failed');
  expect(await existingDatabases(`${namespace}/`)).toEqual([]);
  const replica = await openDevice(namespace);
  expect(replica.freshCopy).toBe(true);
  await (await replica.openChat(CHAT)).append({ kind: 'message', text: 'jetzt gibt es etwas' });
  await expect.poll(() => textsFound(searcher, 'jetzt')).toEqual(['jetzt gibt es etwas']);
});

test('[SE29] a wipe stops it and takes what it has kept along', async () => {
  const chats = await stored('wiped');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'vertraulich');
  await chats.store(CHAT);
  const { searcher } = openSearcher('wiped');
  await searcher.settled();
  expect(await isFree(aliveLock('wiped'))).toBe(false);
  chats.close();
  expect(await wipeDevice('wiped')).toEqual({ kind: 'wiped' });
  expect(await existingDatabases('wiped/')).toEqual([]);
  const asked = { kind: 'word-start', scope: {}, limit: 50 } as const;
  expect(await searcher.search(phraseOf('vertraulich'), asked, new AbortController().signal)).toBeUndefined();
});

test('[SE31] of a damaged copy what can be read is found, and the page counts as missing until it is whole', async () => {
  const chats = await stored('damaged');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'lesbare Zeile');
  say(chats.page(CHAT), 'beschädigte Zeile');
  await chats.store(CHAT);
  const rows: unknown[] = [];
  await changeRows('damaged', CHAT_DOCUMENT, ({ value }, index, all) => {
    rows.push(value);
    return index === all.length - 2 ? truncated(value) : value;
  });
  const { searcher } = openSearcher('damaged');
  await searcher.settled();
  expect(await textsFound(searcher, 'zeile', { kind: 'word-start' })).toEqual(['lesbare Zeile']);
  expect(searcher.state.get()).toMatchObject({ toRead: 0, missing: 1 });
  await changeRows('damaged', CHAT_DOCUMENT, (_row, index) => rows[index]);
  chats.tell({ kind: 'mended', document: CHAT_DOCUMENT, generation: 1 });
  await holds(searcher.state, ({ missing }) => missing === 0);
  expect(await textsFound(searcher, 'zeile')).toHaveLength(2);
});

test('[SE31] a copy that has less than its head says counts as missing, too', async () => {
  const chats = await stored('short');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'noch da');
  await chats.store(CHAT);
  await chats.meta.putHeads([[CHAT_DOCUMENT, { number: 7, sequence: 7 }]]);
  const { searcher } = openSearcher('short');
  await searcher.settled();
  expect(searcher.state.get()).toMatchObject({ messages: 1, toRead: 0, missing: 1 });
});
