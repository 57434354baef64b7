import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import type { SignedInPerson } from '../support/installation.ts';
import { openOffice, type Office } from './office.ts';
import {
  chatRow,
  openChat,
  openContact,
  signIn,
  untilInstalled,
  untilSaidOffline,
  untilState,
  untilTexts,
  write,
} from './screen.ts';

let office: Office;
let profile: string;
let anna: SignedInPerson;
let jonas: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  profile = await mkdtemp(join(tmpdir(), 'hausfunk-profile-'));
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
});

afterAll(async () => {
  await office.close();
  await rm(profile, { recursive: true, force: true });
});

test('[C1 M4 A1] what is written without network outlives the browser and a killed server, and is read once, in its place', async () => {
  const atOffice = await office.desk(jonas);
  await atOffice.page.goto(atOffice.url);

  let basement = await office.deskWithProfile(profile);
  await signIn(basement.page, basement.url, anna);
  await openContact(basement.page, 'Jonas Weber');
  await write(basement.page, 'Ich gehe jetzt in den Keller.');
  await untilState(basement.page, 'Ich gehe jetzt in den Keller.', 'gesendet');
  await untilInstalled(basement.page);

  // No network: written, kept, and the browser closed at once.
  await basement.goOffline();
  await write(basement.page, 'Zählerstand 4711.');
  await write(basement.page, 'Die Tür klemmt.');
  await untilState(basement.page, 'Die Tür klemmt.', 'wartet auf Netz');
  const address = basement.page.url();
  await basement.close();

  // Meanwhile the colleague reads what had arrived, and writes.
  await chatRow(atOffice.page, 'Anna Berger').getByText('1 ungelesene Nachricht').waitFor({ state: 'attached' });
  await openChat(atOffice.page, 'Anna Berger');
  await write(atOffice.page, 'Bis gleich!');
  await untilState(atOffice.page, 'Bis gleich!', 'gesendet');

  // Up again, cold, on a deep link, still without network: everything is there.
  basement = await office.deskWithProfile(profile);
  await basement.context.setOffline(true);
  await basement.page.goto(address);
  await untilState(basement.page, 'Die Tür klemmt.', 'wartet auf Netz');
  await untilState(basement.page, 'Zählerstand 4711.', 'wartet auf Netz');
  await untilSaidOffline(basement.page, 'Offline');

  // The server is killed and comes back; then the network does.
  await office.kill();
  await office.start();
  await basement.goOnline();
  await untilState(basement.page, 'Zählerstand 4711.', 'gesendet');
  await untilState(basement.page, 'Die Tür klemmt.', 'gesendet');

  // And killed once more, with a message on its way.
  await write(basement.page, 'Fertig.');
  await office.kill();
  await office.start();
  await untilState(basement.page, 'Fertig.', 'gesendet');

  const all = ['Ich gehe jetzt in den Keller.', 'Zählerstand 4711.', 'Die Tür klemmt.', 'Bis gleich!', 'Fertig.'];
  for (const { page } of [atOffice, basement]) await untilTexts(page, all);
  await atOffice.page.reload();
  await untilTexts(atOffice.page, all);
});
