import { afterEach, describe, expect, test } from 'vitest';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { pageKey } from '../../crdt/model/chat/chat-facts.ts';
import {
  chatDocument,
  inboxDocument,
  internalChatId,
  type DocumentName,
} from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, request, type Answer, type Installation } from '../support/installation.ts';
import type { InstallationOptions } from '../support/installation.ts';
import { freshWriter, message, number, RawSocket, SyncSocket, text } from '../support/sync-client.ts';

/** The longest text in bytes that one message can have. */
const LONG = '語'.repeat(8_000);
const SYNC = 0;
const AUTHENTICATE = [number(2), number(0), text('cookie'), text('4.8.0')] as const;

describe('what one person can ask of the server', () => {
  let at: Installation;
  let name: DocumentName;
  let inbox: DocumentName;
  let raw: RawSocket;
  async function open(options: InstallationOptions = {}): Promise<void> {
    at = await openInstallation(options);
    name = chatDocument(internalChatId(at.administrator.company));
    inbox = inboxDocument(at.administrator.account);
    raw = new RawSocket(at, at.administrator);
    await raw.opened();
  }
  afterEach(async () => {
    raw.close();
    await at.close();
  });

  const upload = (...texts: string[]): Promise<Answer> => {
    const writer = freshWriter(at.administrator.account);
    const bytes = encodeAppend(
      logRoot(writer),
      writer,
      0,
      texts.map((one) => message(one)),
    );
    return request(at, `/api/entries/${name}`, { cookie: at.administrator.cookie, bytes });
  };

  test('[SV66] a frame with a longer address than any document and session have ends its socket', async () => {
    await open();
    raw.send(text(`${name}\0${'x'.repeat(100_000)}`), ...AUTHENTICATE);
    await raw.eventually('the end', () => (raw.socket.readyState === raw.socket.CLOSED ? true : undefined));
    expect(raw.frames).toEqual([]);
  });

  test('[SV66] one socket has a document open only a few times, so that one message is no thousand', async () => {
    await open({ limits: { sessionsPerDocument: 3 } });
    for (let session = 1; session <= 40; session += 1) raw.send(text(`${name}\0${session}`), ...AUTHENTICATE);
    await raw.eventually('all but three are closed', () => {
      const closed = Array.from({ length: 40 }, (_, index) => `${name}\0${index + 1}`).filter((address) =>
        raw.read(address).some(({ type }) => type === 7),
      );
      return closed.length === 37 ? true : undefined;
    });
    // The socket goes on.
    await raw.attach(inbox);
  });

  test('[SV67] a document that is larger than what may wait for a slow reader can be opened all the same', async () => {
    await open({ limits: { sendBufferBytes: 100_000 } });
    for (let chunk = 1; chunk <= 7; chunk += 1) {
      expect((await upload(...Array.from({ length: 42 }, () => LONG))).status).toBe(200);
    }
    const socket = new SyncSocket(at, at.administrator);
    const document = socket.open(name);
    await document.synced();
    expect(document.entries()).toHaveLength(7 * 42);
    socket.close();
  });

  test('[SV82] a page ends after so many bytes, too', async () => {
    await open({ limits: { pageBytes: 100_000 } });
    await raw.attach(inbox);
    const socket = new SyncSocket(at, at.administrator);
    const document = socket.open(name);
    await document.synced();
    await upload(LONG, LONG);
    expect(document.facts().has(pageKey(2))).toBe(false);
    await upload(LONG, LONG, LONG);
    await document.eventually('page 2', () => document.facts().get(pageKey(2)));
    socket.close();
  });

  test('[SV49] large updates count more than small ones', async () => {
    await open({ limits: { updates: { burst: 10, perSecond: 0.001 }, updateUnitBytes: 24_000 } });
    expect((await upload('small')).status).toBe(200);
    expect((await upload(...Array.from({ length: 8 }, () => LONG))).status).toBe(200);
    expect((await upload('small')).body).toMatchObject({ code: 'rate' });
  });

  test('[SV72] what was on its way to a document that was just closed is told on the inbox', async () => {
    await open({ limits: { bumpMs: 1 } });
    await raw.attach(inbox);
    await raw.attach(name);
    await upload('crosses the close');
    await raw.eventually('the update', () => raw.read(name).find(({ type, rest }) => type === SYNC && rest[0] === 2));
    raw.send(text(name), number(7), text('bye'));
    const told = await raw.eventually('a bump', () => raw.messages(inbox).find((one) => one.kind === 'bump'));
    const [head] = await at.server.store.heads({ documents: [name], streams: [], since: 0 });
    expect(told).toEqual({ kind: 'bump', heads: [[name, 1, head?.sequence]] });
  });

  test('[SV57] nothing is told of a document behind its close', async () => {
    await open();
    await raw.attach(name);
    raw.send(text(name), number(7), text('bye'));
    raw.send(text(name), number(SYNC), number(0), number(1), number(0));
    await raw.attach(inbox);
    expect(raw.read(name).filter(({ type }) => type === SYNC)).toEqual([]);
  });
});
