import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../crdt/model/protocol/version.ts';
import { isHttps } from '../config.ts';
import { deviceName } from '../identity/device-name.ts';
import { tokenHashOf } from '../identity/identity.ts';
import type { Caller, HttpContext, Installation } from './context.ts';
import { HttpRefusal } from './refusal.ts';
import type { TokenBuckets } from './token-buckets.ts';

/** The signed-in person behind a request; refuses everybody else. Renewed cookies go out with the answer. */
export async function callerOf(c: HttpContext, at: Installation, perPerson: TokenBuckets): Promise<Caller> {
  const session = await at.identity.session(c.req.raw.headers);
  const person = session === undefined ? undefined : at.directory.personOfUser(session.signedIn.user);
  if (session === undefined || person === undefined || !person.active) {
    const token = session === undefined ? tokenHashOf(c.req.raw.headers, isHttps(at.config)) : undefined;
    const wipe = token !== undefined && at.endedSessions.of(token) === 'wipe';
    throw new HttpRefusal('signed-out', undefined, undefined, wipe);
  }
  at.seenDevices.seen(session.signedIn.session, () => deviceName(c.req.header('user-agent')));
  for (const cookie of session.setCookies) c.header('set-cookie', cookie, { append: true });
  c.set('account', person.account);
  const waitMs = perPerson.take(String(person.account));
  if (waitMs > 0) throw new HttpRefusal('rate', undefined, waitMs);
  return { person, session: session.signedIn.session };
}

/** Refuses an app of another protocol version. */
export function requireProtocol(c: HttpContext): void {
  if (c.req.header(PROTOCOL_HEADER) !== String(PROTOCOL_VERSION)) throw new HttpRefusal('protocol');
}
