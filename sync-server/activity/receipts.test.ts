import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { encodeSet } from '../../crdt/model/log/set-entry.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { encodeAppend, logRoot, type Tuple } from '../../crdt/model/log/append.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import { readKey, settingKey } from '../../crdt/model/me/me-entries.ts';
import {
  chatDocument,
  internalChatId,
  meDocument,
  privateChatId,
  type ChatId,
} from '../../crdt/model/protocol/document-name.ts';
import { DIRECTORY_MIGRATIONS } from '../directory/directory-migrations.ts';
import { Directory } from '../directory/directory.ts';
import type { DirectoryPerson } from '../directory/person.ts';
import { createLog } from '../log.ts';
import { messages, writerOf } from '../storage/append-builder.ts';
import { openDatabase, type Database } from '../storage/sqlite/database.ts';
import { createLogFolder } from '../storage/sqlite/log-folder.ts';
import type { SqliteLogStore } from '../storage/sqlite/log-store.ts';
import { ACTIVITY_MIGRATIONS } from './activity-migrations.ts';
import { ChatHeads } from './chat-heads.ts';
import { MeMirror } from './me-mirror.ts';
import { Positions } from './positions.ts';
import { Receipts } from './receipts.ts';

/** Long enough that only `settled` writes. */
const NEVER_MS = 3_600_000;

let file: Database;
let store: SqliteLogStore;
let directory: Directory;
let positions: Positions;
let heads: ChatHeads;
let anna: DirectoryPerson;
let ben: DirectoryPerson;
let carla: DirectoryPerson;
let chat: ChatId;
let changes: ChatId[][];
let lines: string[];

const log = createLog('error', Date.now, (line) => lines.push(line));

function receiptsWith(gatherMs = NEVER_MS, retryMs = NEVER_MS): Receipts {
  const receipts = new Receipts({
    positions,
    heads,
    directory,
    gatherMs,
    retryMs,
    durableMs: NEVER_MS,
    log,
    onChanged: (chats) => changes.push([...chats]),
  });
  onTestFinished(() => receipts.stop());
  return receipts;
}

beforeEach(async () => {
  const { folder, open, remove } = await createLogFolder();
  store = await open();
  file = openDatabase(join(folder, 'activity.db'), ACTIVITY_MIGRATIONS, 'NORMAL');
  const directoryFile = openDatabase(join(folder, 'directory.db'), DIRECTORY_MIGRATIONS);
  directory = new Directory(directoryFile);
  positions = new Positions(file, 'this epoch');
  heads = new ChatHeads(store);
  changes = [];
  lines = [];
  const profile = { first: 'A', last: 'B', visible: true };
  const { company } = (anna = directory.found('Berger', { user: 'anna', profile }));
  const join_ = (user: string): DirectoryPerson =>
    directory.change(() => directory.addPerson({ user, company, profile, admin: false, joined: 0 }));
  ben = join_('ben');
  carla = join_('carla');
  chat = privateChatId(anna.account, ben.account);
  directory.startPrivateChat(chat, [anna.account, ben.account]);
  await store.append(messages(chatDocument(chat), writerOf(anna.account), 0, ['one', 'two', 'three']));
  return async () => {
    await store.close();
    file.close();
    directoryFile.close();
    await remove();
  };
});

const of = (who: DirectoryPerson, where = chat) =>
  [...positions.of(where)].find(({ account }) => account === who.account);

test('[SV104] a thousand reports are one commit, and the greatest counts', async () => {
  const receipts = receiptsWith();
  for (let number = 1; number <= 1_000; number += 1) receipts.delivered(ben.account, [[chat, number % 3]]);
  receipts.read(ben.account, chat, 1);
  await receipts.settled();
  expect(of(ben)).toEqual({ account: ben.account, delivered: 2, read: 1 });
  expect(changes).toEqual([[chat]]);
  receipts.delivered(ben.account, [[chat, 1]]);
  await receipts.settled();
  expect(changes).toHaveLength(1);
});

test('[SV104] reports are written by themselves after a moment', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const receipts = new Receipts({
    positions,
    heads,
    directory,
    gatherMs: 1,
    retryMs: 1,
    durableMs: 1,
    log,
    onChanged: () => resolve(),
  });
  onTestFinished(() => receipts.stop());
  receipts.delivered(ben.account, [[chat, 2]]);
  await promise;
  expect(of(ben)?.delivered).toBe(2);
});

test('[SV100] nobody gets beyond the end of a chat, and the end moves with what arrives', async () => {
  const receipts = receiptsWith();
  receipts.delivered(ben.account, [[chat, 99]]);
  receipts.read(ben.account, chat, 99);
  await receipts.settled();
  expect(of(ben)).toMatchObject({ delivered: 3, read: 3 });
  heads.arrived(chat, 4);
  receipts.delivered(ben.account, [[chat, 99]]);
  await receipts.settled();
  expect(of(ben)).toMatchObject({ delivered: 4, read: 3 });
});

test.each([1, 20])('[SV100] only chats count that somebody is in, told one by one or %i at once', async (many) => {
  const receipts = receiptsWith();
  const foreign = internalChatId((anna.company + 1) as typeof anna.company);
  const others = Array.from({ length: many }, (_, index) => privateChatId(carla.account, (500 + index) as Account));
  const told = [chat, foreign, 'nonsense' as ChatId, ...others];
  receipts.delivered(
    carla.account,
    told.map((one) => [one, 1] as const),
  );
  receipts.delivered(4_711 as Account, [[chat, 1]]);
  await receipts.settled();
  expect(told.flatMap((one) => [...positions.of(one)])).toEqual([]);
  expect(changes).toEqual([]);
});

test('[SV102] a switch concerns all chats of the person', async () => {
  const receipts = receiptsWith();
  receipts.silent(ben.account, true);
  await receipts.settled();
  expect(positions.isSilent(ben.account)).toBe(true);
  expect(new Set(changes.flat())).toEqual(new Set([chat, internalChatId(ben.company)]));
  expect(new Positions(file, 'this epoch').isSilent(ben.account)).toBe(true);
  receipts.silent(ben.account, false);
  await receipts.settled();
  expect(positions.isSilent(ben.account)).toBe(false);
});

test('[SV102] what somebody read stays delivered when they switch read receipts off, and what they read then is not', async () => {
  const receipts = receiptsWith();
  receipts.read(ben.account, chat, 1);
  await receipts.settled();
  receipts.silent(ben.account, true);
  await receipts.settled();
  expect(of(ben)).toMatchObject({ delivered: 1 });
  receipts.read(ben.account, chat, 3);
  await receipts.settled();
  expect(of(ben)).toMatchObject({ delivered: 1, read: 3 });
});

test('[SV102] a switch that stays as it is concerns nobody', async () => {
  const receipts = receiptsWith();
  receipts.silent(ben.account, false);
  await receipts.settled();
  receipts.silent(ben.account, true);
  await receipts.settled();
  const before = changes.length;
  receipts.silent(ben.account, true);
  await receipts.settled();
  expect(before).toBe(1);
  expect(changes).toHaveLength(1);
});

/** Leaves no room in the file of positions; returns what makes some. */
function fillUp(): () => void {
  file.sql.exec('CREATE TABLE filling (bytes BLOB) STRICT');
  file.sql.exec('PRAGMA max_page_count = 40');
  const insert = file.sql.prepare('INSERT INTO filling VALUES (zeroblob(3900))');
  expect(() => {
    for (;;) insert.run();
  }).toThrow(/full/);
  return () => file.sql.exec('PRAGMA max_page_count = 4000');
}

test('[SV105] what finds no room is kept, and written when there is some', async () => {
  const receipts = receiptsWith();
  const makeRoom = fillUp();
  const chats = Array.from({ length: 2_000 }, (_, index) => privateChatId(ben.account, (10 + index) as Account));
  directory.change(() => {
    for (const one of chats) directory.startPrivateChat(one, [ben.account, anna.account]);
  });
  receipts.delivered(
    ben.account,
    chats.map((one) => [one, 1] as const),
  );
  receipts.silent(ben.account, true);
  receipts.mirrored(7);
  await receipts.settled();
  expect(lines.join()).toContain('receipts-failed');
  expect(positions.isSilent(ben.account)).toBe(false);
  makeRoom();
  receipts.read(ben.account, chat, 2);
  await receipts.settled();
  expect(of(ben)).toMatchObject({ read: 2 });
  expect(chats.every((one) => of(ben, one) !== undefined)).toBe(true);
  expect(positions.isSilent(ben.account)).toBe(true);
  expect(positions.mirrored).toBe(7);
});

test('[SV100] [SV105] what finds no room and was not theirs to tell is not kept', async () => {
  const receipts = receiptsWith();
  const makeRoom = fillUp();
  const later = privateChatId(carla.account, ben.account);
  const chats = Array.from({ length: 2_000 }, (_, index) => privateChatId(ben.account, (10 + index) as Account));
  directory.change(() => {
    for (const one of chats) directory.startPrivateChat(one, [ben.account, anna.account]);
  });
  receipts.delivered(
    ben.account,
    [...chats, later].map((one) => [one, 1] as const),
  );
  await receipts.settled();
  expect(lines.join()).toContain('receipts-failed');
  await store.append(messages(chatDocument(later), writerOf(carla.account), 0, ['begun later']));
  directory.startPrivateChat(later, [carla.account, ben.account]);
  makeRoom();
  await receipts.settled();
  expect(chats.every((one) => of(ben, one) !== undefined)).toBe(true);
  expect(of(ben, later)).toBeUndefined();
});

/** Writes into somebody's `me` document as their device would. */
async function writeMe(person: DirectoryPerson, ...entries: Tuple[]): Promise<void> {
  const document = meDocument(person.account);
  const writer = writerOf(person.account);
  const from = (await store.load(document)).clocks.get(writer) ?? 0;
  await store.append({
    document,
    stream: document,
    runs: [{ writer, from, to: from + entries.length }],
    update: encodeAppend(logRoot(writer), writer, from, entries),
    erase: [],
  });
}
const marker = (where: ChatId, number: number): Tuple => encodeSet(stampAt(Date.now()), readKey(where), number);

test('[SV105] what was read before this version, or in another history, is mirrored once; later only what has changed', async () => {
  await writeMe(ben, marker(chat, 1), marker(chat, 2), encodeSet(stampAt(5), settingKey('read-receipts'), false));
  await writeMe(anna, marker(chat, 3));
  const loaded: string[] = [];
  const mirrorAll = async (): Promise<void> => {
    const receipts = receiptsWith();
    const watched = {
      sequence: () => store.sequence(),
      heads: (query: Parameters<SqliteLogStore['heads']>[0]) => store.heads(query),
      load: (document: Parameters<SqliteLogStore['load']>[0]) => {
        loaded.push(document);
        return store.load(document);
      },
    };
    const mirror = new MeMirror({ store: watched, receipts, accounts: () => directory.accounts() });
    await mirror.catchUp(positions.mirrored);
    await receipts.settled();
  };
  await mirrorAll();
  expect(of(ben)).toMatchObject({ read: 2 });
  expect(of(anna)).toMatchObject({ read: 3 });
  expect(positions.isSilent(ben.account)).toBe(true);
  expect(loaded).toHaveLength(2);
  await writeMe(ben, marker(chat, 3));
  loaded.length = 0;
  await mirrorAll();
  expect(loaded).toEqual([meDocument(ben.account)]);
  expect(of(ben)).toMatchObject({ read: 3 });
  loaded.length = 0;
  await mirrorAll();
  expect(loaded).toEqual([]);
  positions = new Positions(file, 'after a restore');
  await mirrorAll();
  expect(loaded).toHaveLength(2);
});

/** Somebody's `me` document as the server has it open. */
async function openMe(person: DirectoryPerson): Promise<Y.Doc> {
  const doc = new Y.Doc();
  for (const update of (await store.load(meDocument(person.account))).updates) Y.applyUpdate(doc, update);
  return doc;
}
const mirrorInto = (receipts: Receipts): MeMirror =>
  new MeMirror({ store, receipts, accounts: () => directory.accounts() });

test('[SV102] what somebody reads before the mirroring has come to them is not told when they have switched it off', async () => {
  await writeMe(ben, encodeSet(stampAt(5), settingKey('read-receipts'), false));
  const receipts = receiptsWith();
  const entry = marker(chat, 3);
  await writeMe(ben, entry);
  mirrorInto(receipts).stored(ben.account, await openMe(ben), [entry], await store.sequence());
  await receipts.settled();
  expect(of(ben)).toMatchObject({ read: 3 });
  expect(positions.isSilent(ben.account)).toBe(true);
});

test('[SV104] a device that turns the switch thousands of times costs little', async () => {
  const drafts = Array.from({ length: 2_000 }, (_, index) =>
    marker(privateChatId(ben.account, (10 + index) as Account), 1),
  );
  const turns = Array.from({ length: 2_000 }, (_, index) =>
    encodeSet(stampAt(index), settingKey('read-receipts'), index % 2 === 0),
  );
  await writeMe(ben, ...drafts);
  await writeMe(ben, ...turns);
  const doc = await openMe(ben);
  const receipts = receiptsWith();
  const mirror = mirrorInto(receipts);
  const before = process.threadCpuUsage();
  mirror.stored(ben.account, doc, turns, 1);
  for (const turn of turns) mirror.stored(ben.account, doc, [turn], 1);
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(1_000);
  await receipts.settled();
  expect(positions.isSilent(ben.account)).toBe(true);
});
