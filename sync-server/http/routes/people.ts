/** What signed-in people do by HTTP beside writing: session, profile, invitations, rights. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { PROFILE, type NewInvitation, type Session } from '../../../crdt/model/protocol/http.ts';
import { isAccount } from '../../../crdt/model/log/writer.ts';
import { PROTOCOL_VERSION } from '../../../crdt/model/protocol/version.ts';
import { personFact } from '../../directory/person.ts';
import { readJson } from '../body.ts';
import { callerOf, requireProtocol } from '../caller-of.ts';
import type { Caller, HttpContext, HttpEnvironment, Installation } from '../context.ts';
import { HttpRefusal } from '../refusal.ts';
import type { TokenBuckets } from '../token-buckets.ts';

/** Client-made id of a command: asked again with the same id, it happens once. */
const COMMAND_HEADER = 'x-hausfunk-command';
const COMMAND = v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/u));

const RIGHTS = v.strictObject({ admin: v.boolean(), active: v.boolean() });

export function peopleRoutes(at: Installation, perPerson: TokenBuckets): Hono<HttpEnvironment> {
  const { limits, directory, invitations, commands, nowMs } = at;

  const administratorOf = async (c: HttpContext): Promise<Caller> => {
    const caller = await callerOf(c, at, perPerson);
    if (!caller.person.admin) throw new HttpRefusal('forbidden');
    return caller;
  };
  const commandOf = (c: HttpContext): string => {
    const given = c.req.header(COMMAND_HEADER);
    if (given === undefined) return at.randomId();
    if (!v.is(COMMAND, given)) throw new HttpRefusal('invalid', COMMAND_HEADER);
    return given;
  };

  const routes = new Hono<HttpEnvironment>();

  routes.get('/session', async (c) => {
    requireProtocol(c);
    const { person } = await callerOf(c, at, perPerson);
    const session: Session = {
      installation: at.id,
      account: person.account,
      company: person.company,
      serverTimeMs: nowMs(),
      epoch: at.epoch,
      protocol: PROTOCOL_VERSION,
      person: personFact(person),
    };
    return c.json(session);
  });

  routes.put('/profile', async (c) => {
    const profile = await readJson(c, PROFILE, limits.jsonBodyBytes);
    const { person } = await callerOf(c, at, perPerson);
    commands.once(
      person.account,
      commandOf(c),
      () => null,
      () => {
        directory.setProfile(person.account, profile);
        return null;
      },
    );
    return c.json({});
  });

  routes.post('/invitations', async (c) => {
    const { person } = await administratorOf(c);
    const invited = invitations.invite(person, commandOf(c));
    if (invited.kind === 'too-many') throw new HttpRefusal('rate', 'too many open invitations');
    const { invitation, expiresMs } = invited.invitation;
    const answer: NewInvitation = { id: invitation, token: invited.token, expiresAtMs: expiresMs };
    return c.json(answer, 201);
  });

  routes.get('/invitations', async (c) => {
    const { person } = await administratorOf(c);
    const open = invitations.open(person.company);
    return c.json({
      invitations: open.map(({ invitation, expiresMs }) => ({ id: invitation, expiresAtMs: expiresMs })),
    });
  });

  routes.delete('/invitations/:id', async (c) => {
    const { person } = await administratorOf(c);
    if (!invitations.revoke(person.company, c.req.param('id'))) throw new HttpRefusal('not-found');
    return c.json({});
  });

  routes.put('/people/:account/rights', async (c) => {
    const account = Number(c.req.param('account'));
    const rights = await readJson(c, RIGHTS, limits.jsonBodyBytes);
    // Behind the body, which may be slow to come: who asks must be an administrator when it is carried out.
    const { person } = await administratorOf(c);
    const concerned = isAccount(account) ? directory.person(account) : undefined;
    if (concerned === undefined || concerned.company !== person.company) throw new HttpRefusal('not-found');
    const takesAway = concerned.admin && concerned.active && !(rights.admin && rights.active);
    if (takesAway && directory.activeAdministrators(person.company) === 1) {
      throw new HttpRefusal('forbidden', 'a company needs an active administrator');
    }
    commands.once(
      person.account,
      commandOf(c),
      () => null,
      () => {
        directory.setRights(concerned.account, rights);
        return null;
      },
    );
    if (!rights.active) await at.identity.endSessions(concerned.user);
    return c.json({});
  });

  return routes;
}
