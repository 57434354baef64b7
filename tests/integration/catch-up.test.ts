import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { encodeSet } from '../../crdt/model/log/set-entry.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { draftKey } from '../../crdt/model/me/me-entries.ts';
import { CAUGHT_UP, STORED_ENTRIES, type CaughtUp } from '../../crdt/model/protocol/http.ts';
import {
  chatDocument,
  inboxDocument,
  internalChatId,
  meDocument,
  privateChatId,
} from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, request, type Installation, type SignedInPerson } from '../support/installation.ts';
import { freshWriter, message, SyncSocket } from '../support/sync-client.ts';

describe('what happened while one was away', () => {
  let at: Installation;
  let anna: SignedInPerson;
  let ben: SignedInPerson;

  beforeAll(async () => {
    at = await openInstallation();
    anna = at.administrator;
    ben = await at.addPerson();
    await at.server.projected();
  });
  afterAll(() => at.close());

  const catchUp = async (person: SignedInPerson, since: number, epoch: string): Promise<CaughtUp> => {
    const answer = await request(at, '/api/catch-up', { cookie: person.cookie, json: { since, epoch } });
    return v.parse(CAUGHT_UP, answer.body);
  };
  const upload = (person: SignedInPerson, name: string, bytes: Uint8Array) =>
    request(at, `/api/entries/${name}`, { cookie: person.cookie, bytes });

  test('[SV70] entries go by HTTP into a document that nobody has open, and the arrivals come back', async () => {
    const name = chatDocument(privateChatId(anna.account, ben.account));
    const writer = freshWriter(anna.account);
    const bytes = encodeAppend(logRoot(writer), writer, 0, [message('one'), message('two'), message('three')]);
    const answer = await upload(anna, name, bytes);
    expect(answer.status).toBe(200);
    const { arrivals } = v.parse(STORED_ENTRIES, answer.body);
    expect(arrivals).toEqual([[writer, 0, 3, 3, expect.any(Number)]]);
    // The answer got lost: sending it again changes nothing.
    expect(v.parse(STORED_ENTRIES, (await upload(anna, name, bytes)).body).arrivals).toEqual([]);
    expect((await at.server.store.load(name)).clocks.get(writer)).toBe(3);
  });

  test('[SV70] what the gate refuses is refused by HTTP with the same code', async () => {
    const name = chatDocument(privateChatId(anna.account, ben.account));
    const writer = freshWriter(anna.account);
    const gap = await upload(anna, name, encodeAppend(logRoot(writer), writer, 4, [message('behind a hole')]));
    expect([gap.status, gap.body]).toMatchObject([409, { code: 'gap' }]);
    const bad = await upload(anna, name, encodeAppend(logRoot(writer), writer, 0, [[17, 1, '']]));
    expect([bad.status, bad.body]).toMatchObject([422, { code: 'bad-entry' }]);
    const broken = await upload(anna, name, new Uint8Array([9, 9, 9]));
    expect([broken.status, broken.body]).toMatchObject([400, { code: 'malformed' }]);
    const big = await upload(anna, name, new Uint8Array(1_048_577));
    expect([big.status, big.body]).toMatchObject([413, { code: 'too-big' }]);
  });

  test('[SV71] catching up tells the heads of what changed and only that, of own documents only', async () => {
    const before = await catchUp(ben, 0, '');
    expect(before.epoch).toBe(await at.server.store.epoch());
    const internal = chatDocument(internalChatId(anna.company));
    const writer = freshWriter(anna.account);
    await upload(anna, internal, encodeAppend(logRoot(writer), writer, 0, [message('to all')]));
    const draft = encodeSet(stampAt(Date.now()), draftKey(internalChatId(anna.company)), 'not for Ben');
    expect(
      (await upload(anna, meDocument(anna.account), encodeAppend(logRoot(writer), writer, 0, [draft]))).status,
    ).toBe(200);
    const changed = await catchUp(ben, before.cursor, before.epoch);
    expect(changed.heads.map(([name, number]) => [name, number])).toEqual([[internal, 1]]);
    expect((await catchUp(ben, changed.cursor, changed.epoch)).heads).toEqual([]);
    const all = await catchUp(ben, changed.cursor, 'another history');
    const names = all.heads.map(([name]) => String(name));
    expect(names).toContain(inboxDocument(ben.account));
    expect(names).not.toContain(inboxDocument(anna.account));
  });

  test('[SV72] a document that is not open is bumped on the inbox, one that is open is not', async () => {
    const chat = chatDocument(privateChatId(anna.account, ben.account));
    const internal = chatDocument(internalChatId(anna.company));
    const bens = new SyncSocket(at, ben);
    const inbox = bens.open(inboxDocument(ben.account));
    const opened = bens.open(internal);
    await Promise.all([inbox.message('welcome'), opened.synced()]);
    const writer = freshWriter(anna.account);
    await upload(anna, internal, encodeAppend(logRoot(writer), writer, 0, [message('open')]));
    await upload(anna, chat, encodeAppend(logRoot(writer), writer, 0, [message('closed')]));
    const { heads } = await inbox.message('bump');
    expect(heads.map(([name]) => name)).toEqual([chat]);
    const stored = await at.server.store.heads({ documents: [chat], streams: [], since: 0 });
    expect(heads[0]).toEqual([chat, stored[0]?.number, stored[0]?.sequence]);
    bens.close();
  });

  test('[SV73] the server tells its time on the inbox', async () => {
    const socket = new SyncSocket(at, ben);
    const inbox = socket.open(inboxDocument(ben.account));
    await inbox.message('welcome');
    inbox.provider.sendStateless(JSON.stringify({ kind: 'time', sentAtMs: 12.5 }));
    inbox.provider.sendStateless('nonsense');
    const answer = await inbox.message('time');
    expect(answer.sentAtMs).toBe(12.5);
    expect(Math.abs(answer.serverTimeMs - Date.now())).toBeLessThan(5_000);
    socket.close();
  });
});
