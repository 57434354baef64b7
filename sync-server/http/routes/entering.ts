/** Ways into the installation: set-up, sign-in and -out, invitations accepted. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { ACCEPT_INVITATION, SETUP, type Invitation, type Status } from '../../../crdt/model/protocol/http.ts';
import { internalChatId } from '../../../crdt/model/protocol/document-name.ts';
import { PROTOCOL_VERSION } from '../../../crdt/model/protocol/version.ts';
import { isSetupCode } from '../../identity/setup-code.ts';
import { readJson } from '../body.ts';
import type { HttpContext, HttpEnvironment, Installation } from '../context.ts';
import { endSession } from '../end-session.ts';
import { HttpRefusal } from '../refusal.ts';
import { TokenBuckets } from '../token-buckets.ts';

/** Not EMAIL and PASSWORD of the protocol: whatever is typed here gets the same answer. */
const SIGN_IN = v.object({
  email: v.pipe(v.string(), v.trim(), v.maxLength(1_000)),
  password: v.pipe(v.string(), v.maxLength(1_000)),
});

export function enteringRoutes(at: Installation): Hono<HttpEnvironment> {
  const { limits, identity, directory, invitations, nowMs } = at;
  const credentials = new TokenBuckets(limits.credentialsPerAddress, limits.rememberedCallers, nowMs);
  const guesses = new TokenBuckets(limits.setupGuesses, 1, nowMs);
  /** Addresses that are being signed up: nothing is awaited between looking for one and taking it. */
  const taking = new Set<string>();

  const slow = (c: HttpContext): void => {
    const waitMs = credentials.take(c.get('address'));
    if (waitMs > 0) throw new HttpRefusal('rate', undefined, waitMs);
  };

  /** Makes the identity, then the person; an identity that is left without a person (a crash in between) is made anew. */
  async function join(
    c: HttpContext,
    who: { readonly email: string; readonly password: string; readonly first: string; readonly last: string },
    addPerson: (user: string) => boolean,
  ): Promise<Response> {
    if (taking.has(who.email)) throw new HttpRefusal('email-taken');
    taking.add(who.email);
    try {
      const known = await identity.userOf(who.email);
      if (known !== undefined) {
        if (directory.personOfUser(known) !== undefined) throw new HttpRefusal('email-taken');
        await identity.deleteUser(known);
      }
      const user = await identity.createUser(who.email, who.password, `${who.first} ${who.last}`);
      if (!addPerson(user)) {
        await identity.deleteUser(user);
        throw new HttpRefusal('invitation');
      }
    } finally {
      taking.delete(who.email);
    }
    const signedIn = await identity.signIn(who.email, who.password);
    return answer(c, signedIn?.setCookies ?? [], 201);
  }

  const routes = new Hono<HttpEnvironment>();

  routes.get('/status', (c) => {
    const status: Status = { kind: directory.isEmpty() ? 'setup' : 'ready', protocol: PROTOCOL_VERSION };
    return c.json(status);
  });

  routes.post('/setup', async (c) => {
    if (!directory.isEmpty()) throw new HttpRefusal('setup-done');
    const body = await readJson(c, SETUP, limits.jsonBodyBytes);
    const waitMs = guesses.take('');
    if (waitMs > 0) throw new HttpRefusal('rate', undefined, waitMs);
    const code = at.setupCode();
    if (code === undefined || !isSetupCode(body.code, code)) throw new HttpRefusal('setup-code');
    return join(c, body, (user) => {
      // Somebody else may have been quicker meanwhile.
      if (!directory.isEmpty()) return false;
      const profile = { first: body.first, last: body.last, visible: true };
      const { account, company } = directory.found(body.company, { user, profile });
      at.log.info('set-up', { account, company });
      return true;
    });
  });

  routes.post('/auth/sign-in/email', async (c) => {
    slow(c);
    const { email, password } = await readJson(c, SIGN_IN, limits.jsonBodyBytes);
    const waitMs = at.failures.waitMs(email, c.get('address'));
    if (waitMs > 0) throw new HttpRefusal('rate', undefined, waitMs);
    // Counted before it is known, so that many attempts at once don't pass together.
    at.failures.failed(email, c.get('address'));
    const signedIn = await identity.signIn(email, password);
    const user = signedIn === undefined ? undefined : await identity.userOf(email);
    const person = user === undefined ? undefined : directory.personOfUser(user);
    if (signedIn === undefined || person === undefined || !person.active) {
      at.metrics.signInFailures.inc();
      // Made before it was known whose it is, and given to nobody. Not waited for: the answer takes as long as any other.
      if (user !== undefined) {
        identity.endSessions(user).catch((error: unknown) => at.log.error('session-left', error));
      }
      throw new HttpRefusal('credentials');
    }
    at.failures.succeeded(email, c.get('address'));
    at.log.info('signed-in', { account: person.account });
    return answer(c, signedIn.setCookies, 200);
  });

  routes.post('/auth/sign-out', async (c) => {
    const { headers } = c.req.raw;
    const signedIn = (await identity.session(headers))?.signedIn;
    const person = signedIn === undefined ? undefined : directory.personOfUser(signedIn.user);
    if (signedIn !== undefined && person !== undefined) {
      const left = (error: unknown): void => at.log.error('session-left', error);
      await endSession(at, person, signedIn.session, false).catch(left);
    }
    const { setCookies } = await identity.signOut(headers);
    // That it is noted, or deleted, is enough; without either it lives on, and the device has to ask again.
    if ((await identity.session(headers)) !== undefined) throw new HttpRefusal('internal');
    return answer(c, setCookies, 200);
  });

  routes.get('/invitations/:token', (c) => {
    slow(c);
    const found = invitations.find(c.req.param('token'));
    const company = found === undefined ? undefined : directory.companyName(found.company);
    if (found === undefined || company === undefined) throw new HttpRefusal('invitation');
    const invitation: Invitation = { company, expiresAtMs: found.expiresMs };
    return c.json(invitation);
  });

  routes.post('/invitations/:token/accept', async (c) => {
    slow(c);
    const token = c.req.param('token');
    const body = await readJson(c, ACCEPT_INVITATION, limits.jsonBodyBytes);
    const found = invitations.find(token);
    if (found === undefined) throw new HttpRefusal('invitation');
    const heads = await at.store.heads({ documents: [], streams: [internalChatId(found.company)], since: 0 });
    const joined = Math.max(0, ...heads.map((head) => head.number));
    return join(c, body, (user) => {
      const profile = { first: body.first, last: body.last, visible: true };
      const person = invitations.accept(token, { user, profile, joined });
      if (person !== undefined) at.log.info('joined', { account: person.account, company: person.company });
      return person !== undefined;
    });
  });

  return routes;
}

function answer(c: HttpContext, setCookies: readonly string[], status: 200 | 201): Response {
  for (const cookie of setCookies) c.header('set-cookie', cookie, { append: true });
  return c.json({}, status);
}
