import { expect, test } from 'vitest';
import { changeRows, truncated } from '../../../tests/support/damage.ts';
import { CHAT, CHAT_DOCUMENT as NAME, holds, offlineDevices, written } from '../../../tests/support/offline-replica.ts';
import { seededRandom } from '../../../tests/support/random.ts';
import type { ChatView, Replica } from '../contract.ts';
import { documentDatabaseName, metaDatabaseName } from '../documents/device.ts';
import { DocumentDatabase } from '../storage/document-database.ts';
import { MetaDatabase } from '../storage/meta-database.ts';

const openDevice = offlineDevices();

async function openTab(namespace: string, random32: () => number): Promise<{ replica: Replica; view: ChatView }> {
  const replica = await openDevice(namespace, { random32 });
  return { replica, view: await replica.openChat(CHAT) };
}

/** The server refuses what the document holds: what a tab does first then, before it may die. */
async function retire(namespace: string): Promise<void> {
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  const generation = (await meta.documentRecord(NAME))?.generation ?? 1;
  const database = await DocumentDatabase.open(documentDatabaseName(namespace, NAME, generation));
  if (!(database instanceof DocumentDatabase)) throw new Error(database.kind);
  await database.retire({ code: 'bad-entry', writers: [] });
  database.close();
  meta.close();
}

const SEEDS = Number(process.env['SEEDS'] ?? 10);
for (let seed = 1; seed <= SEEDS; seed += 1) {
  test(`[RP24] tabs that write, open and close during quarantines keep each text once (seed ${seed})`, async () => {
    const random = seededRandom(seed);
    const namespace = `many ${seed}`;
    const uint32 = (): number => random.uint32();
    const tabs = [await openTab(namespace, uint32), await openTab(namespace, uint32)];
    const under: Promise<unknown>[] = [];
    const expected: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      const at = uint32() % tabs.length;
      const tab = tabs[at];
      const what = uint32() % 10;
      if (what < 6 && tab !== undefined) {
        const text = `${step}`;
        under.push(
          tab.view.append({ kind: 'message', text }).then((outcome) => {
            if (outcome.kind === 'waiting') expected.push(text);
            else throw new Error(`${text}: ${JSON.stringify(outcome)}`);
          }),
        );
      } else if (what < 8) under.push(retire(namespace));
      else if (what < 9 && tabs.length < 4) tabs.push(await openTab(namespace, uint32));
      else if (tabs.length > 1 && tab !== undefined) {
        tabs.splice(at, 1);
        // Its appends are under way; the view is closed in the middle of it.
        tab.view.close();
        under.push(tab.replica.stop());
      }
      for (let turn = uint32() % 4; turn > 0; turn -= 1) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(under);
    for (const { replica } of tabs) await replica.stop();
    const { view, replica } = await openTab(namespace, uint32);
    expect(written(view)).toEqual(expected.toSorted());
    expect(replica.waiting.get()).toBe(expected.length);
  });
}

for (const damaged of [[0], [1], [0, 1]]) {
  test(`[RP23] [RP36] what a tab has in memory outlives damage that another tab finds in its rows (${damaged.join()})`, async () => {
    const namespace = `in-memory-${damaged.join()}`;
    const first = await openDevice(namespace);
    const view = await first.openChat(CHAT);
    const all = ['one', 'two', 'three'];
    for (const text of all) await view.append({ kind: 'message', text });
    await changeRows(namespace, NAME, ({ value }, index) => (damaged.includes(index) ? truncated(value) : value));
    const second = await openDevice(namespace);
    const other = await second.openChat(CHAT);
    await holds(other.messages, () => written(other).length >= 3);
    await view.append({ kind: 'message', text: 'four' });
    expect(written(view)).toEqual([...all, 'four'].toSorted());
    await first.stop();
    await second.stop();
    expect(written(await (await openDevice(namespace)).openChat(CHAT))).toEqual([...all, 'four'].toSorted());
  });
}

test('[RP23] [RP36] what a tab has in memory and its database has lost is kept when the document goes over before it is written again', async () => {
  const namespace = 'lost-before-going-over';
  const first = await openDevice(namespace);
  const view = await first.openChat(CHAT);
  for (const text of ['one', 'two', 'three']) await view.append({ kind: 'message', text });
  await changeRows(namespace, NAME, ({ value }, index) => (index === 0 ? truncated(value) : value));
  await retire(namespace);
  expect(await view.append({ kind: 'message', text: 'four' })).toMatchObject({ kind: 'waiting' });
  expect(written(view)).toEqual(['four', 'one', 'three', 'two']);
  expect(first.waiting.get()).toBe(4);
  await first.stop();
  expect(written(await (await openDevice(namespace)).openChat(CHAT))).toEqual(['four', 'one', 'three', 'two']);
});

test('[RP22] [RP23] what a person has discarded stays so when a tab comes along that had it in memory', async () => {
  const namespace = 'discarded';
  const [first, second] = [await openDevice(namespace), await openDevice(namespace)];
  const view = await first.openChat(CHAT);
  for (const text of ['one', 'two']) await view.append({ kind: 'message', text });
  await retire(namespace);
  const other = await second.openChat(CHAT);
  await other.append({ kind: 'message', text: 'three' });
  const [one] = other.failed.get();
  if (one !== undefined) await other.discard(one.id);
  await view.append({ kind: 'message', text: 'four' });
  expect(written(view)).toEqual(['four', 'three', 'two']);
});
