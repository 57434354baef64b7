import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import {
  chatDocument,
  companyDocument,
  inboxDocument,
  internalChatId,
  meDocument,
  privateChatId,
  type CompanyId,
  type DocumentName,
} from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, request, type Installation, type SignedInPerson } from '../support/installation.ts';
import { freshWriter, message, SyncSocket } from '../support/sync-client.ts';

describe('documents that are not for somebody', () => {
  let at: Installation;
  let anna: SignedInPerson;
  let ben: SignedInPerson;
  let clara: SignedInPerson;

  beforeAll(async () => {
    at = await openInstallation();
    anna = at.administrator;
    ben = await at.addPerson();
    clara = await at.addPerson();
  });
  afterAll(() => at.close());

  test('[SV55] they are refused like documents that do not exist', async () => {
    const socket = new SyncSocket(at, clara);
    const names: string[] = [
      chatDocument(privateChatId(anna.account, ben.account)),
      chatDocument(privateChatId(clara.account, 999 as Account)),
      chatDocument(privateChatId(clara.account, anna.account), 2),
      chatDocument(internalChatId(2 as CompanyId)),
      inboxDocument(anna.account),
      meDocument(anna.account),
      companyDocument(7 as CompanyId),
      'chat/p-3-2',
      'nonsense',
      '../data',
    ];
    for (const name of names) {
      const document = socket.open(name as DocumentName);
      expect(await document.closing(), name).toBe('not-found');
      expect(document.doc.store.clients.size).toBe(0);
      document.close();
      const uploaded = await request(at, `/api/entries/${name}`, {
        cookie: clara.cookie,
        bytes: new Uint8Array([0, 0]),
      });
      expect(uploaded.status, name).toBe(404);
    }
    // The socket is still good for what is hers.
    const own = socket.open(inboxDocument(clara.account));
    await own.synced();
    socket.close();
  });

  test('[SV56] inbox and company are not written by anybody, and the refusal says so', async () => {
    const socket = new SyncSocket(at, clara);
    for (const name of [inboxDocument(clara.account), companyDocument(clara.company)]) {
      const document = socket.open(name);
      await document.synced();
      document.append(message('mine now'));
      expect(await document.message('refused')).toMatchObject({ code: 'forbidden', writers: [document.writer] });
      const stored = await at.server.store.load(name);
      expect([...stored.clocks.keys()]).not.toContain(document.writer);
    }
    socket.close();
  });

  test('[SV57] who is deactivated loses every open document at once, cannot come back, and colleagues can only read on', async () => {
    const chat = chatDocument(privateChatId(anna.account, clara.account));
    const socket = new SyncSocket(at, clara);
    const annas = new SyncSocket(at, anna);
    const document = socket.open(chat);
    const annasView = annas.open(chat);
    await Promise.all([document.synced(), annasView.synced()]);
    await document.arrival(document.writer, document.append(message('I am leaving')));

    const rights = await request(at, `/api/people/${clara.account}/rights`, {
      method: 'PUT',
      cookie: anna.cookie,
      json: { admin: false, active: false },
    });
    expect(rights.status).toBe(200);
    expect(await document.closing()).toBe('signed-out');
    expect((await request(at, '/api/session', { cookie: clara.cookie })).status).toBe(401);
    const signIn = await request(at, '/api/auth/sign-in/email', {
      json: { email: clara.email, password: clara.password },
    });
    expect(signIn.body).toMatchObject({ code: 'credentials' });

    annasView.append(message('too late'));
    expect(await annasView.message('refused')).toMatchObject({ code: 'forbidden' });
    expect(annasView.closings).toEqual([]);
    socket.close();
    annas.close();
  });

  test('[SV58] signing out closes the sockets of that session and no other', async () => {
    const again = await request(at, '/api/auth/sign-in/email', { json: { email: ben.email, password: ben.password } });
    const second = {
      ...ben,
      cookie: again.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; '),
    };
    const first = new SyncSocket(at, ben);
    const other = new SyncSocket(at, second);
    const closing = first.open(inboxDocument(ben.account));
    const staying = other.open(inboxDocument(ben.account));
    await Promise.all([closing.synced(), staying.synced()]);
    await request(at, '/api/auth/sign-out', { method: 'POST', cookie: ben.cookie });
    expect(await closing.closing()).toBe('signed-out');
    expect((await request(at, '/api/session', { cookie: ben.cookie })).status).toBe(401);
    expect((await request(at, '/api/session', { cookie: second.cookie })).status).toBe(200);
    expect(staying.closings).toEqual([]);
    first.close();
    other.close();
  });

  test('[SV59] an administrator cannot take away the last administrator, nor touch another company', async () => {
    const put = (account: number, cookie: string) =>
      request(at, `/api/people/${account}/rights`, { method: 'PUT', cookie, json: { admin: false, active: true } });
    expect((await put(anna.account, anna.cookie)).body).toMatchObject({ code: 'forbidden' });
    expect((await put(999, anna.cookie)).status).toBe(404);
    const dora = await at.addPerson();
    expect((await put(anna.account, dora.cookie)).body).toMatchObject({ code: 'forbidden' });
  });

  test('[SV55] an upload without a session is refused before the document is looked at', async () => {
    const writer = freshWriter(anna.account);
    const bytes = encodeAppend(logRoot(writer), writer, 0, [message('x')]);
    expect((await request(at, `/api/entries/${meDocument(anna.account)}`, { bytes })).status).toBe(401);
  });
});
