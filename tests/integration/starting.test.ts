import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatDocument, internalChatId } from '../../crdt/model/protocol/document-name.ts';
import {
  createDataDir,
  removeDataDir,
  request,
  setUp,
  startServerProcess,
  startTestServer,
} from '../support/installation.ts';
import { message, SyncSocket } from '../support/sync-client.ts';

const MAIN = fileURLToPath(new URL('../../sync-server/main.ts', import.meta.url));

/** Runs the server to its end, which must come by itself. */
function run(environment: Record<string, string>): { readonly status: number | null; readonly errors: string } {
  const ended = spawnSync(process.execPath, [MAIN], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status: ended.status, errors: ended.stderr };
}

describe('starting and stopping', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await createDataDir();
  });
  afterEach(() => removeDataDir(dataDir));

  test('[SV84] a wrong configuration: every problem at once, exit code 1, and no data is made', () => {
    const { status, errors } = run({
      DATA_DIR: join(dataDir, 'never'),
      PORT: '99999',
      PUBLIC_URL: 'chat.example.de/path',
      TRUSTED_PROXY: 'somewhere',
      LOG_LEVEL: 'loud',
    });
    expect(status).toBe(1);
    for (const name of ['PORT', 'PUBLIC_URL', 'TRUSTED_PROXY', 'LOG_LEVEL']) expect(errors).toContain(name);
  });

  test('[SV85] a second server on the same data refuses to start, and the first goes on', async () => {
    const first = await startServerProcess({ dataDir });
    try {
      const second = run({ DATA_DIR: dataDir, PORT: '0' });
      expect(second.status).toBe(1);
      expect(second.errors).toContain('in use');
      await expect(startTestServer(dataDir)).rejects.toMatchObject({ code: 'data-in-use' });
      expect((await request(first, '/ready')).status).toBe(200);
    } finally {
      await first.end('SIGKILL');
    }
    const third = await startTestServer(dataDir);
    await third.stop();
  });

  test.each(['log.db', 'directory.db', 'identity.db', 'activity.db'])(
    '[SV86] data of a newer version in %s is refused and left alone',
    async (file) => {
      await (await startTestServer(dataDir)).stop();
      const database = new DatabaseSync(join(dataDir, file));
      database.exec('PRAGMA user_version = 4711');
      database.close();
      const { status, errors } = run({ DATA_DIR: dataDir, PORT: '0' });
      expect(status).toBe(1);
      expect(errors).toContain('4711');
      expect(errors).toContain(file);
    },
  );

  test('[SV87] SIGTERM: what was accepted is stored, everybody is told why, exit code 0', async () => {
    const server = await startServerProcess({ dataDir });
    const anna = await setUp(server, server.setupCode ?? '');
    const socket = new SyncSocket(server, anna);
    const document = socket.open(chatDocument(internalChatId(anna.company)));
    await document.synced();
    const clock = document.append(...Array.from({ length: 200 }, (_, index) => message(`number ${index}`)));
    await document.arrival(document.writer, clock + 199);
    const ended = server.end('SIGTERM');
    expect(await document.closing()).toBe('shutting-down');
    socket.close();
    expect(await ended).toBe(0);
    expect(server.output()).toContain('"event":"stopped"');

    const again = await startTestServer(dataDir);
    const stored = await again.store.load(chatDocument(internalChatId(anna.company)));
    expect(stored.clocks.get(document.writer)).toBe(200);
    await again.stop();
  });

  test('[SV88] after a SIGKILL the same port and data come up again with everything that was acknowledged', async () => {
    let server = await startServerProcess({ dataDir });
    const anna = await setUp(server, server.setupCode ?? '');
    const socket = new SyncSocket(server, anna);
    const document = socket.open(chatDocument(internalChatId(anna.company)));
    await document.synced();
    const clock = document.append(message('before'));
    const arrival = await document.arrival(document.writer, clock);
    await server.end('SIGKILL');
    server = await server.startAgain();
    const next = await document.arrival(document.writer, document.append(message('after')));
    expect(next.number).toBe(arrival.number + 1);
    expect(server.setupCode).toBeUndefined();
    socket.close();
    await server.end('SIGTERM');
  });
});
