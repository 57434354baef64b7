import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDataDir, removeDataDir, request, sessionOf, setUp, startTestServer } from '../support/installation.ts';
import { PROTOCOL_VERSION } from '../../crdt/model/protocol/version.ts';
import type { RunningServer } from '../../sync-server/server.ts';

describe('an empty installation', () => {
  let dataDir: string;
  let server: RunningServer;
  let at: { url: string; publicUrl: string };

  beforeAll(async () => {
    dataDir = await createDataDir();
    server = await startTestServer(dataDir);
    at = { url: server.localUrl, publicUrl: server.localUrl };
  });
  afterAll(async () => {
    await server.stop();
    await removeDataDir(dataDir);
  });

  test('[SV40] it asks for the set-up, refuses a wrong code and takes the right one once', async () => {
    expect((await request(at, '/api/status')).body).toEqual({ kind: 'setup', protocol: PROTOCOL_VERSION });
    const person = {
      company: 'Berger',
      email: 'anna@example.test',
      password: 'long enough',
      first: 'Anna',
      last: 'Berger',
    };
    const wrong = await request(at, '/api/setup', { json: { code: 'AAAA-AAAA-AAAA', ...person } });
    expect(wrong.status).toBe(403);
    expect(wrong.body).toMatchObject({ code: 'setup-code' });

    const code = server.setupCode ?? '';
    const anna = await setUp(at, code.toLowerCase());
    expect(anna.account).toBe(2);
    expect(await sessionOf(at, anna.cookie)).toMatchObject({
      account: 2,
      company: 1,
      person: { admin: true, active: true },
    });
    expect(server.setupCode).toBeUndefined();
    expect((await request(at, '/api/status')).body).toMatchObject({ kind: 'ready' });
    expect((await request(at, '/api/setup', { json: { code, ...person } })).body).toMatchObject({ code: 'setup-done' });
  });
});
