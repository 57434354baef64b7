import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../crdt/model/protocol/version.ts';
import { isHttps } from '../config.ts';
import { deviceName } from '../identity/device-name.ts';
import { tokenHashOf } from '../identity/identity.ts';
import type { Caller, HttpContext, Installation } from './context.ts';
import { HttpRefusal } from './refusal.ts';
import type { TokenBuckets } from './token-buckets.ts';

/** The signed-in person behind a request; refuses everybody else. Renewed cookies go out with the answer. */
export async function callerOf(c: HttpContext, at: Installation, perPerson: TokenBuckets): Promise<Caller> {
  const { person, session, setCookies } = await signedInOf(c, at);
  at.seenDevices.seen(session, () => deviceName(c.req.header('user-agent')));
  for (const cookie of setCookies) c.header('set-cookie', cookie, { append: true });
  c.set('account', person.account);
  const waitMs = perPerson.take(String(person.account));
  if (waitMs > 0) throw new HttpRefusal('rate', undefined, waitMs);
  return { person, session };
}

/** Behind a body or anything else that may have taken long: refuses whose session or rights have ended meanwhile. */
export async function requireStillSignedIn(c: HttpContext, at: Installation): Promise<void> {
  await signedInOf(c, at);
}

async function signedInOf(
  c: HttpContext,
  at: Installation,
): Promise<Caller & { readonly setCookies: readonly string[] }> {
  const { headers } = c.req.raw;
  const found = await at.identity.session(headers);
  const person = found === undefined ? undefined : at.directory.personOfUser(found.signedIn.user);
  if (found === undefined || person === undefined || !person.active) {
    const token = found === undefined ? tokenHashOf(headers, isHttps(at.config)) : undefined;
    const wipe = token !== undefined && at.endedSessions.of(token) === 'wipe';
    throw new HttpRefusal('signed-out', undefined, undefined, wipe);
  }
  return { person, session: found.signedIn.session, setCookies: found.setCookies };
}

/** Refuses an app of another protocol version. */
export function requireProtocol(c: HttpContext): void {
  if (c.req.header(PROTOCOL_HEADER) !== String(PROTOCOL_VERSION)) throw new HttpRefusal('protocol');
}
