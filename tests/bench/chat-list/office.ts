/** A real installation with a person who has 1,000 chats, and a browser profile of theirs that has caught up with all of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright';
import { encodeChatEntry } from '../../../crdt/model/chat/entry.ts';
import { encodeAppend, logRoot } from '../../../crdt/model/log/append.ts';
import { encodeSet } from '../../../crdt/model/log/set-entry.ts';
import { stampAt } from '../../../crdt/model/log/stamp.ts';
import { makeWriter, type Account } from '../../../crdt/model/log/writer.ts';
import { readKey } from '../../../crdt/model/me/me-entries.ts';
import {
  chatDocument,
  companyDocument,
  inboxDocument,
  internalChatId,
  meDocument,
  privateChatId,
  type DocumentName,
} from '../../../crdt/model/protocol/document-name.ts';
import { launchOptions } from '../../support/chromium.ts';
import type { Corpus } from '../../support/corpus.ts';
import { openInstallation, type SignedInPerson } from '../../support/installation.ts';
import type { Random } from '../../support/random.ts';
import { UNHURRIED } from '../../support/tuned-server.ts';

export interface OfficeOptions {
  readonly people: number;
  readonly chats: number;
  readonly messages: number;
  /** So many of the chats are unread. */
  readonly unread: number;
  readonly appDir: string;
  readonly corpus: Corpus;
  readonly random: Random;
}

export interface Office {
  readonly url: string;
  readonly person: SignedInPerson;
  readonly context: BrowserContext;
  /** What a device that opens everything has: all documents of the person, each as one update. */
  documents(): Promise<ReadonlyMap<DocumentName, Uint8Array>>;
  /** A fresh page with a slower processor, offline or not; closed afterwards. */
  onPage<T>(slower: number, offline: boolean, work: (page: Page, devtools: CDPSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const CAUGHT_UP_WITHIN_MS = 300_000;

export async function openBenchOffice(options: OfficeOptions): Promise<Office> {
  const { people, chats, messages, unread, corpus, random, appDir } = options;
  const installation = await openInstallation({ limits: UNHURRIED, environment: { APP_DIR: appDir } });
  const { server, administrator: person } = installation;
  const colleagues: Account[] = [];
  server.directory.change(() => {
    for (let index = 0; index < people; index += 1) {
      const { first, last } = corpus.person();
      const profile = { first, last, city: 'Köln', visible: true };
      const added = { user: `colleague-${index}`, company: person.company, profile, admin: false, joined: 0 };
      colleagues.push(server.directory.addPerson(added).account);
    }
  });
  const contacts = random.shuffle(colleagues).slice(0, chats);
  const endMs = Date.now();
  await Promise.all(
    contacts.map(async (colleague, index) => {
      const chat = privateChatId(person.account, colleague);
      const writer = makeWriter(colleague, random.uint32());
      const entries = Array.from({ length: messages }, (_, at) => {
        const stamp = stampAt(endMs - (index * messages + (messages - at)) * 60_000);
        return encodeChatEntry({ kind: 'message', stamp, text: corpus.message(), first: undefined });
      });
      const result = await server.store.append({
        document: chatDocument(chat),
        stream: chat,
        runs: [{ writer, from: 0, to: messages }],
        update: encodeAppend(logRoot(writer), writer, 0, entries),
        erase: [],
      });
      if (result.kind !== 'stored') throw new Error(`append: ${result.kind}`);
    }),
  );
  server.directory.change(() => {
    for (const colleague of contacts) {
      server.directory.startPrivateChat(privateChatId(person.account, colleague), [person.account, colleague]);
    }
  });
  // Most of it was read long ago, on another device.
  const reader = makeWriter(person.account, random.uint32());
  const read = contacts
    .slice(unread)
    .map((colleague) => encodeSet(stampAt(endMs), readKey(privateChatId(person.account, colleague)), messages));
  await server.store.append({
    document: meDocument(person.account),
    stream: meDocument(person.account),
    runs: [{ writer: reader, from: 0, to: read.length }],
    update: encodeAppend(logRoot(reader), reader, 0, read),
    erase: [],
  });
  await server.projected();

  const folder = await mkdtemp(join(tmpdir(), 'hausfunk-bench-'));
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOptions(),
    locale: 'de-DE',
    viewport: { width: 390, height: 844 },
  });
  await context.addCookies(
    person.cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: installation.url };
    }),
  );
  const page = await context.newPage();
  await page.goto(installation.url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(
    ([rows, total]) =>
      document.title.startsWith(`(${total})`) &&
      document.querySelector('.chat-list [role=listitem]')?.getAttribute('aria-setsize') === String(rows),
    [chats + 1, unread * messages] as const,
    { timeout: CAUGHT_UP_WITHIN_MS },
  );
  await page.evaluate(keptAll, [chats, CAUGHT_UP_WITHIN_MS] as const);
  await page.close();

  return {
    url: installation.url,
    person,
    context,
    async documents() {
      const names = [
        companyDocument(person.company),
        inboxDocument(person.account),
        meDocument(person.account),
        chatDocument(internalChatId(person.company)),
        ...contacts.map((colleague) => chatDocument(privateChatId(person.account, colleague))),
      ];
      const found = new Map<DocumentName, Uint8Array>();
      for (const name of names) {
        const doc = new Y.Doc();
        for (const update of (await server.store.load(name)).updates) Y.applyUpdate(doc, update);
        found.set(name, Y.encodeStateAsUpdate(doc));
        doc.destroy();
      }
      return found;
    },
    async onPage(slower, offline, work) {
      const fresh = await context.newPage();
      try {
        await context.setOffline(offline);
        const devtools = await context.newCDPSession(fresh);
        await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
        return await work(fresh, devtools);
      } finally {
        await fresh.close();
        await context.setOffline(false);
      }
    },
    async close() {
      await context.close();
      await installation.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Runs in the page: resolves when this device has caught up, holds every chat, and has kept what it makes of them for the next start.
 * The list says less: the newest chats come first.
 */
async function keptAll([chats, withinMs]: readonly [number, number]): Promise<void> {
  const untilMs = performance.now() + withinMs;
  const name = (await indexedDB.databases()).find((one) => one.name?.endsWith('/meta') === true)?.name;
  if (name === undefined) throw new Error('no meta database');
  const asked = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('request failed')));
    });
  const database = await asked(indexedDB.open(name));
  for (;;) {
    const stores = database.transaction(['state', 'digests', 'facts']);
    const [point, digests, facts] = await Promise.all([
      asked(stores.objectStore('state').get('catch-up')),
      asked(stores.objectStore('digests').count()),
      asked(stores.objectStore('facts').count()),
    ]);
    if (point !== undefined && digests >= chats && facts > 0) break;
    if (performance.now() > untilMs) throw new Error(`caught up with ${digests} of ${chats} chats only`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  database.close();
}
