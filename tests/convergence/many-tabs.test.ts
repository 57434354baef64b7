import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { HEAD } from '../../crdt/model/log/entry-kind.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { makeWriter, type Account } from '../../crdt/model/log/writer.ts';
import { chatDocument, privateChatId, type DocumentName } from '../../crdt/model/protocol/document-name.ts';
import { documentDatabaseName, metaDatabaseName, tabChannelName } from '../../crdt/replica/documents/device.ts';
import { DocumentDatabase } from '../../crdt/replica/storage/document-database.ts';
import { MetaDatabase } from '../../crdt/replica/storage/meta-database.ts';
import { TabChannel } from '../../crdt/replica/tabs/tab-channel.ts';
import { openInstallation, type Installation } from '../support/installation.ts';
import { seededRandom } from '../support/random.ts';
import type { NodeDevice } from '../support/replica-client.ts';
import { holds, openDevice, texts } from './people.ts';

let installation: Installation;
const open = new Set<NodeDevice>();

beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());
afterEach(async () => {
  for (const device of open) await device.stop();
  open.clear();
});

async function generationOf(namespace: string, document: DocumentName): Promise<number> {
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  const record = await meta.documentRecord(document);
  meta.close();
  return record?.generation ?? 1;
}

/** A tab of another version writes an entry that the server refuses, tells the other tabs, and is gone. */
async function writeRefused(
  namespace: string,
  document: DocumentName,
  account: Account,
  random32: number,
): Promise<void> {
  const generation = await generationOf(namespace, document);
  const database = await DocumentDatabase.open(documentDatabaseName(namespace, document, generation));
  if (!(database instanceof DocumentDatabase)) throw new Error(database.kind);
  const writer = makeWriter(account, random32);
  const update = encodeAppend(logRoot(writer), writer, 0, [[HEAD.message, stampAt(Date.now()), '']]);
  const outcome = await database.write([update]);
  database.close();
  if (outcome.kind !== 'stored') return;
  const tabs = new TabChannel(tabChannelName(namespace));
  tabs.post({ kind: 'append', document, generation, update });
  tabs.close();
}

test.each([1, 2, 3, 4])(
  '[RP10] [RP21] [RP23] tabs that write, open, close, lose their lines and meet refused entries lose and double nothing (seed %i)',
  async (seed) => {
    const random = seededRandom(seed);
    const below = (bound: number): number => random.uint32() % bound;
    const [anna, ben] = [await installation.addPerson(), await installation.addPerson()];
    const chat = privateChatId(anna.account, ben.account);
    const namespace = `many-tabs-${seed}`;
    const openTab = async (): Promise<NodeDevice> => {
      const tab = await openDevice(installation, anna, { namespace });
      open.add(tab);
      return tab;
    };
    const tabs = [await openTab(), await openTab()];
    const expected: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      const at = below(tabs.length);
      const tab = tabs[at];
      if (tab === undefined) continue;
      const action = below(12);
      if (action < 7) {
        const view = await tab.replica.openChat(chat);
        const appended = view.append({ kind: 'message', text: `${step}` });
        if (below(2) === 0) view.close();
        expect(await appended).toMatchObject({ kind: 'waiting' });
        expected.push(`${step}`);
      } else if (action < 8) {
        tab.cut();
      } else if (action < 10) {
        if (below(2) === 0) tab.cut();
        const stopping = tab.stop();
        if (below(2) === 0) await stopping;
        tabs[at] = await openTab();
      } else {
        await writeRefused(namespace, chatDocument(chat), anna.account, random.uint32());
      }
    }
    await Promise.all(tabs.map((tab) => tab.stop()));
    const last = await openTab();
    await holds(last.replica.waiting, (waiting) => waiting === 0);
    const his = await openDevice(installation, ben);
    open.add(his);
    const view = await his.replica.openChat(chat);
    await holds(view.messages, (messages) => messages.length >= expected.length);
    expect(texts(view).toSorted()).toEqual(expected.toSorted());
    expect(texts(await last.replica.openChat(chat))).toEqual(texts(view));
    await holds(view.unread, (unread) => unread === expected.length);
    expect(await generationOf(namespace, chatDocument(chat))).toBeGreaterThan(1);
  },
);
