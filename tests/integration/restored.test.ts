import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as v from 'valibot';
import { EPOCH_JUMP } from '../../crdt/model/chat/arrivals.ts';
import { encodeSet } from '../../crdt/model/log/set-entry.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { readKey } from '../../crdt/model/me/me-entries.ts';
import { chatDocument, meDocument, privateChatId } from '../../crdt/model/protocol/document-name.ts';
import { DEVICES } from '../../crdt/model/protocol/http.ts';
import { encodeJpeg } from '../../sync-server/pictures/drawing.ts';
import { restoreBackup } from '../../sync-server/operations/backup/restore-backup.ts';
import { takeBackup } from '../../sync-server/operations/backup/take-backup.ts';
import {
  addPerson,
  cookieOf,
  createDataDir,
  PASSWORD,
  removeDataDir,
  request,
  setUp,
  startTestServer,
} from '../support/installation.ts';
import { message, SyncSocket } from '../support/sync-client.ts';

test.each([
  ['with the file of positions', true],
  ['of an earlier version, without it', false],
])(
  '[SV36] [SV105] [SV112] after a restore %s: receipts and pictures are there, ended sessions stay ended',
  { timeout: 60_000 },
  async (_, hasActivity) => {
    const dataDir = await createDataDir();
    onTestFinished(() => removeDataDir(dataDir));
    let server = await startTestServer(dataDir);
    onTestFinished(() => server.stop());
    const at = { url: server.localUrl, publicUrl: server.localUrl };
    const anna = await setUp(at, server.setupCode ?? '');
    const ben = await addPerson(at, anna);
    const chat = privateChatId(anna.account, ben.account);

    const socket = new SyncSocket(at, ben);
    const writing = socket.open(chatDocument(chat));
    const me = socket.open(meDocument(ben.account));
    await Promise.all([writing.synced(), me.synced()]);
    const { number } = await writing.arrival(writing.writer, writing.append(message('one')));
    await me.arrival(me.writer, me.append(encodeSet(stampAt(Date.now()), readKey(chat), number)));
    const data = new Uint8Array(64 * 64 * 4).fill(200);
    const bytes = encodeJpeg({ width: 64, height: 64, data });
    const headers = { 'content-type': 'image/jpeg' };
    await request(at, '/api/profile/picture', { method: 'PUT', cookie: ben.cookie, bytes, headers });
    const signedIn = await request(at, '/api/auth/sign-in/email', { json: { email: ben.email, password: PASSWORD } });
    const lost = cookieOf(signedIn);
    const left = cookieOf(
      await request(at, '/api/auth/sign-in/email', { json: { email: ben.email, password: PASSWORD } }),
    );

    const backup = join(dataDir, 'backup');
    const { files } = takeBackup({ dataDir, target: backup, nowMs: Date.now });
    expect(files.map(({ name }) => name)).toContain('activity.db');
    // After the backup was taken, the phone is lost, and somebody leaves a borrowed computer.
    await request(at, '/api/auth/sign-out', { method: 'POST', cookie: left });
    const { devices } = v.parse(DEVICES, (await request(at, '/api/devices', { cookie: lost })).body);
    const { id } = devices.find(({ current }) => current) ?? expect.fail('no device');
    await request(at, `/api/devices/${id}?wipe=1`, { method: 'DELETE', cookie: ben.cookie });
    socket.close();
    await server.stop();

    restoreBackup({ backup, dataDir, nowMs: Date.now, random32: () => 1 });
    if (!hasActivity) rmSync(join(dataDir, 'activity.db'));
    server = await startTestServer(dataDir, { environment: { PORT: String(server.port) } });
    await Promise.all([server.projected(), server.mirrored()]);

    expect(await request(at, '/api/session', { cookie: lost })).toMatchObject({ status: 401, body: { wipe: true } });
    const gone = await request(at, '/api/session', { cookie: left });
    expect(gone.status).toBe(401);
    expect(gone.body).not.toHaveProperty('wipe');
    const session = await request(at, '/api/session', { cookie: ben.cookie });
    const { picture } = (session.body as { person: { picture: string } }).person;
    const served = await fetch(`${at.url}/api/pictures/${picture}`, { headers: { cookie: anna.cookie } });
    expect(served.status).toBe(200);

    const annas = new SyncSocket(at, anna);
    onTestFinished(() => annas.close());
    const reading = annas.open(chatDocument(chat));
    await reading.eventually('what was read before the restore', () => {
      const [told] = reading.messages.filter((one) => one.kind === 'receipts').slice(-1);
      return told?.people[0]?.[2] === number || undefined;
    });
    // What is new counts from far above, so the old marker says nothing of it.
    const next = await reading.arrival(reading.writer, reading.append(message('two')));
    expect(next.number).toBeGreaterThan(EPOCH_JUMP);
  },
);
