import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { parsePerson, personKey } from '../../crdt/model/company/company-facts.ts';
import { FactsReader } from '../../crdt/model/log/facts.ts';
import { ERROR_BODY, NEW_PICTURE, PICTURE_BYTES } from '../../crdt/model/protocol/http.ts';
import { companyDocument } from '../../crdt/model/protocol/document-name.ts';
import { build } from '../../sync-server/directory/statements.ts';
import { encodeJpeg } from '../../sync-server/pictures/drawing.ts';
import { readJpegHeader } from '../../sync-server/pictures/jpeg-header.ts';
import {
  openInstallation,
  request,
  type Answer,
  type Installation,
  type SignedInPerson,
} from '../support/installation.ts';
import { SyncSocket } from '../support/sync-client.ts';

/** A JPEG of one colour. */
function jpeg(side: number, [red, green, blue]: readonly [number, number, number]): Uint8Array {
  const data = new Uint8Array(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel += 1) data.set([red, green, blue, 255], pixel * 4);
  return encodeJpeg({ width: side, height: side, data });
}

describe('pictures of people', () => {
  let at: Installation;
  let anna: SignedInPerson;
  let ben: SignedInPerson;
  let socket: SyncSocket;

  beforeAll(async () => {
    at = await openInstallation({ limits: { pictures: { burst: 40, perSecond: 1 } } });
    anna = at.administrator;
    ben = await at.addPerson();
    socket = new SyncSocket(at, ben);
  });
  afterAll(async () => {
    socket.close();
    await at.close();
  });

  const put = (bytes: Uint8Array, by = anna, type = 'image/jpeg'): Promise<Answer> => {
    const headers = { 'content-type': type };
    return request(at, '/api/profile/picture', { method: 'PUT', cookie: by.cookie, bytes, headers });
  };
  const nameOf = (answer: Answer): string => v.parse(NEW_PICTURE, answer.body).picture;
  const codeOf = (answer: Answer) => v.parse(ERROR_BODY, answer.body).code;
  const get = (name: string, cookie?: string): Promise<Response> =>
    fetch(`${at.url}/api/pictures/${name}`, cookie === undefined ? {} : { headers: { cookie } });

  test('[SV120] a picture is drawn anew, named in the company’s facts, and served to its people', async () => {
    const company = socket.open(companyDocument(ben.company));
    await company.synced();
    const answer = await put(jpeg(512, [200, 80, 40]));
    expect(answer.status).toBe(200);
    const name = nameOf(answer);
    await company.eventually('the picture', () => {
      const reader = new FactsReader(company.doc);
      reader.read();
      return parsePerson(reader.values.get(personKey(anna.account)))?.picture === name || undefined;
    });
    const served = await get(name, ben.cookie);
    expect(served.status).toBe(200);
    expect(readJpegHeader(new Uint8Array(await served.arrayBuffer()))).toEqual({ width: 256, height: 256 });
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(served.headers.get('content-security-policy')).toMatch(/^default-src 'none'/u);
  });

  test('[SV120] the same picture again is the same, another replaces it, and one that nobody has is gone', async () => {
    const first = nameOf(await put(jpeg(64, [10, 20, 30])));
    expect(nameOf(await put(jpeg(64, [10, 20, 30])))).toBe(first);
    expect(nameOf(await put(jpeg(64, [10, 20, 30]), ben))).toBe(first);
    const second = nameOf(await put(jpeg(64, [90, 20, 30])));
    expect(second).not.toBe(first);
    expect((await get(first, anna.cookie)).status).toBe(200);
    for (let again = 0; again < 2; again += 1) {
      const removed = await request(at, '/api/profile/picture', { method: 'DELETE', cookie: ben.cookie });
      expect(removed.status).toBe(200);
    }
    expect((await get(first, anna.cookie)).status).toBe(404);
    expect((await get(second, ben.cookie)).status).toBe(200);
  });

  test('[SV120] a change of the profile leaves the picture alone, and it is there after a restart', async () => {
    const name = nameOf(await put(jpeg(64, [1, 2, 3])));
    const json = { first: 'Anna', last: 'Neu' };
    expect((await request(at, '/api/profile', { method: 'PUT', cookie: anna.cookie, json })).status).toBe(200);
    await at.restart();
    const { body } = await request(at, '/api/session', { cookie: anna.cookie });
    expect(body).toMatchObject({ person: { picture: name, last: 'Neu' } });
    expect((await get(name, ben.cookie)).status).toBe(200);
  });

  test('[SV122] nobody else gets it: not without a session, not from another company, not somebody deactivated', async () => {
    const name = nameOf(await put(jpeg(64, [7, 7, 7])));
    expect((await get(name)).status).toBe(401);
    const { directory } = at.server;
    const carla = await at.addPerson();
    const change = { method: 'PUT', cookie: anna.cookie, json: { admin: false, active: false } };
    expect((await get(name, carla.cookie)).status).toBe(200);
    await request(at, `/api/people/${carla.account}/rights`, change);
    expect((await get(name, carla.cookie)).status).toBe(401);
    expect((await put(jpeg(64, [7, 7, 7]), carla)).status).toBe(401);
    const stranger = directory.found('Elsewhere', {
      user: 'nobody-signs-in-as-this',
      profile: { first: 'Eva', last: 'Fern', visible: true },
    });
    expect(stranger.company).not.toBe(anna.company);
    const dora = await at.addPerson();
    // Dora’s session now belongs to the other company.
    const people = build.updateTable('people').set({ company: stranger.company });
    directory.sql.run(people.where('account', '=', dora.account));
    expect((await get(name, dora.cookie)).status).toBe(404);
  });

  test.each(['x', '..%2f..%2fsession', 'a'.repeat(200), '%00', `${'A'.repeat(43)}`])(
    '[SV122] %s is nobody’s picture',
    async (name) => {
      expect((await get(name, anna.cookie)).status).toBe(404);
    },
  );

  test('[SV121] what is no picture, or too large, is refused with its code and changes nothing', async () => {
    const name = nameOf(await put(jpeg(64, [5, 5, 5])));
    const broken = jpeg(64, [5, 5, 5]).subarray(0, 300);
    expect(await put(broken)).toMatchObject({ status: 422 });
    expect(codeOf(await put(broken))).toBe('picture');
    expect(codeOf(await put(jpeg(64, [1, 1, 1]), anna, 'image/png'))).toBe('picture');
    expect(codeOf(await put(jpeg(600, [1, 1, 1])))).toBe('picture');
    const large = await put(new Uint8Array(PICTURE_BYTES + 1));
    expect(large.status).toBe(413);
    expect(codeOf(large)).toBe('too-big');
    expect((await request(at, '/api/session', { cookie: anna.cookie })).body).toMatchObject({
      person: { picture: name },
    });
  });

  test('[SV121] somebody who sends one picture after the other is slowed down, and nobody else is', async () => {
    const dora = await at.addPerson();
    const broken = new Uint8Array([1, 2, 3]);
    const answers = await Promise.all(Array.from({ length: 60 }, () => put(broken, dora)));
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['picture', 'rate']));
    expect((await put(jpeg(64, [5, 5, 5]))).status).toBe(200);
  });

  test('[SV46] a foreign page can’t change it', async () => {
    const headers = { origin: 'https://elsewhere.example', 'content-type': 'image/jpeg' };
    const options = { method: 'PUT', cookie: anna.cookie, bytes: jpeg(64, [0, 0, 0]), headers };
    expect(codeOf(await request(at, '/api/profile/picture', options))).toBe('origin');
  });
});

test('[SV123] a list of many faces takes nothing from what else a person asks for', async () => {
  const at = await openInstallation({ limits: { requestsPerPerson: { burst: 20, perSecond: 0.001 } } });
  try {
    const { cookie } = at.administrator;
    const headers = { 'content-type': 'image/jpeg' };
    const bytes = jpeg(64, [9, 9, 9]);
    const put = await request(at, '/api/profile/picture', { method: 'PUT', cookie, bytes, headers });
    const path = `/api/pictures/${v.parse(NEW_PICTURE, put.body).picture}`;
    const seen = await Promise.all(Array.from({ length: 100 }, () => fetch(at.url + path, { headers: { cookie } })));
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await request(at, '/api/session', { cookie })).toMatchObject({ status: 200 });
  } finally {
    await at.close();
  }
});

test('[SV123] somebody who asks for pictures without end is slowed down', async () => {
  const at = await openInstallation({ limits: { pictureRequests: { burst: 5, perSecond: 0.001 } } });
  try {
    const { cookie } = at.administrator;
    const statuses = await Promise.all(
      Array.from({ length: 10 }, async () => (await fetch(`${at.url}/api/pictures/x`, { headers: { cookie } })).status),
    );
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  } finally {
    await at.close();
  }
});

test('[SV121] [SV47] a picture for which there was no time may be one: to be sent again later', async () => {
  const at = await openInstallation({ limits: { pictureMs: 0 } });
  try {
    const { cookie } = at.administrator;
    const headers = { 'content-type': 'image/jpeg' };
    const bytes = jpeg(64, [9, 9, 9]);
    const answer = await request(at, '/api/profile/picture', { method: 'PUT', cookie, bytes, headers });
    expect(answer.status).toBe(429);
    expect(v.parse(ERROR_BODY, answer.body).code).toBe('rate');
    expect((await request(at, '/api/session', { cookie })).body).not.toHaveProperty('person.picture');
  } finally {
    await at.close();
  }
});
