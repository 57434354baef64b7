/** The page of open-chat and history: fills IndexedDB, opens the chat by the product's own code and by the peer, and measures. */
import { openDB } from 'idb';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { stampMs } from '../../../crdt/model/log/stamp.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import type { ChatId, CompanyId, DocumentName } from '../../../crdt/model/protocol/document-name.ts';
import type { ChatView, Replica } from '../../../crdt/replica/contract.ts';
import { documentDatabaseName, metaDatabaseName } from '../../../crdt/replica/documents/device.ts';
import { openReplica } from '../../../crdt/replica/replica.ts';
import { MetaDatabase } from '../../../crdt/replica/storage/meta-database.ts';
import { startBlockMeter, type BlockMeter } from './blocks.ts';
import { readPeer } from './peer.ts';

export interface Person {
  readonly namespace: string;
  readonly account: number;
  readonly company: number;
  readonly chat: string;
}

export interface Opening {
  /** From the wish to see the chat to the messages in hand. */
  readonly openMs: number;
  /** Before that, once per start of the app: from nothing to the open replica. The peer has nothing of the kind. */
  readonly readyMs: number;
  /** 0 when it was not metered. */
  readonly longestBlockMs: number;
  /** Messages in hand from `sinceMs` on; those before it don't count. */
  readonly messages: number;
  readonly lastText: string;
}

/** The meter's turns cost time of their own, so what is timed is not metered. */
const NO_METER: BlockMeter = { stop: () => 0 };

const SETTLE_MS = 400;

/** Nothing listens there: the device is offline. */
const NO_SERVER = 'http://127.0.0.1:1';

async function putRow(database: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const db = await openDB(database, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('updates', { autoIncrement: true });
      fresh.createObjectStore('custom');
    },
  });
  await db.add('updates', bytes);
  db.close();
}

async function download(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}

/** Puts a document's bytes where the replica keeps it, as one row: what its trim leaves. */
async function fillDocument(namespace: string, document: string, path: string): Promise<void> {
  await putRow(documentDatabaseName(namespace, document as DocumentName, 1), await download(path));
}

/** What the device knows of the server's documents; number and sequence may be the same here. */
async function fillHeads(
  namespace: string,
  heads: readonly (readonly [document: string, number: number])[],
): Promise<void> {
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  const outcome = await meta.putHeads(
    heads.map(([document, number]) => [document as DocumentName, { number, sequence: number }] as const),
  );
  if (outcome.kind !== 'stored') throw new Error(outcome.kind);
  meta.close();
}

const fillPeer = async (database: string, path: string): Promise<void> => putRow(database, await download(path));

const open = ({ namespace, account, company }: Person): Promise<Replica> =>
  openReplica({
    origin: NO_SERVER,
    account: account as Account,
    company: company as CompanyId,
    namespace,
    nowMs: () => Date.now(),
    random32: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    fetch: (input, init) => fetch(input, init),
    WebSocket,
  });

const oldestMs = (view: ChatView): number => {
  const oldest = view.messages.get()[0];
  return oldest === undefined ? 0 : stampMs(oldest.stamp);
};

/** A page that has just been made still has the browser's own work to do. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

/** Opens the chat from local data alone, to the messages since `sinceMs`; the replica runs already, as in the app. */
async function openOwn(
  person: Person,
  sinceMs: number,
  metered: boolean,
): Promise<Opening & { append: () => Promise<number> }> {
  await settle();
  const beganMs = performance.now();
  const replica = await open(person);
  const readyMs = performance.now() - beganMs;
  await settle();
  const meter = metered ? startBlockMeter() : NO_METER;
  const startedMs = performance.now();
  const view = await replica.openChat(person.chat as ChatId);
  while (view.hasEarlier.get() && oldestMs(view) >= sinceMs) await view.loadEarlier();
  const messages = view.messages.get().filter((message) => stampMs(message.stamp) >= sinceMs);
  const openMs = performance.now() - startedMs;
  return {
    openMs,
    readyMs,
    longestBlockMs: meter.stop(),
    messages: messages.length,
    lastText: messages.at(-1)?.text ?? '',
    async append() {
      const beforeMs = performance.now();
      const outcome = await view.append({ kind: 'message', text: 'One more.' });
      if (outcome.kind !== 'waiting') throw new Error(`append: ${outcome.kind}`);
      return performance.now() - beforeMs;
    },
  };
}

async function openPeer(database: string, sinceMs: number, metered: boolean): Promise<Opening> {
  await settle();
  const meter = metered ? startBlockMeter() : NO_METER;
  const startedMs = performance.now();
  const doc = new Y.Doc();
  await new IndexeddbPersistence(database, doc).whenSynced;
  const messages = readPeer(doc, sinceMs);
  const openMs = performance.now() - startedMs;
  return {
    openMs,
    readyMs: 0,
    longestBlockMs: meter.stop(),
    messages: messages.length,
    lastText: messages.at(-1)?.text ?? '',
  };
}

declare global {
  /** Set by this module. */
  var openChatPage: {
    readonly fillDocument: typeof fillDocument;
    readonly fillHeads: typeof fillHeads;
    readonly fillPeer: typeof fillPeer;
    readonly openOwn: typeof openOwn;
    readonly openPeer: typeof openPeer;
  };
}
globalThis.openChatPage = { fillDocument, fillHeads, fillPeer, openOwn, openPeer };
