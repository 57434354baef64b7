import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { latestPage } from '../../crdt/model/chat/chat-facts.ts';
import { inboxChats } from '../../crdt/model/inbox/inbox-facts.ts';
import type { Json } from '../../crdt/model/log/append.ts';
import { chatDocument, inboxDocument, privateChatId } from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import { message, SyncSocket, type SyncedDocument } from '../support/sync-client.ts';

const factsOf = (document: SyncedDocument) => document.facts() as ReadonlyMap<string, Json>;

describe('pages of a chat', () => {
  let at: Installation;
  let anna: SignedInPerson;
  let ben: SignedInPerson;

  beforeAll(async () => {
    at = await openInstallation({ environment: { PAGE_ENTRIES: '5', PAGE_WRITERS: '3' } });
    anna = at.administrator;
    ben = await at.addPerson();
  });
  afterAll(() => at.close());

  test('[SV82] a full page is followed by the next, which facts and inboxes name, and numbers go on', async () => {
    const chat = privateChatId(anna.account, ben.account);
    const socket = new SyncSocket(at, anna);
    const early = socket.open(chatDocument(chat, 2));
    expect(await early.closing()).toBe('not-found');

    const inbox = socket.open(inboxDocument(anna.account));
    const first = socket.open(chatDocument(chat));
    await Promise.all([inbox.synced(), first.synced()]);
    const clock = first.append(...['a', 'b', 'c', 'd', 'e', 'f'].map((text) => message(text)));
    const last = await first.arrival(first.writer, clock + 5);
    await first.eventually('page 2', () => (latestPage(factsOf(first)) === 2 ? true : undefined));
    await inbox.eventually('page 2 in the inbox', () =>
      inboxChats(factsOf(inbox)).get(chat)?.pages === 2 ? true : undefined,
    );

    const second = socket.open(chatDocument(chat, 2));
    await second.synced();
    const next = await second.arrival(second.writer, second.append(message('on the second page')));
    expect(next.number).toBe(last.number + 1);
    // A late entry still goes to the page that its writer knew, and opens no further one.
    const late = await first.arrival(first.writer, first.append(message('late')));
    expect(late.number).toBe(next.number + 1);
    expect(at.server.directory.pages(chat)).toBe(2);
    socket.close();
  });

  test('[SV82] a page with enough writers is full, too', async () => {
    const clara = await at.addPerson();
    const chat = privateChatId(anna.account, clara.account);
    const sockets = [anna, anna, clara].map((person) => new SyncSocket(at, person));
    const documents = sockets.map((socket) => socket.open(chatDocument(chat)));
    for (const document of documents) {
      await document.synced();
      await document.arrival(document.writer, document.append(message('hello')));
    }
    await documents[0]?.eventually('page 2', () =>
      latestPage(factsOf(documents[0] as SyncedDocument)) === 2 ? true : undefined,
    );
    for (const socket of sockets) socket.close();
  });
});
