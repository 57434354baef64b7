import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { inboxChats } from '../../crdt/model/inbox/inbox-facts.ts';
import type { Json } from '../../crdt/model/log/append.ts';
import {
  chatDocument,
  companyDocument,
  inboxDocument,
  privateChatId,
} from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import { message, SyncSocket } from '../support/sync-client.ts';

describe('a message between two colleagues', () => {
  let at: Installation;
  let anna: SignedInPerson;
  let ben: SignedInPerson;

  beforeAll(async () => {
    at = await openInstallation();
    anna = at.administrator;
    ben = await at.addPerson({ first: 'Ben', last: 'Clausen' });
  });
  afterAll(() => at.close());

  test('[SV50] it is stored, gets its arrival and reaches the other device, and both inboxes list the chat', async () => {
    const chat = privateChatId(anna.account, ben.account);
    const annas = new SyncSocket(at, anna);
    const bens = new SyncSocket(at, ben);
    try {
      const writing = annas.open(chatDocument(chat));
      const reading = bens.open(chatDocument(chat));
      const inbox = bens.open(inboxDocument(ben.account));
      await Promise.all([writing.synced(), reading.synced(), inbox.synced()]);
      expect((await inbox.message('welcome')).epoch).toBe(await at.server.store.epoch());

      const clock = writing.append(message('Is the key still with the caretaker?'));
      const [sent, received] = await Promise.all([
        writing.arrival(writing.writer, clock),
        reading.arrival(writing.writer, clock),
      ]);
      expect(sent).toEqual(received);
      expect(sent.number).toBe(1);
      expect(reading.entries()).toEqual(writing.entries());
      const listed = await inbox.eventually('chat in the inbox', () =>
        inboxChats(inbox.facts() as ReadonlyMap<string, Json>).get(chat),
      );
      expect(listed).toEqual({ pages: 1, joined: 0 });
    } finally {
      annas.close();
      bens.close();
    }
  });

  test('[SV51] what was acknowledged is there after a restart of the server', async () => {
    const chat = privateChatId(anna.account, ben.account);
    const before = new SyncSocket(at, anna);
    const writing = before.open(chatDocument(chat));
    await writing.synced();
    const clock = writing.append(message('He has it until six'));
    const arrival = await writing.arrival(writing.writer, clock);
    before.close();
    await at.restart();

    const after = new SyncSocket(at, ben);
    const reading = after.open(chatDocument(chat));
    expect(await reading.arrival(writing.writer, clock)).toEqual(arrival);
    expect(Y.encodeStateVector(reading.doc)).toEqual(Y.encodeStateVector(writing.doc));
    after.close();
  });

  test('[SV52] the company document lists its people', async () => {
    const socket = new SyncSocket(at, ben);
    const company = socket.open(companyDocument(ben.company));
    await company.synced();
    const fact = await company.eventually('Ben', () => company.facts().get(`person/${ben.account}`));
    expect(fact).toEqual({ first: 'Ben', last: 'Clausen', visible: true, admin: false, active: true });
    socket.close();
  });
});
