/** What every adapter of the log store must do; each adapter's tests run it with real storage. */
import * as Y from 'yjs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ArrivalReader } from '../../crdt/model/chat/arrivals.ts';
import { FACTS_ROOT, logRoot } from '../../crdt/model/log/append.ts';
import { encodeSet } from '../../crdt/model/log/set-entry.ts';
import { ServerLogReader } from '../../crdt/model/log/server-log.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import {
  chatDocument,
  inboxDocument,
  internalChatId,
  meDocument,
  type CompanyId,
} from '../../crdt/model/protocol/document-name.ts';
import { messages, writerOf } from './append-builder.ts';
import type { AppendResult, LogStore } from './log-store.ts';

/** Storage of one test; it outlives the stores opened on it. */
export interface LogStorage {
  /** Opens the log, again after a close. `maxBytes` leaves no room for more. */
  open(maxBytes?: number): Promise<LogStore>;
  remove(): Promise<void>;
}

export const CHAT = internalChatId(1 as CompanyId);
export const PAGE = chatDocument(CHAT);
export const SECOND_PAGE = chatDocument(CHAT, 2);
const INBOX = inboxDocument(5 as Account);
const ANNA = writerOf(5);
const BEN = writerOf(6);

export function storedBy(result: AppendResult): Extract<AppendResult, { kind: 'stored' }> {
  if (result.kind !== 'stored') throw new Error(`not stored: ${JSON.stringify(result)}`);
  return result;
}

export async function docOf(store: LogStore, document = PAGE): Promise<Y.Doc> {
  const doc = new Y.Doc();
  for (const update of (await store.load(document)).updates) Y.applyUpdate(doc, update);
  return doc;
}

export const textsOf = (doc: Y.Doc, writer = ANNA): unknown[] =>
  doc.getArray<unknown>(logRoot(writer)).map((entry): unknown => (Array.isArray(entry) ? entry[2] : entry));

export function logStoreContract(name: string, createStorage: () => Promise<LogStorage>): void {
  const storage = async (): Promise<LogStorage> => {
    const created = await createStorage();
    onTestFinished(() => created.remove());
    return created;
  };
  const open = async (): Promise<LogStore> => {
    const store = await (await storage()).open();
    onTestFinished(() => store.close());
    return store;
  };

  describe(`log store: ${name}`, () => {
    test('[SV1] an unknown document is empty, and at sequence 0', async () => {
      const store = await open();
      expect(await store.load(PAGE)).toEqual({ updates: [], clocks: new Map() });
      expect(await store.sequence()).toBe(0);
      expect(await store.heads({ documents: [PAGE], streams: [CHAT], since: 0 })).toEqual([]);
    });

    test('[SV1] what was stored is there after closing and opening again', async () => {
      const stored = await storage();
      const first = await stored.open();
      storedBy(await first.append(messages(PAGE, ANNA, 0, ['one', 'two'])));
      const epoch = await first.epoch();
      await first.close();
      const second = await stored.open();
      onTestFinished(() => second.close());
      expect(textsOf(await docOf(second))).toEqual(['one', 'two']);
      expect((await second.load(PAGE)).clocks).toEqual(new Map([[ANNA, 2]]));
      expect(await second.epoch()).toBe(epoch);
      expect(await second.restores()).toBe(0);
      const next = storedBy(await second.append(messages(PAGE, ANNA, 2, ['three'])));
      expect(next.arrivals[0]?.number).toBe(3);
      expect(textsOf(await docOf(second))).toEqual(['one', 'two', 'three']);
    });

    test('[SV2] the updates of the result are what loading gives, entries and arrivals together', async () => {
      const store = await open();
      const result = storedBy(await store.append(messages(PAGE, ANNA, 0, ['one'])));
      expect((await store.load(PAGE)).updates.map((update) => [...update])).toEqual(
        result.updates.map((update) => [...update]),
      );
      const arrivals = new ArrivalReader(await docOf(store));
      arrivals.read();
      expect(arrivals.at(ANNA, 0)).toEqual({ number: 1, timeMs: result.arrivals[0]?.timeMs });
    });

    test('[SV3] a run that does not start at the stored next clock stores nothing of its append', async () => {
      const store = await open();
      const good = messages(PAGE, ANNA, 0, ['one']);
      const gap = messages(PAGE, BEN, 4, ['later']);
      expect(await store.append({ ...good, runs: [...good.runs, ...gap.runs] })).toEqual({
        kind: 'clock',
        writer: BEN,
        next: 0,
      });
      storedBy(await store.append(good));
      expect(await store.append(good)).toEqual({ kind: 'clock', writer: ANNA, next: 1 });
      expect(textsOf(await docOf(store))).toEqual(['one']);
    });

    test('[SV3] appends go in call order, and a misplaced one among them leaves the others alone', async () => {
      const store = await open();
      const kinds = await Promise.all([
        store.append(messages(PAGE, ANNA, 0, ['one'])),
        store.append(messages(PAGE, ANNA, 2, ['three'])),
        store.append(messages(PAGE, ANNA, 1, ['two'])),
        store.append(messages(PAGE, BEN, 0, ['hello'])),
        store.append(messages(PAGE, ANNA, 2, ['three'])),
      ]);
      expect(kinds.map(({ kind }) => kind)).toEqual(['stored', 'clock', 'stored', 'stored', 'stored']);
      expect(textsOf(await docOf(store))).toEqual(['one', 'two', 'three']);
    });

    test('[SV4] arrival numbers count the entries of all pages of a chat, in commit order', async () => {
      const store = await open();
      const appends = await Promise.all([
        store.append(messages(PAGE, ANNA, 0, ['one', 'two', 'three'])),
        store.append(messages(SECOND_PAGE, BEN, 0, ['four'])),
        store.append(messages(PAGE, BEN, 0, ['five', 'six'])),
      ]);
      expect(appends.map((result) => storedBy(result).arrivals[0]?.number)).toEqual([3, 4, 6]);
      const arrivals = new ArrivalReader(await docOf(store, PAGE));
      arrivals.read();
      expect([0, 1].map((clock) => arrivals.at(BEN, clock)?.number)).toEqual([5, 6]);
      expect(arrivals.head).toBe(6);
    });

    test('[SV5] each kind of document counts by itself', async () => {
      const store = await open();
      const me = meDocument(5 as Account);
      storedBy(await store.append(messages(PAGE, ANNA, 0, ['one', 'two'])));
      expect(storedBy(await store.append(messages(me, ANNA, 0, ['mine']))).arrivals[0]?.number).toBe(1);
    });

    test('[SV6] facts follow a header, and go on where the last ones ended', async () => {
      const store = await open();
      const fact = (value: number) => encodeSet(stampAt(1_790_000_000_000 + value), 'pages', value);
      await store.write({ document: INBOX, facts: [fact(1)], erase: [] });
      const second = await store.write({ document: INBOX, facts: [fact(2), fact(3)], erase: [] });
      expect(second.kind).toBe('stored');
      const { items } = new ServerLogReader(await docOf(store, INBOX), FACTS_ROOT).read();
      expect(items.map((item) => (item.kind === 'entry' ? item.tuple : item.header.previous))).toEqual([
        undefined,
        fact(1),
        fact(2),
        fact(3),
      ]);
      expect((await store.load(INBOX)).clocks).toEqual(new Map());
    });

    test('[SV7] erased entries are gone from the document and keep their clocks and numbers', async () => {
      const store = await open();
      storedBy(await store.append(messages(PAGE, ANNA, 0, ['one', 'two', 'three'])));
      const erase = [{ writer: ANNA, from: 1, to: 2 }];
      const result = storedBy(await store.append(messages(PAGE, BEN, 0, ['take two back'], erase)));
      expect(result.updates).toHaveLength(3);
      expect(textsOf(await docOf(store))).toEqual(['one', 'three']);
      expect(storedBy(await store.append(messages(PAGE, ANNA, 3, ['four']))).arrivals[0]?.number).toBe(5);
      expect(textsOf(await docOf(store))).toEqual(['one', 'three', 'four']);
    });

    test('[SV7] an entry can be erased by the append that brings it, and ranges may overlap', async () => {
      const store = await open();
      const erase = [
        { writer: ANNA, from: 0, to: 1 },
        { writer: ANNA, from: 0, to: 2 },
        { writer: BEN, from: 0, to: 9 },
      ];
      storedBy(await store.append(messages(PAGE, ANNA, 0, ['one', 'two', 'three'], erase)));
      const doc = await docOf(store);
      expect(textsOf(doc)).toEqual(['three']);
      expect(doc.store.pendingDs).toBeNull();
    });

    test('[SV8] compaction changes no document, no head and no clock', async () => {
      const store = await open();
      for (let clock = 0; clock < 20; clock += 1) {
        storedBy(await store.append(messages(PAGE, ANNA, clock, [`text ${clock}`])));
      }
      await store.write({ document: PAGE, facts: [], erase: [{ writer: ANNA, from: 3, to: 5 }] });
      const heads = await store.heads({ documents: [PAGE], streams: [], since: 0 });
      const before = await docOf(store);
      expect(await store.compactable(10)).toEqual([PAGE]);
      expect(await store.compact(PAGE)).toBe(20);
      expect(await store.compactable(10)).toEqual([]);
      expect(await store.compact(PAGE)).toBe(0);
      const loaded = await store.load(PAGE);
      expect(loaded.updates).toHaveLength(1);
      expect(loaded.clocks).toEqual(new Map([[ANNA, 20]]));
      const after = await docOf(store);
      expect(Y.encodeStateAsUpdate(after)).toEqual(Y.encodeStateAsUpdate(before));
      expect(textsOf(after)).toHaveLength(18);
      expect(await store.heads({ documents: [PAGE], streams: [], since: 0 })).toEqual(heads);
      expect(storedBy(await store.append(messages(PAGE, ANNA, 20, ['on']))).arrivals[0]?.number).toBe(21);
    });

    test('[SV9] heads name what changed after a sequence, pages by their chat, in commit order', async () => {
      const store = await open();
      storedBy(await store.append(messages(PAGE, ANNA, 0, ['one'])));
      const since = await store.sequence();
      await store.write({ document: INBOX, facts: [encodeSet(stampAt(0), 'pages', 2)], erase: [] });
      storedBy(await store.append(messages(SECOND_PAGE, BEN, 0, ['two', 'three'])));
      storedBy(await store.append(messages(SECOND_PAGE, ANNA, 0, ['four'])));
      const changed = await store.heads({ documents: [INBOX, PAGE, SECOND_PAGE], streams: [CHAT], since });
      expect(changed).toEqual([
        { document: INBOX, sequence: since + 1, number: 0, entries: 0, writers: 0 },
        { document: SECOND_PAGE, sequence: since + 3, number: 4, entries: 3, writers: 2 },
      ]);
      expect(await store.heads({ documents: [], streams: [CHAT], since: 0 })).toHaveLength(2);
      expect(await store.heads({ documents: [], streams: ['i-2'], since: 0 })).toEqual([]);
      expect(await store.sequence()).toBe(since + 3);
    });

    test('[SV10] a full disk refuses and stores nothing, and all goes on when there is room', async () => {
      const stored = await storage();
      const roomy = await stored.open();
      storedBy(await roomy.append(messages(PAGE, ANNA, 0, ['one'])));
      await roomy.close();

      const full = await stored.open(64_000);
      const large = Array.from({ length: 8 }, () => 'x'.repeat(8_000));
      const refused = await Promise.all([
        full.append(messages(PAGE, ANNA, 1, large)),
        full.append(messages(PAGE, BEN, 0, large)),
      ]);
      expect(refused).toEqual([{ kind: 'storage-full' }, { kind: 'storage-full' }]);
      expect(textsOf(await docOf(full))).toEqual(['one']);
      expect(storedBy(await full.append(messages(PAGE, ANNA, 1, ['two']))).arrivals[0]?.number).toBe(2);
      await full.close();

      const again = await stored.open();
      onTestFinished(() => again.close());
      expect(storedBy(await again.append(messages(PAGE, BEN, 0, large))).arrivals[0]?.number).toBe(10);
      expect(textsOf(await docOf(again))).toEqual(['one', 'two']);
    });

    test('[SV11] closing finishes what is queued and refuses what comes later', async () => {
      const stored = await storage();
      const store = await stored.open();
      const queued = Promise.all([
        store.append(messages(PAGE, ANNA, 0, ['one'])),
        store.append(messages(PAGE, ANNA, 1, ['two'])),
      ]);
      const closed = store.close();
      expect((await store.append(messages(PAGE, ANNA, 2, ['three']))).kind).toBe('storage-failed');
      expect((await queued).map(({ kind }) => kind)).toEqual(['stored', 'stored']);
      await closed;
      const again = await stored.open();
      onTestFinished(() => again.close());
      expect(textsOf(await docOf(again))).toEqual(['one', 'two']);
    });
  });
}
