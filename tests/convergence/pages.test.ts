import { afterAll, beforeAll, expect, test } from 'vitest';
import { privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { metaDatabaseName } from '../../crdt/replica/documents/device.ts';
import { MetaDatabase } from '../../crdt/replica/storage/meta-database.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import { devicesAt, holds, online, shows } from './people.ts';

const PAGES = 9;
const PAGE_ENTRIES = 10;

let installation: Installation;
const device = devicesAt(() => installation);
let anna: SignedInPerson;
let ben: SignedInPerson;
let chat: ChatId;

beforeAll(async () => {
  installation = await openInstallation({ environment: { PAGE_ENTRIES: String(PAGE_ENTRIES) } });
  anna = await installation.addPerson();
  ben = await installation.addPerson();
  chat = privateChatId(anna.account, ben.account);
});
afterAll(() => installation.close());

test('[RP44] over many pages a view has no hole, follows new pages, and counts what it has not loaded', async () => {
  const [hers, his] = [await device(anna), await device(ben)];
  // Opened before the device knows of any page: the inbox tells of them later.
  const [herView, hisView] = [await hers.replica.openChat(chat), await his.replica.openChat(chat)];
  await Promise.all([online(hers.replica), online(his.replica)]);
  const expected: string[] = [];
  while (new Set(herView.messages.get().map(({ page }) => page)).size < PAGES) {
    expected.push(`message ${expected.length}`);
    await herView.append({ kind: 'message', text: expected.at(-1) ?? '' });
    await holds(hers.replica.waiting, (waiting) => waiting === 0);
  }
  await shows(hisView, expected);
  await holds(hisView.unread, (unread) => unread === expected.length);

  const fresh = await device(ben);
  const view = await fresh.replica.openChat(chat);
  await holds(view.unread, (unread) => unread === expected.length);
  while (view.hasEarlier.get()) await view.loadEarlier();
  await shows(view, expected);
  expect(view.unread.get()).toBe(expected.length);
  await view.markRead(view.messages.get()[4]?.arrival?.number ?? 0);
  await holds(his.replica.unreadByChat, (unread) => unread.get(chat) === expected.length - 5);
});

test('[RP9] marks of unsent entries are there before the entries, and gone some time after they have arrived', async () => {
  const marksOf = async (namespace: string): Promise<string[]> => {
    const meta = await MetaDatabase.open(metaDatabaseName(namespace));
    const marks = await meta.unsentMarks();
    meta.close();
    return marks.map(({ document }) => document);
  };
  const offline = await device(anna, { origin: 'http://127.0.0.1:9' });
  const view = await offline.replica.openChat(chat);
  await view.append({ kind: 'message', text: 'unsent' });
  const [mark] = await marksOf(offline.namespace);
  expect(mark).toMatch(/^chat\//u);
  await offline.stop();
  expect(await marksOf(offline.namespace)).toHaveLength(1);

  const sending = await device(anna, { namespace: offline.namespace });
  await holds(sending.replica.waiting, (waiting) => waiting === 0);
  await sending.stop();
  // What an earlier run had marked is looked through by one that has caught up.
  const tidying = await device(anna, { namespace: offline.namespace });
  await online(tidying.replica);
  const gone = new Promise<void>((resolve) => {
    const look = async (): Promise<void> => {
      if ((await marksOf(offline.namespace)).length === 0) resolve();
      else setImmediate(() => void look());
    };
    void look();
  });
  await gone;
});
