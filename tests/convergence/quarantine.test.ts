import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEAD } from '../../crdt/model/log/entry-kind.ts';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { makeWriter, type Account } from '../../crdt/model/log/writer.ts';
import { chatDocument, privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { documentDatabaseName } from '../../crdt/replica/documents/device.ts';
import { DocumentDatabase } from '../../crdt/replica/storage/document-database.ts';
import { MetaDatabase } from '../../crdt/replica/storage/meta-database.ts';
import { metaDatabaseName } from '../../crdt/replica/documents/device.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import { seededRandom, type Random } from '../support/random.ts';
import { devicesAt, holds, online, shows, texts } from './people.ts';

let installation: Installation;
const device = devicesAt(() => installation);
let anna: SignedInPerson;
let ben: SignedInPerson;
let chat: ChatId;
const OFFLINE = 'http://127.0.0.1:9';
/** Draws the same writer on every device, whatever else is drawn before. */
const SAME: Random = { ...seededRandom(1), uint32: () => 4_711 };

beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

async function twoPeople(): Promise<void> {
  anna = await installation.addPerson();
  ben = await installation.addPerson();
  chat = privateChatId(anna.account, ben.account);
}

/** Puts a row into a document's local copy, as a program of another version might have. */
async function plant(namespace: string, update: Uint8Array): Promise<void> {
  const database = await DocumentDatabase.open(documentDatabaseName(namespace, chatDocument(chat), 1));
  if (!(database instanceof DocumentDatabase)) throw new Error('not opened');
  await database.write([update]);
  database.close();
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  await meta.markUnsent({ document: chatDocument(chat), context: 'gone' });
  meta.close();
}

/** Two devices of Anna wrote at the same place; what one of them wrote has been sent since. Gives the namespace of the other one. */
async function behindSameWriter(): Promise<string> {
  const [one, other] = [
    await device(anna, { origin: OFFLINE, random: SAME }),
    await device(anna, { origin: OFFLINE, random: SAME }),
  ];
  await (await one.replica.openChat(chat)).append({ kind: 'message', text: 'from the first device' });
  await (await other.replica.openChat(chat)).append({ kind: 'message', text: 'from the second device' });
  await one.stop();
  await other.stop();
  const first = await device(anna, { namespace: one.namespace });
  await holds(first.replica.waiting, (waiting) => waiting === 0);
  return other.namespace;
}

test('[RP18] [RP20] two devices that drew the same writer lose neither text, and the server holds each once', async () => {
  await twoPeople();
  // The same random numbers on two devices that do not know of each other: what 32 bits make nearly impossible.
  const namespace = await behindSameWriter();
  const second = await device(anna, { namespace });
  const view = await second.replica.openChat(chat);
  await holds(
    view.messages,
    (messages) => messages.length === 2 && messages.every(({ arrival }) => arrival !== undefined),
  );
  await holds(second.replica.waiting, (waiting) => waiting === 0);
  expect(texts(view).toSorted()).toEqual(['from the first device', 'from the second device']);

  const his = await device(ben);
  const hisView = await his.replica.openChat(chat);
  await holds(hisView.messages, (messages) => messages.length === 2);
  expect(view.failed.get()).toEqual([]);
});

test('[RP25] a text that has to go out under another id is stored once, also when the answer to that gets lost', async () => {
  await twoPeople();
  const namespace = await behindSameWriter();

  // Entries go by HTTP twice: offered under their old place, which is taken, and then under another.
  let answers = 0;
  const losesAnswer = (path: string): boolean => path.startsWith('/api/entries/') && (answers += 1) === 2;
  const second = await device(anna, { namespace, losesAnswer });
  await holds(
    (await second.replica.openChat(chat)).messages,
    (messages) => messages.length === 2 && messages.every(({ arrival }) => arrival !== undefined),
  );
  await holds(second.replica.waiting, (waiting) => waiting === 0);
  expect(answers).toBeGreaterThanOrEqual(2);
  const his = await device(ben);
  const view = await his.replica.openChat(chat);
  await holds(view.messages, (messages) => messages.length >= 2);
  await online(his.replica);
  expect(texts(view).toSorted()).toEqual(['from the first device', 'from the second device']);
  expect((await second.replica.openChat(chat)).failed.get()).toEqual([]);
});

test('[RP21] an entry that the server refuses for good holds up no other, and the good ones keep their ids', async () => {
  await twoPeople();
  const offline = await device(anna, { origin: OFFLINE });
  const view = await offline.replica.openChat(chat);
  const good = await view.append({ kind: 'message', text: 'good' });
  await offline.stop();
  const writer = makeWriter(anna.account, 4_242);
  await plant(
    offline.namespace,
    encodeAppend(logRoot(writer), writer, 0, [
      [HEAD.message, stampAt(Date.now()), 'also good'],
      // No text: this version refuses it.
      [HEAD.message, stampAt(Date.now()), ''],
    ]),
  );

  const back = await device(anna, { namespace: offline.namespace });
  const again = await back.replica.openChat(chat);
  await holds(
    again.messages,
    (messages) => messages.length === 2 && messages.every(({ arrival }) => arrival !== undefined),
  );
  await holds(back.replica.waiting, (waiting) => waiting === 0);
  expect(texts(again).toSorted()).toEqual(['also good', 'good']);
  expect(again.messages.get().map(({ id }) => id)).toContain(good.kind === 'waiting' && good.id);
  // And it goes on as if nothing had been.
  await again.append({ kind: 'message', text: 'next' });
  await holds(back.replica.waiting, (waiting) => waiting === 0);
  const his = await device(ben);
  await holds((await his.replica.openChat(chat)).messages, (messages) => messages.length === 3);
});

test('[RP22] in a chat that one may not write, the text is kept with the reason, and can be discarded', async () => {
  await twoPeople();
  const strange = privateChatId(anna.account, 99_999 as Account);
  const hers = await device(anna);
  const view = await hers.replica.openChat(strange);
  await online(hers.replica);
  await view.append({ kind: 'message', text: 'is anybody there?' });
  const [failed] = await holds(view.failed, (entries) => entries.length === 1);
  expect(failed).toMatchObject({ action: { kind: 'message', text: 'is anybody there?' }, code: 'not-found' });
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
  await shows(view, []);
  await hers.stop();

  const again = await device(anna, { namespace: hers.namespace });
  const kept = await again.replica.openChat(strange);
  expect(kept.failed.get()).toMatchObject([{ action: { text: 'is anybody there?' } }]);
  if (failed !== undefined) await kept.discard(failed.id);
  expect(kept.failed.get()).toEqual([]);
});

test('[RP23] a second tab follows into the fresh document and keeps writing', async () => {
  await twoPeople();
  const offline = await device(anna, { origin: OFFLINE });
  await offline.replica.openChat(chat);
  await offline.stop();
  const writer = makeWriter(anna.account, 4_243);
  await plant(offline.namespace, encodeAppend(logRoot(writer), writer, 0, [[HEAD.message, stampAt(Date.now()), '']]));
  const one = await device(anna, { namespace: offline.namespace });
  const other = await device(anna, { namespace: offline.namespace });
  const [inOne, inOther] = [await one.replica.openChat(chat), await other.replica.openChat(chat)];
  await inOther.append({ kind: 'message', text: 'from the second tab' });
  await inOne.append({ kind: 'message', text: 'from the first tab' });
  await Promise.all([one, other].map(({ replica }) => holds(replica.waiting, (waiting) => waiting === 0)));
  await Promise.all([inOne, inOther].map((view) => holds(view.messages, (messages) => messages.length === 2)));
  const his = await device(ben);
  await holds((await his.replica.openChat(chat)).messages, (messages) => messages.length === 2);
  await inOther.append({ kind: 'message', text: 'and on' });
  await shows(inOne, texts(inOther));
});
