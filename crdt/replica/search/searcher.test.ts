import { openDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import { writer, type PageBuilder } from '../../../tests/support/chat-builder.ts';
import { changeRows, truncated } from '../../../tests/support/damage.ts';
import { ANNA, CHAT, CHAT_DOCUMENT, holds, offlineDevices } from '../../../tests/support/offline-replica.ts';
import { answerOf, phraseOf, searchers, textsFound } from '../../../tests/support/open-searcher.ts';
import { StoredChats } from '../../../tests/support/stored-chats.ts';
import type { Place } from '../../model/log/entry-id.ts';
import { HEAD } from '../../model/log/entry-kind.ts';
import { stampAt } from '../../model/log/stamp.ts';
import type { Account, Writer } from '../../model/log/writer.ts';
import { chatDocument, privateChatId } from '../../model/protocol/document-name.ts';
import type { AppendOutcome } from '../contract.ts';
import { aliveLock, searchDatabaseName } from '../documents/device.ts';
import { existingDatabases } from '../storage/existing-databases.ts';
import { isFree } from '../tabs/election.ts';
import { wipeDevice } from '../wipe.ts';

const openDevice = offlineDevices();
const openSearcher = searchers();
/** Each of Ben's writers belongs to one page of a chat. */
const ben = (page: PageBuilder): Writer => writer(6, page.page);
const OTHER = privateChatId(ANNA, 7 as Account);
const T0 = Date.UTC(2026, 0, 1);

const opened: StoredChats[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const stored of opened.splice(0)) stored.close();
});
async function stored(namespace: string): Promise<StoredChats> {
  const chats = await StoredChats.open(namespace);
  opened.push(chats);
  return chats;
}

/** Ben writes, and the server has it. */
function say(page: PageBuilder, text: string, atMs = T0 + page.entries.length * 60_000, by: Writer = ben(page)): Place {
  const place = page.append(by, [HEAD.message, stampAt(atMs), text]);
  page.arrive(by, atMs);
  return place;
}

function edit(page: PageBuilder, { writer: by, clock }: Place, text: string): void {
  const atMs = T0 + page.entries.length * 60_000;
  page.append(by, [HEAD.edit, stampAt(atMs), by, clock, text]);
  page.arrive(by, atMs);
}

/** With the erasure that comes with it. */
function retract(page: PageBuilder, place: Place): void {
  const { writer: by, clock } = place;
  const atMs = T0 + page.entries.length * 60_000;
  page.append(by, [HEAD.retraction, stampAt(atMs), by, clock]);
  page.arrive(by, atMs);
  page.erase(place);
}

const idOf = (outcome: AppendOutcome) => {
  if (outcome.kind !== 'waiting') throw new Error(outcome.kind);
  return outcome.id;
};

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

test('[SE20] every message on the device is found by its present text, with chat, page, author, time and text as written', async () => {
  const chats = await stored('all-of-it');
  await chats.list(CHAT, 2);
  const first = say(chats.page(CHAT), 'Die  Haustür\nklemmt');
  edit(chats.page(CHAT), say(chats.page(CHAT), 'Die Haustür quietscht'), 'Die Kellertür quietscht');
  retract(chats.page(CHAT), say(chats.page(CHAT), 'Die Haustür ist weg'));
  await chats.store(CHAT);
  say(chats.page(CHAT, 2), 'Neue Haustür', T0 + 3_600_000);
  await chats.store(CHAT, 2);
  const { searcher } = openSearcher('all-of-it');
  await searcher.settled();
  const { messages } = await answerOf(searcher, 'haustür');
  expect(messages.map(({ page, text }) => [page, text])).toEqual([
    [2, 'Neue Haustür'],
    [1, 'Die  Haustür\nklemmt'],
  ]);
  expect(messages[1]).toEqual({
    id: `${first.writer}.${first.clock}`,
    chat: CHAT,
    page: 1,
    author: 6,
    timeMs: T0,
    text: 'Die  Haustür\nklemmt',
  });
  expect(await textsFound(searcher, 'tür', { kind: 'inside' })).toHaveLength(3);
});

test('[SE20 SE23] own messages that wait are found, edited and taken back, from whichever tab', async () => {
  const replica = await openDevice('own');
  const { searcher } = openSearcher('own');
  await searcher.settled();
  const view = await replica.openChat(CHAT);
  const id = idOf(await view.append({ kind: 'message', text: 'morgen um acht' }));
  await vi.waitFor(async () => expect(await textsFound(searcher, 'um acht')).toEqual(['morgen um acht']));
  await view.append({ kind: 'edit', target: id, text: 'morgen um neun' });
  await vi.waitFor(async () => expect(await textsFound(searcher, 'um neun')).toEqual(['morgen um neun']));
  expect(await textsFound(searcher, 'um acht')).toEqual([]);
  await view.append({ kind: 'retraction', target: id });
  await vi.waitFor(async () => expect(await textsFound(searcher, 'morgen')).toEqual([]));
});

test('[SE20] a message that was sent again is found once, under its id', async () => {
  const chats = await stored('again');
  await chats.list(CHAT, 2);
  const place = say(chats.page(CHAT), 'einmal');
  await chats.store(CHAT);
  const again = writer(6, 2);
  chats.page(CHAT, 2).append(again, [HEAD.message, stampAt(T0), 'einmal', { first: [place.writer, place.clock] }]);
  chats.page(CHAT, 2).arrive(again, T0);
  await chats.store(CHAT, 2);
  const { searcher } = openSearcher('again');
  await searcher.settled();
  const { messages } = await answerOf(searcher, 'einmal');
  expect(messages.map(({ id }) => id)).toEqual([`${place.writer}.${place.clock}`]);
});

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
  await vi.waitFor(async () => expect(await textsFound(searcher, 'wagen')).toEqual(['grüner Wagen', 'später Wagen']));
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
  await vi.waitFor(async () => expect(await textsFound(searcher, 'bleibt')).toEqual(['bleibt stehen']));
});

test('[SE23] changes of a moment are read once', async () => {
  const chats = await stored('bursts');
  await chats.list(CHAT);
  await chats.store(CHAT);
  const { searcher, heard } = openSearcher('bursts');
  await searcher.settled();
  let readings = 0;
  searcher.state.subscribe(() => (readings += 1));
  for (let index = 0; index < 20; index += 1) {
    say(chats.page(CHAT), `Nummer ${index}`);
    await chats.store(CHAT);
  }
  await heard(20);
  await holds(searcher.state, ({ messages }) => messages === 20);
  // Two readings, should they have taken longer to be told than a moment lasts.
  expect(readings).toBeLessThan(5);
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
  await vi.waitFor(async () => expect(await textsFound(searcher, 'zwölfmal')).toHaveLength(12));
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
  expect((await keptRecords('removed')).has(CHAT_DOCUMENT)).toBe(true);
  await chats.list(CHAT, 0);
  await heard(1);
  expect(await textsFound(searcher, 'gemeinsam')).toEqual(['gemeinsam, anderswo']);
  await stop();
  expect((await keptRecords('removed')).has(CHAT_DOCUMENT)).toBe(false);
  const later = openSearcher('removed');
  await later.searcher.settled();
  expect(await textsFound(later.searcher, 'gemeinsam')).toEqual(['gemeinsam, anderswo']);
  await chats.list(CHAT);
  await vi.waitFor(async () => expect(await textsFound(later.searcher, 'gemeinsam')).toHaveLength(2));
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
  await vi.waitFor(async () => expect(await textsFound(searcher, 'begonnen')).toEqual([]));
  await chats.list(CHAT);
  await vi.waitFor(async () => expect(await textsFound(searcher, 'begonnen')).toEqual(['ohne Netz begonnen']));
});

test('[SE26] the newest are answered, no more than asked for, of the chat, author and time that were asked for', async () => {
  const chats = await stored('scopes');
  for (const chat of [CHAT, OTHER]) {
    await chats.list(chat);
    for (let index = 0; index < 100; index += 1) {
      say(chats.page(chat), `Zeile ${index}`, T0 + index * 1_000, writer(6 + (index % 2), 1));
    }
    await chats.store(chat);
  }
  const { searcher } = openSearcher('scopes');
  await searcher.settled();
  const few = await answerOf(searcher, 'zeile', { scope: { chat: OTHER }, limit: 3 });
  expect(few.messages.map(({ chat, text }) => [chat, text])).toEqual([99, 98, 97].map((at) => [OTHER, `Zeile ${at}`]));
  expect(few.more).toBe(true);
  const scope = { author: 7 as Account, fromMs: T0 + 50_000, untilMs: T0 + 60_000 };
  const narrowed = await answerOf(searcher, 'zeile', { scope });
  expect(narrowed.more).toBe(false);
  expect(narrowed.messages.map(({ author }) => author)).toEqual(Array.from({ length: 10 }, () => 7));
});

test('[SE26] a search that was given up answers nothing', async () => {
  const chats = await stored('given-up');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'irgendwas');
  await chats.store(CHAT);
  const { searcher } = openSearcher('given-up');
  await searcher.settled();
  const asked = { kind: 'word-start', scope: {}, limit: 50 } as const;
  expect(await searcher.search(phraseOf('irgend'), asked, AbortSignal.abort())).toBeUndefined();
  const giving = new AbortController();
  const answer = searcher.search(phraseOf('irgend'), asked, giving.signal);
  giving.abort();
  expect(await answer).toBeUndefined();
});

test('[SE27] it says how many messages are searched, since when everything is, and what is missing', async () => {
  const chats = await stored('coverage');
  await chats.list(CHAT, 3);
  await chats.list(OTHER);
  say(chats.page(CHAT), 'älteste', T0);
  say(chats.page(CHAT, 3), 'neue', T0 + 3_000);
  say(chats.page(CHAT, 3), 'neueste', T0 + 4_000);
  say(chats.page(OTHER), 'anderswo', T0 + 1_000);
  await chats.store(CHAT, 1);
  await chats.store(CHAT, 3);
  await chats.store(OTHER);
  const { searcher } = openSearcher('coverage');
  expect(searcher.state.get()).toMatchObject({ known: false, messages: 0, sinceMs: undefined });
  await searcher.settled();
  expect(searcher.state.get()).toEqual({
    known: true,
    messages: 4,
    sinceMs: T0 + 3_000,
    toRead: 0,
    missing: 1,
    problem: { kind: 'ok' },
  });
  const { coverage } = await answerOf(searcher, 'anderswo', { scope: { chat: OTHER } });
  expect(coverage).toEqual({ known: true, messages: 1, sinceMs: T0 + 1_000, toRead: 0, missing: 0 });
  say(chats.page(CHAT, 2), 'mittlere', T0 + 2_000);
  await chats.store(CHAT, 2);
  expect(await holds(searcher.state, ({ missing }) => missing === 0)).toMatchObject({ messages: 5, sinceMs: T0 });
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
    await vi.waitFor(async () => expect(await textsFound(searcher, 'volle')).toEqual(['volle Platte, geändert']));
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
  await vi.waitFor(async () => expect(await textsFound(searcher, 'jetzt')).toEqual(['jetzt gibt es etwas']));
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
