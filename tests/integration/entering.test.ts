import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { DEVICES, NEW_INVITATION, type NewInvitation } from '../../crdt/model/protocol/http.ts';
import {
  cookieOf,
  openInstallation,
  PASSWORD,
  request,
  sessionOf,
  type Answer,
  type Installation,
} from '../support/installation.ts';

describe('coming in', () => {
  let at: Installation;
  let nowMs = Date.now();

  beforeAll(async () => {
    at = await openInstallation({ nowMs: () => nowMs });
  });
  afterAll(() => at.close());

  const signIn = (email: string, password: string): Promise<Answer> =>
    request(at, '/api/auth/sign-in/email', { json: { email, password } });
  const invite = async (headers: Record<string, string> = {}): Promise<NewInvitation> => {
    const answer = await request(at, '/api/invitations', { method: 'POST', cookie: at.administrator.cookie, headers });
    expect(answer.status).toBe(201);
    return v.parse(NEW_INVITATION, answer.body);
  };
  const accept = (token: string, email: string): Promise<Answer> =>
    request(at, `/api/invitations/${token}/accept`, {
      json: { email, password: PASSWORD, first: 'New', last: 'Person' },
    });

  test('[SV41] an unknown person, a wrong password and no address at all get the same answer', async () => {
    const answers = await Promise.all([
      signIn('nobody@example.test', PASSWORD),
      signIn(at.administrator.email, 'wrong password'),
      signIn('no address', PASSWORD),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual(answers[0]?.body);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  test('[SV41] the right password opens a session whose cookie scripts cannot read and other sites cannot send', async () => {
    const answer = await signIn(at.administrator.email.toUpperCase(), PASSWORD);
    expect(answer.status).toBe(200);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^hausfunk\.session_token=.*HttpOnly.*SameSite=Lax/iu);
    expect((await sessionOf(at, cookieOf(answer))).account).toBe(at.administrator.account);
  });

  test('[SV42] after some failures an address waits longer and longer, existing or not, and others do not', async () => {
    for (const email of ['slow@example.test', (await at.addPerson()).email]) {
      let refused: Answer | undefined;
      for (let attempt = 0; attempt < 8 && refused === undefined; attempt += 1) {
        const answer = await signIn(email, 'wrong password');
        if (answer.status === 429) refused = answer;
      }
      expect(refused?.body).toMatchObject({ code: 'rate' });
      const waitS = Number(refused?.headers.get('retry-after'));
      expect(waitS).toBeGreaterThan(0);
      expect((await signIn(at.administrator.email, PASSWORD)).status).toBe(200);
      nowMs += waitS * 1_000;
      expect((await signIn(email, 'wrong password')).status).toBe(401);
    }
  });

  test('[SV43] an invitation lets one person in, once', async () => {
    const { token } = await invite();
    expect((await request(at, `/api/invitations/${token}`)).body).toMatchObject({ company: 'Berger Immobilien' });
    const joined = await accept(token, 'once@example.test');
    expect(joined.status).toBe(201);
    expect(await sessionOf(at, cookieOf(joined))).toMatchObject({
      person: { first: 'New', admin: false, active: true },
    });
    for (const answer of [await accept(token, 'twice@example.test'), await request(at, `/api/invitations/${token}`)]) {
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ code: 'invitation' });
    }
    expect((await signIn('twice@example.test', PASSWORD)).status).toBe(401);
  });

  test('[SV43] two who accept the same invitation at once: one comes in, the other can be invited again', async () => {
    const { token } = await invite();
    const both = await Promise.all([accept(token, 'quick@example.test'), accept(token, 'quicker@example.test')]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 404]);
    const late = both[0]?.status === 404 ? 'quick@example.test' : 'quicker@example.test';
    expect((await accept((await invite()).token, late)).status).toBe(201);
  });

  test('[SV43] revoked, expired and made-up invitations are all the same nothing', async () => {
    const revoked = await invite();
    const path = `/api/invitations/${revoked.id}`;
    expect((await request(at, path, { method: 'DELETE', cookie: at.administrator.cookie })).status).toBe(200);
    const expired = await invite();
    nowMs += 7 * 24 * 3_600_000 + 1;
    const answers = [await accept(revoked.token, 'r@example.test'), await accept(expired.token, 'e@example.test')];
    answers.push(await accept('made-up-token-made-up', 'm@example.test'));
    for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
    expect(answers[0]?.status).toBe(404);
  });

  test('[SV43] an address that is in use cannot join a second time', async () => {
    const { token } = await invite();
    expect((await accept(token, at.administrator.email)).body).toMatchObject({ code: 'email-taken' });
    expect((await request(at, `/api/invitations/${token}`)).status).toBe(200);
  });

  test('[SV44] a command that is sent again with its id happens once', async () => {
    const headers = { 'x-hausfunk-command': 'command-1' };
    const first = await invite(headers);
    expect(await invite(headers)).toEqual(first);
    expect(await invite()).not.toEqual(first);
    const put = (city: string, command: string) =>
      request(at, '/api/profile', {
        method: 'PUT',
        cookie: at.administrator.cookie,
        headers: { 'x-hausfunk-command': command },
        json: { first: 'Anna', last: 'Berger', city },
      });
    await put('Bremen', 'profile-1');
    await put('Kiel', 'profile-2');
    expect((await put('Bremen', 'profile-1')).status).toBe(200);
    expect((await sessionOf(at, at.administrator.cookie)).person.city).toBe('Kiel');
  });

  test('[SV45] only administrators invite, and nobody signs up without an invitation', async () => {
    const person = await at.addPerson();
    const invited = await request(at, '/api/invitations', { method: 'POST', cookie: person.cookie });
    expect(invited.body).toMatchObject({ code: 'forbidden' });
    const json = { email: 'me@example.test', password: PASSWORD, name: 'Me' };
    expect((await request(at, '/api/auth/sign-up/email', { json })).status).toBe(404);
  });

  test('[SV46] a change asked for by another site is refused', async () => {
    const foreign = { headers: { origin: 'https://evil.test' }, cookie: at.administrator.cookie };
    const answer = await request(at, '/api/invitations', { method: 'POST', ...foreign });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'origin' });
  });

  test('[SV47] bad bodies get 4xx with a code, never a 500', async () => {
    const bad: [string, Parameters<typeof request>[2]][] = [
      ['/api/auth/sign-in/email', { method: 'POST' }],
      ['/api/auth/sign-in/email', { json: { email: 1, password: [] } }],
      ['/api/auth/sign-in/email', { bytes: new Uint8Array(10), headers: { 'content-type': 'application/json' } }],
      ['/api/setup', { json: { code: 'x' } }],
      [
        '/api/profile',
        { method: 'PUT', cookie: at.administrator.cookie, json: { first: 'A', last: 'B', admin: true } },
      ],
      [
        '/api/profile',
        { method: 'PUT', cookie: at.administrator.cookie, json: { first: 'A'.repeat(20_000), last: 'B' } },
      ],
      ['/api/catch-up', { cookie: at.administrator.cookie, json: { since: -1, epoch: '' } }],
      ['/api/nothing', { json: {} }],
      ['/api/session', { cookie: at.administrator.cookie, headers: { 'x-hausfunk-protocol': '99' } }],
    ];
    for (const [path, options] of bad) {
      const answer = await request(at, path, options);
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.status, path).toBeLessThan(500);
      expect(answer.body, path).toEqual({ code: expect.any(String), message: expect.any(String) });
    }
  });
});

test('[SV41] over https the session’s cookie is one that no neighbouring name can set, and no other one counts', async () => {
  const at = await openInstallation({ environment: { PUBLIC_URL: 'https://chat.test' } });
  try {
    const { administrator } = at;
    const json = { email: administrator.email, password: PASSWORD };
    const answer = await request(at, '/api/auth/sign-in/email', { json });
    const [set = ''] = answer.headers.getSetCookie();
    // What browsers ask of a name that begins so.
    expect(set).toMatch(/^__Host-hausfunk\.session_token=[^;]+;.*Path=\/(?:;|$)/u);
    expect(set).toMatch(/; Secure(?:;|$)/u);
    expect(set).not.toMatch(/Domain=/iu);

    // Anna wipes a device of her own, whose cookie others may have planted where Ben reads.
    const wiped = cookieOf(answer);
    const { devices } = v.parse(DEVICES, (await request(at, '/api/devices', { cookie: wiped })).body);
    const id = devices.find(({ current }) => current)?.id;
    expect((await request(at, `/api/devices/${id}?wipe=1`, { method: 'DELETE', cookie: wiped })).status).toBe(200);
    expect((await request(at, '/api/session', { cookie: wiped })).body).toMatchObject({ wipe: true });
    const ben = await at.addPerson();
    for (const prefix of ['__Secure-', '']) {
      const planted = wiped.replace('__Host-', prefix);
      expect((await request(at, '/api/session', { cookie: `${planted}; ${ben.cookie}` })).status).toBe(200);
      const alone = await request(at, '/api/session', { cookie: planted });
      expect(alone.status).toBe(401);
      expect(alone.body).not.toHaveProperty('wipe');
    }

    const out = await request(at, '/api/auth/sign-out', { method: 'POST', cookie: ben.cookie });
    expect(out.headers.getSetCookie().join()).toMatch(/__Host-hausfunk\.session_token=;.*Max-Age=0.*Secure/u);
    expect((await request(at, '/api/session', { cookie: ben.cookie })).status).toBe(401);
  } finally {
    await at.close();
  }
});
