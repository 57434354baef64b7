import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeSet } from '../../crdt/model/log/set-entry.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { readKey, settingKey } from '../../crdt/model/me/me-entries.ts';
import {
  chatDocument,
  inboxDocument,
  internalChatId,
  meDocument,
  privateChatId,
  type ChatId,
} from '../../crdt/model/protocol/document-name.ts';
import { encodeStateless, type FromServer } from '../../crdt/model/protocol/stateless.ts';
import {
  createDataDir,
  openInstallation,
  removeDataDir,
  request,
  setUp,
  addPerson,
  startServerProcess,
  type Installation,
  type Reachable,
  type SignedInPerson,
} from '../support/installation.ts';
import { message, SyncSocket, type SyncedDocument } from '../support/sync-client.ts';

type Receipts = Extract<FromServer, { kind: 'receipts' }>;

/** One device of a person, with inbox and `me` open as every device has them. */
class Device {
  readonly socket: SyncSocket;
  readonly inbox: SyncedDocument;
  readonly me: SyncedDocument;
  readonly person: SignedInPerson;

  constructor(at: Reachable, person: SignedInPerson) {
    this.person = person;
    this.socket = new SyncSocket(at, person);
    this.inbox = this.socket.open(inboxDocument(person.account));
    this.me = this.socket.open(meDocument(person.account));
  }

  async opened(): Promise<this> {
    await Promise.all([this.inbox.message('welcome'), this.me.synced()]);
    return this;
  }

  async open(chat: ChatId): Promise<SyncedDocument> {
    const document = this.socket.open(chatDocument(chat));
    await document.synced();
    return document;
  }

  /** Writes messages and returns the arrival number of the last. */
  async write(chat: ChatId, ...texts: string[]): Promise<number> {
    const document = await this.open(chat);
    const clock = document.append(...texts.map((text) => message(text)));
    return (await document.arrival(document.writer, clock + texts.length - 1)).number;
  }

  tellDelivered(...chats: [ChatId, number][]): void {
    this.inbox.provider.sendStateless(encodeStateless({ kind: 'delivered', chats }));
  }

  async read(chat: ChatId, number: number): Promise<void> {
    await this.#set(readKey(chat), number);
  }

  async showRead(isOn: boolean): Promise<void> {
    await this.#set(settingKey('read-receipts'), isOn);
  }

  async #set(key: string, value: number | boolean): Promise<void> {
    const clock = this.me.append(encodeSet(stampAt(Date.now()), key, value));
    await this.me.arrival(this.me.writer, clock);
  }

  close(): void {
    this.socket.close();
  }
}

/** The latest receipts say this of somebody. */
const isTold = (document: SyncedDocument, of: SignedInPerson, delivered: number, read: number): Promise<true> =>
  document.eventually(`${of.account} at ${delivered}, ${read}`, () => {
    const latest = receiptsIn(document)
      .at(-1)
      ?.people.find(([account]) => account === of.account);
    return latest?.[1] === delivered && latest[2] === read ? true : undefined;
  });

const receiptsIn = (document: SyncedDocument): Receipts[] =>
  document.messages.filter((one): one is Receipts => one.kind === 'receipts');

describe('how far the others have got', () => {
  let at: Installation;
  let anna: SignedInPerson;
  let ben: SignedInPerson;
  let carla: SignedInPerson;
  let chat: ChatId;
  const devices: Device[] = [];

  const device = (person: SignedInPerson): Promise<Device> => {
    const opened = new Device(at, person);
    devices.push(opened);
    return opened.opened();
  };

  beforeAll(async () => {
    at = await openInstallation();
    anna = at.administrator;
    ben = await at.addPerson({ first: 'Ben' });
    carla = await at.addPerson({ first: 'Carla' });
    chat = privateChatId(anna.account, ben.account);
  });
  afterAll(async () => {
    for (const one of devices) one.close();
    await at.close();
  });

  test('[SV100] [SV101] what a device has stored and a person has read is told to the others who have the chat open', async () => {
    const annas = await device(anna);
    const bens = await device(ben);
    const number = await annas.write(chat, 'one', 'two');
    const writing = await annas.open(chat);
    expect(await writing.message('receipts')).toEqual({ kind: 'receipts', people: [[ben.account, 0, 0]] });
    bens.tellDelivered([chat, number - 1]);
    await isTold(writing, ben, number - 1, 0);
    bens.tellDelivered([chat, number]);
    await isTold(writing, ben, number, 0);
    await bens.read(chat, number);
    await isTold(writing, ben, number, number);
  });

  test('[SV101] who opens the chat later is told at once, and only of the others', async () => {
    const reading = await (await device(ben)).open(chat);
    const { people } = await reading.message('receipts');
    expect(people.map(([account]) => account)).toEqual([anna.account]);
  });

  test('[SV100] positions only grow, whatever order the reports of several devices come in', async () => {
    const annas = await device(anna);
    const [phone, desk] = [await device(ben), await device(ben)];
    const number = await annas.write(chat, 'three');
    const writing = await annas.open(chat);
    phone.tellDelivered([chat, number]);
    await isTold(writing, ben, number, number - 1);
    desk.tellDelivered([chat, 1]);
    await desk.read(chat, 1);
    await phone.read(chat, number);
    await isTold(writing, ben, number, number);
    expect(receiptsIn(writing).every(({ people }) => people.every(([, delivered, read]) => delivered >= read))).toBe(
      true,
    );
  });

  test('[SV100] numbers beyond the end of the chat are bounded by it', async () => {
    const annas = await device(anna);
    const bens = await device(ben);
    const last = await annas.write(chat, 'the last one for now');
    const writing = await annas.open(chat);
    bens.tellDelivered([chat, Number.MAX_SAFE_INTEGER]);
    await bens.read(chat, Number.MAX_SAFE_INTEGER);
    await isTold(writing, ben, last, last);
    await annas.write(chat, 'not read by anybody yet');
    const carlas = await device(carla);
    const witness = privateChatId(anna.account, carla.account);
    const told = await annas.write(witness, 'a later report has been dealt with');
    const watching = await annas.open(witness);
    carlas.tellDelivered([witness, told]);
    await isTold(watching, carla, told, 0);
    await isTold(await annas.open(chat), ben, last, last);
  });

  test('[SV100] nobody gets anywhere in a chat that they are not in', async () => {
    const annas = await device(anna);
    const carlas = await device(carla);
    const number = await annas.write(chat, 'none of Carla’s business');
    const foreign = internalChatId(4_711 as typeof anna.company);
    carlas.tellDelivered([chat, number], [foreign, 1], [internalChatId(carla.company), 0]);
    await carlas.read(chat, number);
    const witness = privateChatId(anna.account, carla.account);
    const told = await annas.write(witness, 'sent behind it');
    const watching = await annas.open(witness);
    carlas.tellDelivered([witness, told]);
    await isTold(watching, carla, told, 0);
    const writing = await annas.open(chat);
    const { people } = await writing.message('receipts');
    expect(people.map(([account]) => account)).toEqual([ben.account]);
  });

  test('[SV100] only the inbox takes reports', async () => {
    const annas = await device(anna);
    const bens = await device(ben);
    const number = await annas.write(chat, 'told in the wrong place');
    const writing = await annas.open(chat);
    const wrong = await bens.open(chat);
    wrong.provider.sendStateless(encodeStateless({ kind: 'delivered', chats: [[chat, number]] }));
    bens.inbox.provider.sendStateless(encodeStateless({ kind: 'time', sentAtMs: 1 }));
    await bens.inbox.message('time');
    await bens.read(chat, number - 1);
    await isTold(writing, ben, number - 1, number - 1);
  });

  test('[SV102] who switches read receipts off tells only what is delivered, and is told only that; until switched on again', async () => {
    const annas = await device(anna);
    const bens = await device(ben);
    const number = await annas.write(chat, 'read silently');
    const [writing, reading] = [await annas.open(chat), await bens.open(chat)];
    await annas.read(chat, number);
    await isTold(reading, anna, number, number);
    await bens.showRead(false);
    await isTold(reading, anna, number, 0);
    bens.tellDelivered([chat, number]);
    await bens.read(chat, number);
    await isTold(writing, ben, number, 0);
    await bens.showRead(true);
    await isTold(writing, ben, number, number);
    await isTold(reading, anna, number, number);
  });

  test('[SV104] a flood of reports costs others nothing and ends in the greatest', async () => {
    const annas = await device(anna);
    const bens = await device(ben);
    const number = await annas.write(chat, ...Array.from({ length: 50 }, (_, index) => `flood ${index}`));
    const writing = await annas.open(chat);
    await writing.message('receipts');
    const before = receiptsIn(writing).length;
    bens.tellDelivered([chat, number]);
    for (let told = 0; told < 2_000; told += 1) bens.tellDelivered([chat, told % number]);
    await isTold(writing, ben, number, number - 50);
    bens.inbox.provider.sendStateless('{"kind":"delivered","chats":[["i-1",-1]]}');
    bens.inbox.provider.sendStateless('{"kind":"delivered","chats":"all"}');
    await annas.write(chat, 'still standing');
    expect(receiptsIn(writing).length - before).toBeLessThan(20);
  });

  test('[SV105] after a restart everything is known that was told', async () => {
    for (const one of devices.splice(0)) one.close();
    const before = await device(ben);
    const annas = await device(anna);
    const number = await annas.write(chat, 'before the restart');
    await before.read(chat, number);
    const writing = await annas.open(chat);
    await isTold(writing, ben, number, number);
    for (const one of devices.splice(0)) one.close();
    await at.restart();
    await isTold(await (await device(anna)).open(chat), ben, number, number);
  });

  test('[SV57] a deactivated person is told nothing any more, and is not counted in the company’s chat', async () => {
    const all = internalChatId(anna.company);
    const annas = await device(anna);
    const carlas = await device(carla);
    const number = await annas.write(all, 'to everybody');
    const [writing, reading] = [await annas.open(all), await carlas.open(all)];
    await isTold(writing, carla, 0, 0);
    const rights = { admin: false, active: false };
    const path = `/api/people/${carla.account}/rights`;
    expect((await request(at, path, { method: 'PUT', cookie: anna.cookie, json: rights })).status).toBe(200);
    await reading.closing();
    const told = receiptsIn(reading).length;
    await annas.read(all, number);
    await (await device(ben)).read(all, number);
    await isTold(writing, ben, number, number);
    expect(
      receiptsIn(writing)
        .at(-1)
        ?.people.map(([account]) => account),
    ).toEqual([ben.account]);
    expect(receiptsIn(reading)).toHaveLength(told);
  });

  test('[SV101] a colleague who joins is told of at once, before anybody has got any further', async () => {
    const all = internalChatId(anna.company);
    const annas = await device(anna);
    const number = await annas.write(all, 'before Dora comes');
    const writing = await annas.open(all);
    await writing.message('receipts');
    const dora = await at.addPerson({ first: 'Dora' });
    await isTold(writing, dora, number, number);
  });
});

test(
  '[SV105] after a kill, and without the file of positions, read markers are mirrored from the me documents',
  { timeout: 60_000 },
  async () => {
    const dataDir = await createDataDir();
    let server = await startServerProcess({ dataDir });
    const anna = await setUp(server, server.setupCode ?? '');
    const ben = await addPerson(server, anna);
    const chat = privateChatId(anna.account, ben.account);
    const annas = await new Device(server, anna).opened();
    const bens = await new Device(server, ben).opened();
    const number = await annas.write(chat, 'one');
    await bens.read(chat, number);
    await annas.showRead(true);
    annas.close();
    bens.close();
    await server.end('SIGKILL');
    for (const suffix of ['', '-wal', '-shm']) await removeDataDir(`${dataDir}/activity.db${suffix}`);
    server = await server.startAgain();
    const again = await new Device(server, anna).opened();
    try {
      await isTold(await again.open(chat), ben, number, number);
    } finally {
      again.close();
      await server.end('SIGTERM');
      await removeDataDir(dataDir);
    }
  },
);
