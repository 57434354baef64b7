import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { encodeAppend, encodeErasure, encodeRuns, logRoot, type Tuple } from '../../crdt/model/log/append.ts';
import { nextClock } from '../../crdt/model/log/read-log.ts';
import { chatDocument, privateChatId, type DocumentName } from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import {
  entriesOf,
  freshWriter,
  message,
  number,
  RawSocket,
  SyncSocket,
  text,
  type SyncedDocument,
} from '../support/sync-client.ts';

/** What is stored of a document, as a restarted server would see it. */
async function stored(at: Installation, name: DocumentName): Promise<Y.Doc> {
  const doc = new Y.Doc();
  for (const update of (await at.server.store.load(name)).updates) Y.applyUpdate(doc, update);
  return doc;
}

describe('the gate at the wire', () => {
  let at: Installation;
  let anna: SignedInPerson;
  let ben: SignedInPerson;
  let name: DocumentName;
  let socket: SyncSocket;
  let document: SyncedDocument;
  let raw: RawSocket;

  beforeAll(async () => {
    at = await openInstallation();
    anna = at.administrator;
    ben = await at.addPerson();
    name = chatDocument(privateChatId(anna.account, ben.account));
    socket = new SyncSocket(at, anna);
    document = socket.open(name);
    await document.synced();
    await document.arrival(document.writer, document.append(message('one'), message('two')));
    raw = new RawSocket(at, ben);
    await raw.opened();
    await raw.attach(name);
  });
  afterAll(async () => {
    raw.close();
    socket.close();
    await at.close();
  });

  /** Sends an honest message over the raw socket after what came before, and waits for its arrival at Anna's. */
  async function honest(words: string): Promise<void> {
    const writer = freshWriter(ben.account);
    raw.update(name, encodeAppend(logRoot(writer), writer, 0, [message(words)]));
    await document.arrival(writer, 0);
  }
  const refusals = () => raw.messages(name).filter((one) => one.kind === 'refused');

  test('[SV60] deletions are dropped, whoever wrote the entry', async () => {
    const before: readonly Tuple[] = document.entries();
    raw.update(name, encodeErasure([{ writer: document.writer, from: 0, to: 2 }]));
    await honest('after the deletion');
    const after = document.entries().map((entry) => JSON.stringify(entry));
    for (const entry of before) expect(after).toContain(JSON.stringify(entry));
    expect(entriesOf(await stored(at, name))).toEqual(document.entries());
  });

  test('[SV65] entries that come as erased are refused by a server that was never restored', async () => {
    const writer = freshWriter(ben.account);
    const before = refusals().length;
    raw.update(name, encodeRuns([{ writer, entries: Array.from({ length: 500 }, () => undefined), from: 0 }]));
    await honest('after the claim');
    expect(refusals().slice(before)).toMatchObject([{ code: 'too-big', writers: [writer] }]);
    expect(nextClock(await stored(at, name), writer)).toBe(0);
  });

  test('[SV60] entries under the writer of somebody else are dropped, and are in nobody’s document', async () => {
    const forged = freshWriter(anna.account);
    raw.update(name, encodeAppend(logRoot(forged), forged, 0, [message('I am Anna')]));
    raw.update(name, encodeAppend(logRoot(document.writer), document.writer, 2, [message('I am Anna, too')]));
    await honest('after the forgery');
    expect(nextClock(document.doc, forged)).toBe(0);
    expect(nextClock(document.doc, document.writer)).toBe(2);
    expect(nextClock(await stored(at, name), forged)).toBe(0);
  });

  test('[SV60] an entry that is none of the vocabulary, or in another root, is refused and the connection goes on', async () => {
    const before = refusals().length;
    const writer = freshWriter(ben.account);
    const nonsense: Tuple = [999, 1, 'what'];
    raw.update(name, encodeAppend(logRoot(writer), writer, 0, [nonsense]));
    raw.update(name, encodeAppend('arrivals', writer, 0, [message('as a server')]));
    raw.update(name, new Uint8Array([1, 1, 200, 200, 200]));
    await honest('after the nonsense');
    expect(refusals().slice(before)).toMatchObject([
      { code: 'bad-entry', writers: [writer] },
      { code: 'forbidden', writers: [writer] },
      { code: 'malformed', writers: [] },
    ]);
    expect(nextClock(document.doc, writer)).toBe(0);
  });

  test('[SV60] awareness of a client and the server’s own opcode reach nobody, and are not even looked at', async () => {
    const other = new RawSocket(at, ben);
    await other.opened();
    await other.attach(name);
    const awareness = new Awareness(new Y.Doc());
    awareness.setLocalState({ name: 'somebody' });
    const bytes = encodeAwarenessUpdate(awareness, [awareness.clientID]);
    other.send(text(name), number(1), (encoder) => encoding.writeVarUint8Array(encoder, bytes));
    awareness.destroy();
    // Hocuspocus would close the document for each of these.
    other.send(text(name), number(1), (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array([9, 9])));
    other.send(text(name), number(6), text('broadcast this'));
    other.update(name, new Uint8Array([0, 0]), 1);
    await other.eventually('sync status', () => other.read(name).find(({ type }) => type === 8));
    await honest('after the broadcast');
    for (const one of [raw, other]) {
      expect(one.read(name).filter(({ type }) => type === 1 || type === 6 || type === 7)).toEqual([]);
    }
    other.close();
  });

  test('[SV61] two connections of one person that claim the same clocks: one wins, the other conflicts', async () => {
    const second = new RawSocket(at, ben);
    await second.opened();
    await second.attach(name);
    const writer = freshWriter(ben.account);
    raw.update(name, encodeAppend(logRoot(writer), writer, 0, [message('first')]));
    second.update(name, encodeAppend(logRoot(writer), writer, 0, [message('second')]));
    await document.arrival(writer, 0);
    const losers = await second.eventually('a conflict', () => {
      const found = [...refusals(), ...second.messages(name)].filter(
        (one) => one.kind === 'refused' && one.code === 'conflict',
      );
      return found.length > 0 ? found : undefined;
    });
    expect(losers).toMatchObject([{ writers: [writer] }]);
    expect(nextClock(document.doc, writer)).toBe(1);
    second.close();
  });

  test('[SV62] a gap is answered with a state vector, three times in a row, then it is refused', async () => {
    const writer = freshWriter(ben.account);
    const asks = () => raw.read(name).filter(({ type, rest }) => type === 0 && rest[0] === 0).length;
    const before = asks();
    for (let time = 1; time <= 4; time += 1) {
      raw.update(name, encodeAppend(logRoot(writer), writer, 5, [message('behind a hole')]));
    }
    await raw.eventually('refused gap', () => (refusals().some((one) => one.code === 'gap') ? true : undefined));
    expect(asks() - before).toBe(3);
    expect(nextClock(document.doc, writer)).toBe(0);
  });

  test('[SV63] the payload that the gate has judged is empty when Hocuspocus looks at it', async () => {
    // A step 2 with the same bytes as an update: if Hocuspocus got a copy, its answer would be "not applied" (0), not "nothing new" (1).
    const writer = freshWriter(ben.account);
    const status = () => raw.read(name).filter(({ type }) => type === 8);
    const before = status().length;
    raw.update(name, encodeAppend(logRoot(writer), writer, 0, [message('as step 2')]), 1);
    await raw.eventually('sync status', () => status()[before]);
    expect([...(status()[before]?.rest ?? [])]).toEqual([1]);
    await document.arrival(writer, 0);
  });
});
