import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ANNA, CHAT, CHAT_DOCUMENT as NAME, offlineDevices } from '../../../tests/support/offline-replica.ts';
import { encodeArrival } from '../../model/chat/arrivals.ts';
import { encodeChatEntry } from '../../model/chat/entry.ts';
import { ARRIVALS_ROOT, encodeAppend, encodeErasure, logRoot, type Tuple } from '../../model/log/append.ts';
import { readLog } from '../../model/log/read-log.ts';
import { encodeServerHeader } from '../../model/log/server-log.ts';
import { stampAt } from '../../model/log/stamp.ts';
import { makeWriter, SERVER_ACCOUNT, type Account } from '../../model/log/writer.ts';
import { documentDatabaseName } from '../documents/device.ts';
import { DocumentDatabase } from '../storage/document-database.ts';
import { takeOut } from './quarantine.ts';

const OWN = makeWriter(ANNA, 1);
const BENS = makeWriter(6 as Account, 1);
const SERVER = makeWriter(SERVER_ACCOUNT, 9);
const BAD = { code: 'bad-entry', writers: [OWN] };

const message = (text: string): Tuple =>
  encodeChatEntry({ kind: 'message', stamp: stampAt(1), text, first: undefined });

/** Anna has written four, of which two have arrived; Ben one. */
function document(): Uint8Array[] {
  const header = { number: 0, timeMs: 1_000 };
  const known = { index: undefined, reached: 0 };
  const arrivals = [
    encodeServerHeader({ previous: undefined, ...header }),
    encodeArrival(header, known, { writer: OWN, from: 0, to: 2, number: 2, timeMs: 2_000 }),
    encodeArrival({ number: 2, timeMs: 2_000 }, known, { writer: BENS, from: 0, to: 1, number: 3, timeMs: 3_000 }),
  ];
  return [
    encodeAppend(logRoot(OWN), OWN, 0, ['one', 'two', 'three', 'four'].map(message)),
    encodeAppend(logRoot(BENS), BENS, 0, [message('from Ben')]),
    encodeAppend(ARRIVALS_ROOT, SERVER, 0, arrivals),
  ];
}

function textsOf(update: Uint8Array): unknown[] {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return [OWN, BENS].flatMap((writer) => [...readLog(doc, writer)].map(({ tuple }) => tuple?.[2]));
}

const openDevice = offlineDevices();

async function databaseOf(namespace: string, generation: number): Promise<DocumentDatabase> {
  const database = await DocumentDatabase.open(documentDatabaseName(namespace, NAME, generation));
  if (!(database instanceof DocumentDatabase)) throw new Error(database.kind);
  return database;
}

test('[RP21] what the server has acknowledged stays, what it has not becomes records with its ids', () => {
  const { records, kept } = takeOut(ANNA, NAME, 1, BAD, document());
  expect(textsOf(kept)).toEqual(['one', 'two', 'from Ben']);
  expect(records.map(({ id, action, state }) => ({ id, action, state }))).toEqual([
    { id: `${OWN}.2`, action: { kind: 'message', text: 'three' }, state: 'resend' },
    { id: `${OWN}.3`, action: { kind: 'message', text: 'four' }, state: 'resend' },
  ]);
});

test('[RP21] what has been erased is not taken along', () => {
  const erased = encodeErasure([{ writer: OWN, from: 2, to: 3 }]);
  const { records } = takeOut(ANNA, NAME, 1, BAD, [...document(), erased]);
  expect(records.map(({ action }) => action)).toEqual([{ kind: 'message', text: 'four' }]);
});

test("[RP20] in a conflict the receipts of the writer may be another context's, so all its entries are taken out", () => {
  const { records, kept } = takeOut(ANNA, NAME, 1, { code: 'conflict', writers: [OWN] }, document());
  expect(textsOf(kept)).toEqual(['from Ben']);
  expect(records).toHaveLength(4);
});

test('[RP22] with the right the sending is lost, too', () => {
  const { records } = takeOut(ANNA, NAME, 1, { code: 'forbidden', writers: [] }, document());
  expect(records.map(({ state }) => state)).toEqual(['failed', 'failed']);
});

for (const crash of ['after the old database was retired', 'after the next database was filled'] as const) {
  test(`[RP24] a crash ${crash} loses and doubles nothing`, async () => {
    const namespace = `crash ${crash}`;
    const first = await openDevice(namespace);
    await first.openChat(CHAT);
    await first.stop();
    const old = await databaseOf(namespace, 1);
    await old.write(document());
    await old.retire(BAD);
    old.close();
    if (crash === 'after the next database was filled') {
      const next = await databaseOf(namespace, 2);
      await next.write([takeOut(ANNA, NAME, 1, BAD, document()).kept]);
      next.close();
    }
    for (let start = 0; start < 2; start += 1) {
      const again = await openDevice(namespace);
      const view = await again.openChat(CHAT);
      expect(
        view.messages
          .get()
          .map(({ text }) => text)
          .toSorted(),
      ).toEqual(['from Ben', 'one', 'two']);
      expect(view.failed.get().map(({ action }) => action)).toEqual([
        { kind: 'message', text: 'three' },
        { kind: 'message', text: 'four' },
      ]);
      expect(again.waiting.get()).toBe(2);
      await again.stop();
    }
  });
}

test('[RP24] what is appended in the moment of the retirement goes into the next database', async () => {
  const namespace = 'moment';
  const replica = await openDevice(namespace);
  const view = await replica.openChat(CHAT);
  await view.append({ kind: 'message', text: 'before' });
  const old = await databaseOf(namespace, 1);
  const [, appended] = await Promise.all([old.retire(BAD), view.append({ kind: 'message', text: 'meanwhile' })]);
  old.close();
  expect(appended.kind).toBe('waiting');
  const texts = [
    ...view.messages.get().map(({ text }) => text),
    ...view.failed.get().map(({ action }) => ('text' in action ? action.text : '')),
  ];
  await replica.stop();
  const again = await (await openDevice(namespace)).openChat(CHAT);
  const kept = [
    ...again.messages.get().map(({ text }) => text),
    ...again.failed.get().map(({ action }) => ('text' in action ? action.text : '')),
  ];
  expect(kept.toSorted()).toEqual(['before', 'meanwhile']);
  expect(texts).toContain('meanwhile');
});
