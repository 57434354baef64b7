import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { DEVICES, ERROR_BODY, type Device } from '../../crdt/model/protocol/http.ts';
import { inboxDocument } from '../../crdt/model/protocol/document-name.ts';
import {
  cookieOf,
  openInstallation,
  PASSWORD,
  request,
  type Answer,
  type Installation,
  type SignedInPerson,
} from '../support/installation.ts';
import { SyncSocket } from '../support/sync-client.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const PHONE =
  'Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36';
const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

const codeOf = (answer: Answer): v.InferOutput<typeof ERROR_BODY> => v.parse(ERROR_BODY, answer.body);

describe('the devices of a person', () => {
  let at: Installation;
  let anna: SignedInPerson;
  let ben: SignedInPerson;
  let nowMs = Date.now();

  beforeAll(async () => {
    at = await openInstallation({ nowMs: () => nowMs });
    anna = at.administrator;
    ben = await at.addPerson();
  });
  afterAll(() => at.close());

  /** Signs Anna in on another device. */
  async function signIn(userAgent: string, person = anna): Promise<SignedInPerson> {
    const answer = await request(at, '/api/auth/sign-in/email', { json: { email: person.email, password: PASSWORD } });
    const cookie = cookieOf(answer);
    await request(at, '/api/session', { cookie, headers: { 'user-agent': userAgent } });
    return { ...person, cookie };
  }
  const devicesOf = async (person: SignedInPerson): Promise<readonly Device[]> =>
    v.parse(DEVICES, (await request(at, '/api/devices', { cookie: person.cookie })).body).devices;
  const sessionAnswer = (person: SignedInPerson): Promise<Answer> =>
    request(at, '/api/session', { cookie: person.cookie });
  const currentOf = async (person: SignedInPerson): Promise<string> =>
    (await devicesOf(person)).find(({ current }) => current)?.id ?? '';
  const signOut = (by: SignedInPerson, id: string, wipe = false): Promise<Answer> =>
    request(at, `/api/devices/${id}${wipe ? '?wipe=1' : ''}`, { method: 'DELETE', cookie: by.cookie });

  test('[SV110] are listed with what they call themselves, when they were seen, and which one asks', async () => {
    const phone = await signIn(PHONE);
    nowMs += DAY_MS;
    const desk = await signIn(FIREFOX);
    const devices = await devicesOf(desk);
    const found = devices.filter(({ browser }) => browser !== undefined);
    expect(found).toMatchObject([
      { browser: 'Firefox', system: 'Linux', current: true, seenAtMs: nowMs },
      { browser: 'Chrome', system: 'Android', current: false, seenAtMs: nowMs - DAY_MS },
    ]);
    expect((await devicesOf(phone)).find(({ system }) => system === 'Android')).toMatchObject({ current: true });
    for (const { id } of devices) expect(phone.cookie + desk.cookie).not.toContain(id);
  });

  test('[SV110] nobody sees or ends those of somebody else', async () => {
    const id = await currentOf(anna);
    expect((await devicesOf(ben)).map((one) => one.id)).not.toContain(id);
    expect(await signOut(ben, id)).toMatchObject({ status: 404 });
    expect(await signOut(ben, id, true)).toMatchObject({ status: 404 });
    expect(await sessionAnswer(anna)).toMatchObject({ status: 200 });
    expect(await request(at, '/api/devices')).toMatchObject({ status: 401 });
    expect(await request(at, `/api/devices/${id}`, { method: 'DELETE' })).toMatchObject({ status: 401 });
  });

  test.each(['x', '../session', 'a'.repeat(5_000), '%00', `' OR 1=1 --`])(
    '[SV110] an id like %s is nobody’s',
    async (id) => {
      expect(await signOut(anna, encodeURIComponent(id))).toMatchObject({ status: 404 });
    },
  );

  test('[SV110] one that had a socket open was seen when it closed', async () => {
    const [phone, desk] = [await signIn(PHONE), await signIn(FIREFOX)];
    const id = await currentOf(phone);
    const socket = new SyncSocket(at, phone);
    await socket.open(inboxDocument(anna.account)).synced();
    nowMs += 2 * HOUR_MS;
    const closedMs = nowMs;
    socket.close();
    await expect
      .poll(
        async () => {
          // Still connected, it would be seen now.
          nowMs += HOUR_MS;
          return (await devicesOf(desk)).find((one) => one.id === id);
        },
        { timeout: 10_000 },
      )
      .toSatisfy((seen: Device) => seen.system === 'Android' && seen.seenAtMs >= closedMs && seen.seenAtMs < nowMs);
  });

  test('[SV110] refused sign-ins of somebody who was deactivated are no devices of theirs afterwards', async () => {
    const eva = await at.addPerson();
    const rights = (active: boolean): Promise<Answer> =>
      request(at, `/api/people/${eva.account}/rights`, {
        method: 'PUT',
        cookie: anna.cookie,
        json: { admin: false, active },
      });
    const json = { email: eva.email, password: PASSWORD };
    await rights(false);
    for (let again = 0; again < 3; again += 1) {
      expect(await request(at, '/api/auth/sign-in/email', { json })).toMatchObject({ status: 401 });
    }
    await rights(true);
    expect(await devicesOf(await signIn(FIREFOX, eva))).toHaveLength(1);
  });

  test('[SV111] signing one out ends its session and its sockets at once, and no other', async () => {
    const [phone, desk] = [await signIn(PHONE), await signIn(FIREFOX)];
    const [lost, kept] = [new SyncSocket(at, phone), new SyncSocket(at, desk)];
    try {
      const [inbox, other] = [lost, kept].map((socket) => socket.open(inboxDocument(anna.account)));
      if (inbox === undefined || other === undefined) throw new Error('no inbox');
      await Promise.all([inbox.synced(), other.synced()]);
      expect(await sessionAnswer(phone)).toMatchObject({ status: 200 });
      expect(await signOut(desk, await currentOf(phone))).toMatchObject({ status: 200 });
      expect(await inbox.closing()).toBe('signed-out');
      // Asked right before, so it would be remembered.
      const answer = await sessionAnswer(phone);
      expect(answer.status).toBe(401);
      expect(codeOf(answer)).not.toHaveProperty('wipe');
      expect(await sessionAnswer(desk)).toMatchObject({ status: 200 });
      expect(other.closings).toEqual([]);
    } finally {
      lost.close();
      kept.close();
    }
  });

  /** Changes one of the installation's files behind the server's back, as a full or failing disk would. */
  function disturb(file: string, change: string): void {
    const sql = new DatabaseSync(join(at.dataDir, file));
    sql.exec(change);
    sql.close();
  }

  test('[SV111] [SV112] where the session can’t be deleted, it is over all the same, and the wish to wipe stands', async () => {
    const [phone, desk] = [await signIn(PHONE), await signIn(FIREFOX)];
    const id = await currentOf(phone);
    const socket = new SyncSocket(at, phone);
    try {
      const inbox = socket.open(inboxDocument(anna.account));
      await inbox.synced();
      disturb('identity.db', `CREATE TRIGGER hold BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'disk'); END`);
      expect(await signOut(desk, id, true)).toMatchObject({ status: 500 });
      expect(await inbox.closing()).toBe('signed-out');
      expect(codeOf(await sessionAnswer(phone))).toMatchObject({ wipe: true });
      expect((await devicesOf(desk)).map((one) => one.id)).not.toContain(id);
      disturb('identity.db', 'DROP TRIGGER hold');
      expect(await signOut(desk, id)).toMatchObject({ status: 200 });
      expect(codeOf(await sessionAnswer(phone))).toMatchObject({ wipe: true });
    } finally {
      socket.close();
    }
  });

  test('[SV58] [SV111] a device that signs itself out is out, too, where the session can’t be deleted, and forgets its cookie', async () => {
    const phone = await signIn(PHONE);
    const socket = new SyncSocket(at, phone);
    const leave = (): Promise<Answer> =>
      request(at, '/api/auth/sign-out', { method: 'POST', cookie: phone.cookie, json: {} });
    try {
      const inbox = socket.open(inboxDocument(anna.account));
      await inbox.synced();
      disturb('identity.db', `CREATE TRIGGER hold BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'disk'); END`);
      expect(await leave()).toMatchObject({ status: 200 });
      expect(await inbox.closing()).toBe('signed-out');
      const answer = await sessionAnswer(phone);
      expect(answer.status).toBe(401);
      expect(codeOf(answer)).not.toHaveProperty('wipe');
      expect((await leave()).headers.getSetCookie().join()).toMatch(/hausfunk\.session_token=;.*Max-Age=0/iu);
    } finally {
      disturb('identity.db', 'DROP TRIGGER hold');
      socket.close();
    }
  });

  test('[SV58] where a sign-out can be neither noted nor carried out, it is not said to be done', async () => {
    const phone = await signIn(PHONE);
    const leave = (): Promise<Answer> =>
      request(at, '/api/auth/sign-out', { method: 'POST', cookie: phone.cookie, json: {} });
    disturb('identity.db', `CREATE TRIGGER hold BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'disk'); END`);
    disturb(
      'directory.db',
      `CREATE TRIGGER hold BEFORE INSERT ON endedSessions BEGIN SELECT RAISE(ABORT, 'disk'); END`,
    );
    try {
      const refused = await leave();
      expect(refused.status).toBe(500);
      expect(codeOf(refused).code).toBe('internal');
      expect(refused.headers.getSetCookie()).toEqual([]);
      expect(await sessionAnswer(phone)).toMatchObject({ status: 200 });
    } finally {
      disturb('identity.db', 'DROP TRIGGER hold');
      disturb('directory.db', 'DROP TRIGGER hold');
    }
    expect(await leave()).toMatchObject({ status: 200 });
    expect(await sessionAnswer(phone)).toMatchObject({ status: 401 });
  });

  test('[SV111] what was noted of a device is no reason to leave it signed in', async () => {
    const [phone, desk] = [await signIn(PHONE), await signIn(FIREFOX)];
    const id = await currentOf(phone);
    const socket = new SyncSocket(at, phone);
    try {
      const inbox = socket.open(inboxDocument(anna.account));
      await inbox.synced();
      disturb('activity.db', `CREATE TRIGGER hold BEFORE DELETE ON seen BEGIN SELECT RAISE(ABORT, 'disk'); END`);
      expect(await signOut(desk, id)).toMatchObject({ status: 200 });
      expect(await inbox.closing()).toBe('signed-out');
    } finally {
      disturb('activity.db', 'DROP TRIGGER hold');
      socket.close();
    }
  });

  test('[SV111] the device that asks can be signed out like any other', async () => {
    const phone = await signIn(PHONE);
    expect(await signOut(phone, await currentOf(phone))).toMatchObject({ status: 200 });
    expect(await sessionAnswer(phone)).toMatchObject({ status: 401 });
  });

  test('[SV112] a device to be wiped is told so whenever it comes, also after a restart, and until its cookie is gone', async () => {
    const phone = await signIn(PHONE);
    const id = await currentOf(phone);
    expect(await signOut(anna, id, true)).toMatchObject({ status: 200 });
    expect(await signOut(anna, id, true)).toMatchObject({ status: 404 });
    for (const path of ['/api/session', '/api/devices', '/api/session']) {
      const answer = await request(at, path, { cookie: phone.cookie });
      expect(answer.status).toBe(401);
      expect(codeOf(answer)).toMatchObject({ code: 'signed-out', wipe: true });
    }
    await at.restart();
    expect(codeOf(await sessionAnswer(phone))).toMatchObject({ wipe: true });
    const signedOut = await request(at, '/api/auth/sign-out', { method: 'POST', cookie: phone.cookie });
    expect(signedOut.status).toBe(200);
    expect(signedOut.headers.getSetCookie().join()).toMatch(/hausfunk\.session_token=;.*Max-Age=0/iu);
  });

  test('[SV112] nobody else is ever told to wipe', async () => {
    const phone = await signIn(PHONE);
    await request(at, '/api/auth/sign-out', { method: 'POST', cookie: phone.cookie });
    const rights = { admin: false, active: false };
    const carla = await at.addPerson();
    const change = { method: 'PUT', cookie: anna.cookie, json: rights };
    expect((await request(at, `/api/people/${carla.account}/rights`, change)).status).toBe(200);
    for (const cookie of [phone.cookie, carla.cookie, 'hausfunk.session_token=abc.def', 'x'.repeat(5_000)]) {
      const answer = await request(at, '/api/session', { cookie });
      expect(answer.status).toBe(401);
      expect(codeOf(answer)).not.toHaveProperty('wipe');
    }
  });

  test('[SV113] a session that is remembered ends at once with every way of ending', async () => {
    const phone = await signIn(PHONE);
    expect(await sessionAnswer(phone)).toMatchObject({ status: 200 });
    await request(at, '/api/auth/sign-out', { method: 'POST', cookie: phone.cookie });
    expect(await sessionAnswer(phone)).toMatchObject({ status: 401 });
    const dora = await at.addPerson();
    expect(await sessionAnswer(dora)).toMatchObject({ status: 200 });
    const change = { method: 'PUT', cookie: anna.cookie, json: { admin: false, active: false } };
    await request(at, `/api/people/${dora.account}/rights`, change);
    const back = { method: 'PUT', cookie: anna.cookie, json: { admin: false, active: true } };
    await request(at, `/api/people/${dora.account}/rights`, back);
    expect(await sessionAnswer(dora)).toMatchObject({ status: 401 });
  });
});
