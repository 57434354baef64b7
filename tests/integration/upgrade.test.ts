import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { ERROR_BODY } from '../../crdt/model/protocol/http.ts';
import { PROTOCOL_VERSION } from '../../crdt/model/protocol/version.ts';
import { openInstallation, type Installation } from '../support/installation.ts';
import { RawSocket } from '../support/sync-client.ts';

const OWN_SYNC = `/sync?protocol=${PROTOCOL_VERSION}`;

/** The HTTP answer to an attempt to upgrade. */
function upgrade(
  at: Installation,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; code: unknown }> {
  return new Promise((resolve, reject) => {
    const attempt = httpRequest(`${at.url}${path}`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    attempt.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, code: v.parse(ERROR_BODY, JSON.parse(body)).code }),
      );
    });
    attempt.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, code: undefined });
    });
    attempt.on('error', reject);
    attempt.end();
  });
}

describe('before a WebSocket is opened', () => {
  let at: Installation;
  let cookie: string;

  beforeAll(async () => {
    at = await openInstallation({ limits: { socketsPerPerson: 3 } });
    cookie = at.administrator.cookie;
  });
  afterAll(() => at.close());

  test('[SV53] an own page with a session and the right protocol is let in', async () => {
    expect(await upgrade(at, OWN_SYNC, { cookie, origin: at.url })).toEqual({ status: 101, code: undefined });
  });

  test('[SV53] an address that is none is refused like any other', async () => {
    for (const path of ['//', '//[', '/elsewhere']) {
      expect(await upgrade(at, path, { cookie, origin: at.url })).toEqual({ status: 404, code: 'not-found' });
    }
  });

  test('[SV53] without a session, with a made-up or a tampered one, it is refused', async () => {
    const origin = at.url;
    const refused = { status: 401, code: 'signed-out' };
    expect(await upgrade(at, OWN_SYNC, { origin })).toEqual(refused);
    expect(await upgrade(at, OWN_SYNC, { origin, cookie: 'hausfunk.session_token=abc.def' })).toEqual(refused);
    const tampered = cookie.replace(/=(.)/u, (_, first: string) => `=${first === 'x' ? 'y' : 'x'}`);
    expect(await upgrade(at, OWN_SYNC, { origin, cookie: tampered })).toEqual(refused);
  });

  test('[SV53] a page of another origin is refused, with a session too', async () => {
    const refused = { status: 403, code: 'origin' };
    for (const origin of ['https://evil.test', 'null', `${at.url}.evil.test`, `${at.url}0`]) {
      expect(await upgrade(at, OWN_SYNC, { cookie, origin }), origin).toEqual(refused);
    }
  });

  test('[SV53] another protocol version is refused with 409', async () => {
    const refused = { status: 409, code: 'protocol' };
    expect(await upgrade(at, '/sync', { cookie, origin: at.url })).toEqual(refused);
    expect(await upgrade(at, `/sync?protocol=${PROTOCOL_VERSION + 1}`, { cookie, origin: at.url })).toEqual(refused);
  });

  test('[SV53] nothing but /sync can be upgraded', async () => {
    expect(await upgrade(at, '/api/session', { cookie, origin: at.url })).toEqual({ status: 404, code: 'not-found' });
  });

  test('[SV54] one person can have only so many sockets, and others are not concerned', async () => {
    const sockets = [1, 2, 3].map(() => new RawSocket(at, at.administrator));
    await Promise.all(sockets.map((socket) => socket.opened()));
    expect(await upgrade(at, OWN_SYNC, { cookie, origin: at.url })).toEqual({ status: 429, code: 'rate' });
    const other = await at.addPerson();
    expect(await upgrade(at, OWN_SYNC, { cookie: other.cookie, origin: at.url })).toMatchObject({
      status: 101,
    });
    for (const socket of sockets) socket.close();
  });

  test('[SV54] a frame over the limit closes the socket', async () => {
    const person = await at.addPerson();
    const socket = new RawSocket(at, person);
    await socket.opened();
    const closed = new Promise<number>((resolve) => socket.socket.once('close', resolve));
    socket.socket.send(new Uint8Array(2 * 1_048_576));
    expect(await closed).toBe(1009);
  });
});
