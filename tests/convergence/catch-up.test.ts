import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { Replica } from '../../crdt/replica/contract.ts';
import { openReplica } from '../../crdt/replica/replica.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import { seededRandom } from '../support/random.ts';
import { holds, openDevice, QUICK, texts } from './people.ts';

let installation: Installation;
let anna: SignedInPerson;
let colleagues: SignedInPerson[];

beforeAll(async () => {
  installation = await openInstallation();
  anna = await installation.addPerson();
  colleagues = await Promise.all(Array.from({ length: 6 }, () => installation.addPerson()));
});
afterAll(() => installation.close());

let runs = 0;

/** Anna's device, and the chat documents that it has talked about with the server since. */
async function watched(): Promise<{ replica: Replica; asked: Set<string> }> {
  const asked = new Set<string>();
  class WatchedSocket extends NodeWebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie: anna.cookie, origin: installation.publicUrl } });
      this.on('error', () => undefined);
    }
    override send(data: Uint8Array): void {
      // A frame begins with the document's name, a zero and the provider's own id.
      const [name] = Buffer.from(data).subarray(1).toString('latin1').split('\0');
      if (name?.startsWith('chat/') === true) asked.add(name);
      super.send(data);
    }
  }
  runs += 1;
  const random = seededRandom(500 + runs);
  const replica = await openReplica({
    origin: installation.url,
    account: anna.account,
    company: anna.company,
    namespace: 'catching-up',
    nowMs: () => Date.now(),
    random32: () => random.uint32(),
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('cookie', anna.cookie);
      headers.set('origin', installation.publicUrl);
      return fetch(input, { ...init, headers });
    },
    WebSocket: WatchedSocket as unknown as typeof WebSocket,
    timings: QUICK,
  });
  return { replica, asked };
}

const chatWith = (person: SignedInPerson): ChatId => privateChatId(anna.account, person.account);

async function write(person: SignedInPerson, text: string): Promise<void> {
  const device = await openDevice(installation, person);
  const view = await device.replica.openChat(chatWith(person));
  await view.append({ kind: 'message', text });
  await holds(device.replica.waiting, (waiting) => waiting === 0);
  await device.stop();
}

test('[RP42] coming back, a device opens only the documents that have moved', async () => {
  for (const person of colleagues) await write(person, 'hello');
  const first = await watched();
  await holds(first.replica.unreadByChat, (unread) => colleagues.every((person) => unread.get(chatWith(person)) === 1));
  await first.replica.stop();

  const [moved] = colleagues;
  if (moved === undefined) throw new Error('nobody there');
  await write(moved, 'again');
  const second = await watched();
  await holds(second.replica.unreadByChat, (unread) => unread.get(chatWith(moved)) === 2);
  expect([...second.asked]).toEqual([`chat/${chatWith(moved)}`]);
  await second.replica.stop();

  const third = await watched();
  await holds(third.replica.connection, (connection) => connection.kind === 'online');
  const view = await third.replica.openChat(chatWith(moved));
  expect(texts(view)).toEqual(['hello', 'again']);
  expect([...third.asked]).toEqual([`chat/${chatWith(moved)}`]);
  await third.replica.stop();
});
