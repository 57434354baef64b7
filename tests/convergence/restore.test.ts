import { afterAll, beforeAll, expect, test } from 'vitest';
import { privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { restoreBackup } from '../../sync-server/operations/backup/restore-backup.ts';
import { takeBackup } from '../../sync-server/operations/backup/take-backup.ts';
import { openInstallation, removeDataDir, type Installation, type SignedInPerson } from '../support/installation.ts';
import { holds, online, openDevice, shows } from './people.ts';

let installation: Installation;
let anna: SignedInPerson;
let ben: SignedInPerson;
let chat: ChatId;
let backup: string;

beforeAll(async () => {
  installation = await openInstallation();
  backup = `${installation.dataDir}-backup`;
  anna = await installation.addPerson();
  ben = await installation.addPerson();
  chat = privateChatId(anna.account, ben.account);
});
afterAll(async () => {
  await installation.close();
  await removeDataDir(backup);
});

test('[RP43] after the restore of an older backup a device returns its own later messages, once, from a chat that nobody has open', async () => {
  const [hers, his] = [await openDevice(installation, anna), await openDevice(installation, ben)];
  const [herView, hisView] = [await hers.replica.openChat(chat), await his.replica.openChat(chat)];
  await herView.append({ kind: 'message', text: 'before' });
  await shows(hisView, ['before']);
  takeBackup({ dataDir: installation.dataDir, target: backup, nowMs: Date.now });

  await herView.append({ kind: 'message', text: 'after' });
  const gone = await herView.append({ kind: 'message', text: 'retracted' });
  await shows(hisView, ['before', 'after', 'retracted']);
  await herView.append({ kind: 'retraction', target: gone.kind === 'waiting' ? gone.id : ('' as never) });
  await shows(hisView, ['before', 'after']);
  await hisView.append({ kind: 'message', text: 'his, too' });
  await shows(herView, ['before', 'after', 'his, too']);
  await holds(his.replica.waiting, (waiting) => waiting === 0);
  herView.close();
  await hers.stop();
  await his.stop();

  await installation.server.stop();
  let random = 7;
  restoreBackup({ backup, dataDir: installation.dataDir, nowMs: Date.now, random32: () => (random += 1) });
  await installation.restart();

  // Hers comes back without opening the chat; his only reads.
  const herAgain = await openDevice(installation, anna, { namespace: hers.namespace });
  await online(herAgain.replica);
  const stranger = await openDevice(installation, ben);
  const fresh = await stranger.replica.openChat(chat);
  await shows(fresh, ['before', 'after']);
  const hisAgain = await openDevice(installation, ben, { namespace: his.namespace });
  await shows(fresh, ['before', 'after', 'his, too']);
  expect(fresh.messages.get().every(({ arrival }) => arrival !== undefined)).toBe(true);
  const herViewAgain = await herAgain.replica.openChat(chat);
  const hisViewAgain = await hisAgain.replica.openChat(chat);
  for (const view of [herViewAgain, hisViewAgain]) {
    await shows(view, ['before', 'after', 'his, too']);
    await holds(view.messages, (messages) => messages.every(({ arrival }) => arrival !== undefined));
    expect(view.messages.get().map(({ arrival }) => arrival)).toEqual(
      fresh.messages.get().map(({ arrival }) => arrival),
    );
  }
  for (const device of [herAgain, hisAgain, stranger]) {
    await holds(device.replica.waiting, (waiting) => waiting === 0);
    await device.stop();
  }
});
