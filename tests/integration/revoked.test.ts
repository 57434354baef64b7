import { request as httpRequest, type ClientRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { chatDocument, internalChatId } from '../../crdt/model/protocol/document-name.ts';
import { DEVICES, NEW_INVITATION } from '../../crdt/model/protocol/http.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../crdt/model/protocol/version.ts';
import { encodeJpeg } from '../../sync-server/pictures/drawing.ts';
import {
  cookieOf,
  openInstallation,
  PASSWORD,
  request,
  type Installation,
  type SignedInPerson,
} from '../support/installation.ts';
import { freshWriter, message } from '../support/sync-client.ts';

/** A request whose body comes in two halves; `finish` sends the second and resolves with the status. */
async function halved(
  at: Installation,
  person: SignedInPerson,
  method: string,
  path: string,
  type: string,
  bytes: Uint8Array,
): Promise<() => Promise<number>> {
  const asked: ClientRequest = httpRequest(`${at.url}${path}`, {
    method,
    headers: {
      cookie: person.cookie,
      origin: at.publicUrl,
      'content-type': type,
      'content-length': bytes.length,
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
    },
  });
  const status = new Promise<number>((resolve, reject) => {
    asked.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject);
  });
  await new Promise<void>((resolve) => asked.write(bytes.subarray(0, 5), () => resolve()));
  // A request of its own, so that the server has seen the first half.
  await request(at, '/api/session', { cookie: person.cookie });
  await request(at, '/api/session', { cookie: person.cookie });
  return () => {
    asked.end(bytes.subarray(5));
    return status;
  };
}

describe('rights that end while something is under way', () => {
  let at: Installation;
  beforeAll(async () => {
    at = await openInstallation();
  });
  afterAll(() => at.close());
  const setRights = (person: SignedInPerson, rights: { admin: boolean; active: boolean }) =>
    request(at, `/api/people/${person.account}/rights`, {
      method: 'PUT',
      cookie: at.administrator.cookie,
      json: rights,
    });

  test('[SV57] an upload whose body was still coming is refused', async () => {
    const ben = await at.addPerson();
    const name = chatDocument(internalChatId(ben.company));
    const writer = freshWriter(ben.account);
    const bytes = encodeAppend(logRoot(writer), writer, 0, [message('still here')]);
    const finish = await halved(at, ben, 'POST', `/api/entries/${name}`, 'application/octet-stream', bytes);
    expect((await setRights(ben, { admin: false, active: false })).status).toBe(200);
    const status = await finish();
    expect((await at.server.store.load(name)).clocks.get(writer)).toBeUndefined();
    expect(status).toBe(401);
  });

  test('[SV111] what a device was still sending when it was signed out is refused', async () => {
    const ben = await at.addPerson();
    const desk = cookieOf(
      await request(at, '/api/auth/sign-in/email', { json: { email: ben.email, password: PASSWORD } }),
    );
    const name = chatDocument(internalChatId(ben.company));
    const writer = freshWriter(ben.account);
    const entries = encodeAppend(logRoot(writer), writer, 0, [message('from a stolen phone')]);
    const picture = encodeJpeg({ width: 16, height: 16, data: new Uint8Array(16 * 16 * 4) });
    const finishEntries = await halved(at, ben, 'POST', `/api/entries/${name}`, 'application/octet-stream', entries);
    const finishPicture = await halved(at, ben, 'PUT', '/api/profile/picture', 'image/jpeg', picture);
    const { devices } = v.parse(DEVICES, (await request(at, '/api/devices', { cookie: desk })).body);
    const stolen = devices.find(({ current }) => !current)?.id;
    expect(await request(at, `/api/devices/${stolen}`, { method: 'DELETE', cookie: desk })).toMatchObject({
      status: 200,
    });
    expect([await finishEntries(), await finishPicture()]).toEqual([401, 401]);
    expect((await at.server.store.load(name)).clocks.get(writer)).toBeUndefined();
    expect(at.server.directory.person(ben.account)?.picture).toBeUndefined();
  });

  test('[SV57] who is no administrator any more when the body has come changes nothing', async () => {
    const ben = await at.addPerson();
    expect((await setRights(ben, { admin: true, active: true })).status).toBe(200);
    const body = new TextEncoder().encode(JSON.stringify({ admin: true, active: true }));
    const finish = await halved(at, ben, 'PUT', `/api/people/${ben.account}/rights`, 'application/json', body);
    expect((await setRights(ben, { admin: false, active: false })).status).toBe(200);
    expect(await finish()).toBe(401);
    expect(at.server.directory.person(ben.account)).toMatchObject({ admin: false, active: false });
  });

  test('[SV43] an invitation ends with the rights of who made it', async () => {
    const ben = await at.addPerson();
    await setRights(ben, { admin: true, active: true });
    const invited = await request(at, '/api/invitations', { method: 'POST', cookie: ben.cookie });
    const { token } = v.parse(NEW_INVITATION, invited.body);
    await setRights(ben, { admin: false, active: false });
    const joined = await request(at, `/api/invitations/${token}/accept`, {
      json: { email: 'back@example.test', password: PASSWORD, first: 'Ben', last: 'Again' },
    });
    expect(joined.status).toBe(404);
  });
});
