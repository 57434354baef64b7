import { readFile, writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { chatDocument, privateChatId } from '../../../crdt/model/protocol/document-name.ts';
import { seededRandom } from '../../operations/demo/random.ts';
import { messages, writerOf } from '../append-builder.ts';
import { docOf, logStoreContract, PAGE, storedBy, textsOf } from '../log-store.contract.ts';
import { createLogFolder, type LogFolder } from './log-folder.ts';
import { MAX_WAITING_REQUESTS } from './log-store.ts';

const ANNA = writerOf(5);

logStoreContract('SQLite', async () => {
  const { open, remove } = await createLogFolder();
  return { open: (maxBytes) => open(maxBytes === undefined ? {} : { maxFileBytes: maxBytes }), remove };
});

async function folder(): Promise<LogFolder> {
  const created = await createLogFolder();
  onTestFinished(() => created.remove());
  return created;
}

test('[SV12] every commit waits for the disk, and what comes meanwhile shares the next', async () => {
  const store = await (await folder()).open({ commitDelayMs: 2 });
  onTestFinished(() => store.close());
  const first = store.append(messages(PAGE, ANNA, 0, ['one']));
  await Promise.all(
    Array.from({ length: 40 }, (_, index) => store.append(messages(PAGE, writerOf(10 + index), 0, ['more']))),
  );
  storedBy(await first);
  const stats = await store.stats();
  expect(stats).toMatchObject({ synchronous: 2, journalMode: 'wal', appends: 41 });
  expect(stats.commits).toBeLessThanOrEqual(2);
});

test('[SV13] erased text is in no file after compaction, not even in free pages or the write-ahead log', async () => {
  const { file, open } = await folder();
  const store = await open();
  onTestFinished(() => store.close());
  const secret = 'The key lies under the third flowerpot.';
  const long = `${secret} ${'And this goes over several pages of the file. '.repeat(400)}`;
  storedBy(await store.append(messages(PAGE, ANNA, 0, ['before', secret, long, 'after'])));
  const held = async (): Promise<boolean[]> =>
    Promise.all([file, `${file}-wal`].map(async (name) => (await readFile(name)).includes('third flowerpot')));
  expect(await held()).toContain(true);

  await store.write({ document: PAGE, facts: [], erase: [{ writer: ANNA, from: 1, to: 3 }] });
  await store.compact(PAGE);
  expect(await held()).toEqual([false, false]);
  expect(textsOf(await docOf(store))).toEqual(['before', 'after']);
});

test('[SV13] text that was erased before its rows were ever compacted goes, too, when the writer goes on', async () => {
  const { file, open } = await folder();
  const store = await open();
  onTestFinished(() => store.close());
  storedBy(await store.append(messages(PAGE, ANNA, 0, ['one', 'a secret'], [{ writer: ANNA, from: 1, to: 2 }])));
  storedBy(await store.append(messages(PAGE, ANNA, 2, ['two'])));
  expect(await store.compactable(1)).toEqual([PAGE]);
  await store.compact(PAGE);
  expect((await readFile(file)).includes('a secret')).toBe(false);
  storedBy(await store.append(messages(PAGE, ANNA, 3, ['three'])));
  expect(textsOf(await docOf(store))).toEqual(['one', 'two', 'three']);
});

test('[SV13] erased text does not stay between the cells of pages that SQLite has rearranged', async () => {
  const { file, open } = await folder();
  const store = await open();
  onTestFinished(() => store.close());
  const random = seededRandom(13);
  const documents = [6, 7, 8, 9].map((other) => chatDocument(privateChatId(5 as Account, other as Account)));
  const gone: string[] = [];
  const held = documents.map((document, index) => ({
    document,
    writer: writerOf(20 + index),
    texts: [] as string[],
    erased: 0,
  }));
  for (let step = 0; step < 1_500; step += 1) {
    const one = random.pick(held);
    const { document, writer, texts } = one;
    if (random.chance(0.97)) {
      const text = `text ${step} ${'.'.repeat(random.integer(0, 200))}`;
      storedBy(await store.append(messages(document, writer, texts.length, [text])));
      texts.push(`text ${step} `);
    } else if (texts.length > one.erased) {
      await store.write({ document, facts: [], erase: [{ writer, from: one.erased, to: texts.length }] });
      gone.push(...texts.slice(one.erased));
      one.erased = texts.length;
      await store.compact(document);
    }
  }
  await store.compactable(1);
  const bytes = await readFile(file);
  expect(gone.length).toBeGreaterThan(500);
  expect(gone.filter((text) => bytes.includes(text))).toEqual([]);
});

test('[SV14] server time never goes back within a document', async () => {
  const { open } = await folder();
  const times = [5_000, 3_000, 7_000];
  const store = await open({ nowMs: () => times.shift() ?? 0 });
  onTestFinished(() => store.close());
  const arrived: number[] = [];
  for (const clock of [0, 1, 2]) {
    const { arrivals } = storedBy(await store.append(messages(PAGE, ANNA, clock, ['text'])));
    arrived.push(arrivals[0]?.timeMs ?? 0);
  }
  expect(arrived).toEqual([5_000, 5_000, 7_000]);
});

test('[SV15] a disk that has stopped is told at a bound instead of filling memory', async () => {
  const { open } = await folder();
  const store = await open();
  onTestFinished(() => store.close());
  const results = await Promise.all(
    Array.from({ length: MAX_WAITING_REQUESTS + 1 }, (_, clock) => store.append(messages(PAGE, ANNA, clock, ['x']))),
  );
  expect(results.at(-1)).toEqual({ kind: 'storage-failed', detail: 'too much is waiting for the disk' });
  expect(results.slice(0, -1).every(({ kind }) => kind === 'stored')).toBe(true);
});

test('[SV17] a file that is no log is refused with its reason, and left as it was', async () => {
  const { file, open } = await folder();
  const content = 'These are the minutes of a meeting, not a database.'.repeat(100);
  await writeFile(file, content);
  await expect(open()).rejects.toThrow('not a database');
  expect(await readFile(file, 'utf8')).toBe(content);
});

test('[SV18] a large update in a small view does not drag its buffer along, and is stored as it was given', async () => {
  const { open } = await folder();
  const store = await open();
  onTestFinished(() => store.close());
  const call = messages(PAGE, ANNA, 0, ['one']);
  const frame = new Uint8Array(1_000_000);
  frame.set(call.update, 500);
  const update = frame.subarray(500, 500 + call.update.byteLength);
  const { updates } = storedBy(await store.append({ ...call, update }));
  expect(updates[0]).toBe(update);
  expect((await store.load(PAGE)).updates[0]).toEqual(call.update);
});
