import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { entryId } from '../../crdt/model/log/entry-id.ts';
import { HEAD } from '../../crdt/model/log/entry-kind.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { makeWriter } from '../../crdt/model/log/writer.ts';
import { chatDocument, privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { metaDatabaseName } from '../../crdt/replica/documents/device.ts';
import { MetaDatabase } from '../../crdt/replica/storage/meta-database.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import { seededRandom } from '../support/random.ts';
import { CLEAR, openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { holds, online, devicesAt, shows, texts, type DeviceOptions } from './people.ts';

let installation: Installation;
const device = devicesAt(() => installation);
let proxy: TcpProxy;
let anna: SignedInPerson;
let ben: SignedInPerson;
let chat: ChatId;

beforeAll(async () => {
  // A public address of its own, because requests reach the server by the proxy's.
  installation = await openInstallation({ environment: { PUBLIC_URL: 'http://hausfunk.test' } });
  const random = seededRandom(1);
  proxy = await openTcpProxy({ targetPort: installation.server.port, random: () => random.unit() });
});
afterAll(async () => {
  await proxy.close();
  await installation.close();
});
beforeEach(async () => {
  anna = await installation.addPerson();
  ben = await installation.addPerson();
  chat = privateChatId(anna.account, ben.account);
});
// Before the devices are stopped.
afterEach(() => proxy.setWeather(CLEAR));

const throughProxy = (): DeviceOptions => ({ origin: `http://127.0.0.1:${proxy.port}` });

test('[RP40] a line that has gone silent is noticed, and left for a new one', async () => {
  const hers = await device(anna, throughProxy());
  const his = await device(ben);
  const [herView, hisView] = [await hers.replica.openChat(chat), await his.replica.openChat(chat)];
  await online(hers.replica);
  await proxy.setWeather({ kind: 'black-hole' });
  await herView.append({ kind: 'message', text: 'into the hole' });
  await holds(hers.replica.connection, (connection) => connection.kind === 'offline', 30_000);
  await proxy.setWeather(CLEAR);
  await shows(hisView, ['into the hole']);
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
});

test('[RP40] a network that is said to be gone is offline at once, and comes back with a wake', async () => {
  const hers = await device(anna);
  const his = await device(ben);
  const [herView, hisView] = [await hers.replica.openChat(chat), await his.replica.openChat(chat)];
  await online(hers.replica);
  hers.replica.networkLost();
  expect(hers.replica.connection.get().kind).toBe('offline');
  await herView.append({ kind: 'message', text: 'between' });
  hers.replica.wake();
  await shows(hisView, ['between']);
});

test('[RP41] a line that is cut again and again loses and doubles nothing', async () => {
  const hers = await device(anna, throughProxy());
  const his = await device(ben);
  const [herView, hisView] = [await hers.replica.openChat(chat), await his.replica.openChat(chat)];
  const sent: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    await online(hers.replica);
    for (let index = 0; index < 10; index += 1) {
      sent.push(`round ${round} message ${index}`);
      await herView.append({ kind: 'message', text: sent.at(-1) ?? '' });
    }
    proxy.reset();
  }
  await shows(hisView, sent);
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
  expect(texts(herView)).toEqual(texts(hisView));
});

test('[RP21] [RP41] what was being sent again when the line was cut goes on with the next line', async () => {
  const namespace = 'cut-resend';
  const writer = makeWriter(anna.account, 4_242);
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  await meta.addQuarantine([
    {
      id: entryId(writer, 0),
      document: chatDocument(chat),
      generation: 0,
      tuple: [HEAD.message, stampAt(Date.now()), 'kept'],
      action: { kind: 'message', text: 'kept' },
      code: 'left',
      attempts: 0,
      state: 'resend',
    },
  ]);
  meta.close();
  const [sent, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<boolean>()];
  let isSent = false;
  const losesAnswer = (path: string): boolean | Promise<boolean> => {
    if (isSent || !path.startsWith('/api/entries/')) return false;
    isSent = true;
    sent.resolve();
    return answered.promise;
  };
  const hers = await device(anna, { ...throughProxy(), namespace, losesAnswer });
  expect(hers.replica.waiting.get()).toBe(1);
  await sent.promise;
  proxy.reset();
  await holds(hers.replica.connection, ({ kind }) => kind !== 'online');
  await online(hers.replica);
  answered.resolve(true);
  await holds(hers.replica.waiting, (waiting) => waiting === 0);
  const his = await device(ben);
  await shows(await his.replica.openChat(chat), ['kept']);
});
