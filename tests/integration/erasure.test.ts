import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeChatEntry } from '../../crdt/model/chat/entry.ts';
import type { Tuple } from '../../crdt/model/log/append.ts';
import { entryAt } from '../../crdt/model/log/read-log.ts';
import { encodeSet } from '../../crdt/model/log/set-entry.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import type { Writer } from '../../crdt/model/log/writer.ts';
import { readKey } from '../../crdt/model/me/me-entries.ts';
import { chatDocument, meDocument, privateChatId } from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import { message, SyncSocket } from '../support/sync-client.ts';

const about = (writer: Writer, clock: number) => ({
  stamp: stampAt(Date.now()),
  target: { writer, clock },
  first: undefined,
});
const edit = (writer: Writer, clock: number, text: string): Tuple =>
  encodeChatEntry({ kind: 'edit', ...about(writer, clock), text });
const retraction = (writer: Writer, clock: number): Tuple =>
  encodeChatEntry({ kind: 'retraction', ...about(writer, clock) });

describe('what is taken back', () => {
  let at: Installation;
  let anna: SignedInPerson;
  let ben: SignedInPerson;

  beforeAll(async () => {
    at = await openInstallation();
    anna = at.administrator;
    ben = await at.addPerson();
  });
  afterAll(() => at.close());

  test('[SV80] a retracted message and its edits vanish from every device, also one that comes later, and from the disk', async () => {
    const name = chatDocument(privateChatId(anna.account, ben.account));
    const annas = new SyncSocket(at, anna);
    const bens = new SyncSocket(at, ben);
    const writing = annas.open(name);
    const reading = bens.open(name);
    await Promise.all([writing.synced(), reading.synced()]);
    const { writer } = writing;
    const clock = writing.append(message('unspeakable secret'), message('stays'));
    writing.append(edit(writer, clock, 'unspeakable in other words'));
    await reading.arrival(writer, clock + 2);
    expect(reading.entries()).toHaveLength(3);

    writing.append(retraction(writer, clock));
    for (const device of [reading, writing]) {
      await device.eventually('erased', () =>
        entryAt(device.doc, writer, clock) === undefined && entryAt(device.doc, writer, clock + 2) === undefined
          ? true
          : undefined,
      );
      expect(device.entries()).toHaveLength(2);
    }
    annas.close();
    bens.close();

    const late = new SyncSocket(at, ben);
    const returning = late.open(name, reading.doc);
    const fresh = late.open(name);
    await Promise.all([returning.synced(), fresh.synced()]);
    expect(fresh.entries()).toHaveLength(2);
    late.close();

    await at.server.store.compact(name);
    await at.restart();
    const files = await Promise.all(
      ['log.db', 'log.db-wal'].map((file) => readFile(join(at.dataDir, file)).catch(() => Buffer.alloc(0))),
    );
    for (const file of files) expect(file.includes('unspeakable')).toBe(false);
  });

  test('[SV81] superseded settings of a person are erased, the present ones stay', async () => {
    const socket = new SyncSocket(at, anna);
    const me = socket.open(meDocument(anna.account));
    await me.synced();
    const key = readKey(privateChatId(anna.account, ben.account));
    const first = me.append(encodeSet(stampAt(1), key, 1));
    await me.arrival(me.writer, first);
    me.append(encodeSet(stampAt(2), key, 5), encodeSet(stampAt(3), key, 3));
    await me.eventually('only the greatest', () => (me.entries().length === 1 ? true : undefined));
    expect(me.entries()[0]?.[3]).toBe(5);
    socket.close();
  });
});
