/** My devices: where a person is signed in, and signing out from elsewhere. */
import { Hono } from 'hono';
import type { Device } from '../../../crdt/model/protocol/http.ts';
import { callerOf } from '../caller-of.ts';
import type { HttpEnvironment, Installation } from '../context.ts';
import { endSession } from '../end-session.ts';
import { HttpRefusal } from '../refusal.ts';
import type { TokenBuckets } from '../token-buckets.ts';

export function deviceRoutes(at: Installation, perPerson: TokenBuckets): Hono<HttpEnvironment> {
  const { identity, seenDevices, nowMs } = at;
  const routes = new Hono<HttpEnvironment>();

  routes.get('/devices', async (c) => {
    const { person, session: current } = await callerOf(c, at, perPerson);
    const devices = (await identity.sessionsOf(person.user)).map(({ session, createdMs }): Device => {
      const { atMs, ...name } = seenDevices.of(session) ?? { atMs: createdMs };
      const isHere = session === current || at.isConnected(person.account, session);
      const seenAtMs = isHere ? nowMs() : atMs;
      return { id: session, ...name, createdAtMs: createdMs, seenAtMs, current: session === current };
    });
    return c.json({ devices: devices.toSorted((one, other) => other.seenAtMs - one.seenAtMs) });
  });

  routes.delete('/devices/:id', async (c) => {
    const { person } = await callerOf(c, at, perPerson);
    const session = c.req.param('id');
    const wipe = c.req.query('wipe') === '1';
    if (!(await endSession(at, person, session, wipe))) throw new HttpRefusal('not-found');
    at.log.info('device-signed-out', { account: person.account, wipe });
    return c.json({});
  });

  return routes;
}
