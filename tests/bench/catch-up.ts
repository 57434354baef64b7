/**
 * Bytes on the line, both ways, HTTP and WebSocket with all headers, when a device comes back that has 1,000 chats of which 10 have
 * changed: the product's replica against opening all of them.
 */
import * as Y from 'yjs';
import { encodeChatEntry } from '../../crdt/model/chat/entry.ts';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { makeWriter, type Account } from '../../crdt/model/log/writer.ts';
import { chatDocument, privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { createCorpus } from '../support/corpus.ts';
import { until } from '../support/device.ts';
import { printTable } from '../support/figures.ts';
import { openInstallation } from '../support/installation.ts';
import type { Measurement } from '../support/measurement.ts';
import { seededRandom } from '../support/random.ts';
import { openNodeDevice, type NodeDevice } from '../support/replica-client.ts';
import { openTcpProxy } from '../support/tcp-proxy.ts';
import { UNHURRIED } from '../support/tuned-server.ts';
import { openAll } from './catch-up/open-all.ts';

const CHATS = 1_000;
const MESSAGES = 20;
const CHANGED = 10;
/** The bound of the performance budget. */
const LESS = 20;
const PATIENCE_MS = 60_000;
/** Devices come through proxies; what a browser sends as Origin stays the same. */
const OPTIONS = { limits: UNHURRIED, environment: { PUBLIC_URL: 'http://office.example.test' } };

export async function bench(): Promise<Measurement> {
  const random = seededRandom(1_000);
  const corpus = createCorpus(random.fork('texts'));
  const installation = await openInstallation(OPTIONS);
  const { server, administrator: person } = installation;
  try {
    const colleagues: Account[] = [];
    server.directory.change(() => {
      for (let index = 0; index < CHATS; index += 1) {
        const { first, last } = corpus.person();
        const added = server.directory.addPerson({
          user: `colleague-${index}`,
          company: person.company,
          profile: { first, last, visible: true },
          admin: false,
          joined: 0,
        });
        colleagues.push(added.account);
      }
    });
    const write = async (colleague: Account, chat: ChatId, messages: number): Promise<void> => {
      const writer = makeWriter(colleague, random.uint32());
      const entries = Array.from({ length: messages }, () =>
        encodeChatEntry({ kind: 'message', stamp: stampAt(Date.now()), text: corpus.message(), first: undefined }),
      );
      const result = await installation.server.store.append({
        document: chatDocument(chat),
        stream: chat,
        runs: [{ writer, from: 0, to: messages }],
        update: encodeAppend(logRoot(writer), writer, 0, entries),
        erase: [],
      });
      if (result.kind !== 'stored') throw new Error(`append: ${result.kind}`);
    };
    const chats = colleagues.map((colleague) => ({ colleague, chat: privateChatId(person.account, colleague) }));
    await Promise.all(chats.map(({ colleague, chat }) => write(colleague, chat, MESSAGES)));
    server.directory.change(() => {
      for (const { colleague, chat } of chats) server.directory.startPrivateChat(chat, [person.account, colleague]);
    });
    await server.projected();

    const open = (port: number): Promise<NodeDevice> =>
      openNodeDevice({
        origin: `http://127.0.0.1:${port}`,
        publicOrigin: installation.publicUrl,
        cookie: person.cookie,
        account: person.account,
        company: person.company,
        namespace: 'catch-up',
        random,
        skewMs: 0,
        timings: {},
      });
    const hasUnread = async (device: NodeDevice, count: number): Promise<void> => {
      const { unreadByChat } = device.replica;
      const sum = (): number => [...unreadByChat.get().values()].reduce((total, number) => total + number, 0);
      if (!(await until([unreadByChat], () => sum() >= count, PATIENCE_MS))) {
        throw new Error(`${sum()} messages came instead of ${count}`);
      }
    };

    // The device has everything, and goes away.
    const before = await open(installation.server.port);
    await hasUnread(before, CHATS * MESSAGES);
    await before.stop();
    const documents = new Map<string, Y.Doc>();
    for (const { chat } of chats) {
      const doc = new Y.Doc();
      for (const update of (await server.store.load(chatDocument(chat))).updates) Y.applyUpdate(doc, update);
      documents.set(chatDocument(chat), doc);
    }
    // What nobody has open leaves the server's memory, so that what is written to the store below is what it will load.
    await installation.restart();
    const changed = random.shuffle(chats).slice(0, CHANGED);
    for (const { colleague, chat } of changed) await write(colleague, chat, 1);

    const ownLine = await openTcpProxy({ targetPort: installation.server.port, random: random.unit });
    const startedMs = performance.now();
    const again = await open(ownLine.port);
    await hasUnread(again, CHATS * MESSAGES + CHANGED);
    await again.stop();
    const ownMs = performance.now() - startedMs;
    const own = ownLine.traffic();
    await ownLine.close();

    const allLine = await openTcpProxy({ targetPort: installation.server.port, random: random.unit });
    const allStartedMs = performance.now();
    await openAll({
      port: allLine.port,
      headers: { cookie: person.cookie, origin: installation.publicUrl },
      documents,
    });
    const allMs = performance.now() - allStartedMs;
    const all = allLine.traffic();
    await allLine.close();

    const ownBytes = own.upBytes + own.downBytes;
    const allBytes = all.upBytes + all.downBytes;
    printTable(`catch-up: ${CHATS} chats, ${CHANGED} changed`, [
      ['way', 'bytes up', 'bytes down', 'both', 'ms'],
      ['Hausfunk', own.upBytes, own.downBytes, ownBytes, ownMs],
      ['opening all', all.upBytes, all.downBytes, allBytes, allMs],
      ['ratio', all.upBytes / own.upBytes, all.downBytes / own.downBytes, allBytes / ownBytes, allMs / ownMs],
    ]);
    return {
      name: 'catch-up',
      pass: allBytes >= LESS * ownBytes,
      figures: { ownBytes, allBytes, less: allBytes / ownBytes, ownMs, allMs },
    };
  } finally {
    await installation.close();
  }
}
