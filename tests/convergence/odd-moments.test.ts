import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { HEAD } from '../../crdt/model/log/entry-kind.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { entryId, type EntryId } from '../../crdt/model/log/entry-id.ts';
import { makeWriter } from '../../crdt/model/log/writer.ts';
import {
  chatDocument,
  internalChatId,
  privateChatId,
  type ChatId,
  type DocumentName,
} from '../../crdt/model/protocol/document-name.ts';
import { documentDatabaseName, metaDatabaseName } from '../../crdt/replica/documents/device.ts';
import { DocumentDatabase } from '../../crdt/replica/storage/document-database.ts';
import { MetaDatabase } from '../../crdt/replica/storage/meta-database.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import { devicesAt, holds, shows, texts } from './people.ts';

let installation: Installation;
const device = devicesAt(() => installation);
let anna: SignedInPerson;
let ben: SignedInPerson;
let chat: ChatId;
const OFFLINE = 'http://127.0.0.1:9';

beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

async function twoPeople(): Promise<void> {
  anna = await installation.addPerson();
  ben = await installation.addPerson();
  chat = privateChatId(anna.account, ben.account);
}

test('[RP9] what a tab had just written when it died is sent, although no other tab was told of it', async () => {
  await twoPeople();
  const his = await device(ben);
  const hisView = await his.replica.openChat(chat);
  const living = await device(anna);
  await (await living.replica.openChat(chat)).append({ kind: 'message', text: 'before' });
  await shows(hisView, ['before']);
  // Another chat is open now; the dying tab writes and is gone before it could say so.
  const namespace = living.namespace;
  const strange = await installation.addPerson();
  const other = privateChatId(anna.account, strange.account);
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  await meta.markUnsent({ document: chatDocument(other), context: 'died' });
  const database = await DocumentDatabase.open(documentDatabaseName(namespace, chatDocument(other), 1));
  if (!(database instanceof DocumentDatabase)) throw new Error(database.kind);
  const writer = makeWriter(anna.account, 555);
  await database.write([encodeAppend(logRoot(writer), writer, 0, [[HEAD.message, stampAt(Date.now()), 'last words']])]);
  database.close();
  meta.close();
  await installation.restart();
  await living.wake();
  const hers = await device(strange);
  await shows(await hers.replica.openChat(other), ['last words']);
});

test('[RP42] a head that could not be kept keeps the cursor back, so that what is unread is told without network, too', async () => {
  await twoPeople();
  const hers = await device(anna);
  await (await hers.replica.openChat(chat)).append({ kind: 'message', text: 'unread' });
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
  const namespace = 'head-not-kept';
  const isHis = ({ db }: IDBTransaction): boolean => db.name === metaDatabaseName(namespace);
  let answers = 0;
  const losesAnswer = (path: string): boolean => {
    if (path === '/api/catch-up') answers += 1;
    return false;
  };
  const caughtUp = Promise.withResolvers<void>();
  const realPut = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...input: Parameters<typeof realPut>) {
    // Her device may still be catching up itself.
    if (!isHis(this.transaction)) return realPut.apply(this, input);
    // The disk is full for a moment: when the chat's entries had just been stored, and when it was in step.
    if (this.name === 'heads' && input[1] === chatDocument(chat) && answers < 2) {
      throw new DOMException('the quota is used up', 'QuotaExceededError');
    }
    if (input[1] === 'catch-up') this.transaction.addEventListener('complete', () => caughtUp.resolve());
    return realPut.apply(this, input);
  };
  const his = await device(ben, { namespace, losesAnswer });
  try {
    await holds(his.replica.unreadByChat, (unread) => unread.get(chat) === 1);
    await caughtUp.promise;
    his.cut();
    await his.stop();
  } finally {
    IDBObjectStore.prototype.put = realPut;
  }
  const again = await device(ben, { namespace, origin: OFFLINE });
  await holds(again.replica.unreadByChat, (unread) => unread.get(chat) === 1);
});

test.each([
  ['what waits is', 1],
  ['a long backlog is', 30],
])('[RP16] %s not given up when somebody else has signed in at this browser meanwhile', async (_, count) => {
  await twoPeople();
  const carl = await installation.addPerson();
  const offline = await device(anna, { origin: OFFLINE });
  const first = await offline.replica.openChat(chat);
  const expected = Array.from({ length: count }, (__, index) => `${index} ${'x'.repeat(7_900)}`);
  for (const text of expected) await first.append({ kind: 'message', text });
  await offline.stop();
  const strange = await device(anna, { namespace: offline.namespace, cookie: carl.cookie });
  const view = await strange.replica.openChat(chat);
  await holds(strange.replica.connection, ({ kind }) => kind === 'signed-out');
  expect(view.failed.get()).toEqual([]);
  expect(texts(view)).toEqual(expected);
  await strange.stop();
  const back = await device(anna, { namespace: offline.namespace });
  await holds(back.replica.waiting, (waiting) => waiting === 0);
});

/** A device of Anna's with one refused entry that is to be sent again; returns its id. */
async function plantRefused(namespace: string, document: DocumentName, text: string): Promise<EntryId> {
  const id = entryId(makeWriter(anna.account, 777), 0);
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  await meta.beginGeneration(document, 1, [
    {
      id,
      document,
      generation: 1,
      tuple: [HEAD.message, stampAt(Date.now()), text],
      action: { kind: 'message', text },
      code: 'bad-entry',
      attempts: 0,
      state: 'resend',
    },
  ]);
  meta.close();
  return id;
}

/** Everything that is sent by HTTP goes through `answer` as long as `body` runs. */
async function withEntriesAnswered(answer: typeof fetch, body: () => Promise<void>): Promise<void> {
  const realFetch = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    String(input).includes('/api/entries/') ? answer(input, init) : realFetch(input, init);
  try {
    await body();
  } finally {
    globalThis.fetch = realFetch;
  }
}

test('[RP21] what is sent again under the wrong session is not taken for stored', async () => {
  await twoPeople();
  const carl = await installation.addPerson();
  const internal = internalChatId(anna.company);
  const namespace = 'wrong-session';
  await plantRefused(namespace, chatDocument(internal), 'once refused');
  // Carl signs in in another tab while Anna's line is up: her line stays hers, her requests carry his session.
  const realFetch = globalThis.fetch;
  const answered = Promise.withResolvers<void>();
  const asCarl: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('cookie', carl.cookie);
    const answer = await realFetch(input, { ...init, headers });
    const body = await answer.text();
    answered.resolve();
    return new Response(body, answer);
  };
  await withEntriesAnswered(asCarl, async () => {
    const hers = await device(anna, { namespace });
    await answered.promise;
    await hers.stop();
  });
  await device(anna, { namespace });
  const his = await device(ben);
  await shows(await his.replica.openChat(internal), ['once refused']);
});

test('[RP21] [RP22] what the person discards while it is being sent again does not come back as failed', async () => {
  await twoPeople();
  const namespace = 'discarded';
  const id = await plantRefused(namespace, chatDocument(chat), 'never mind');
  const asked = Promise.withResolvers<void>();
  const discarded = Promise.withResolvers<void>();
  const refuse: typeof fetch = async () => {
    asked.resolve();
    await discarded.promise;
    return Response.json({ code: 'bad-entry', message: 'no' }, { status: 400 });
  };
  await withEntriesAnswered(refuse, async () => {
    const hers = await device(anna, { namespace });
    const view = await hers.replica.openChat(chat);
    await asked.promise;
    await view.discard(id);
    discarded.resolve();
    await hers.stop();
  });
  const again = await device(anna, { namespace, origin: OFFLINE });
  expect((await again.replica.openChat(chat)).failed.get()).toEqual([]);
});
