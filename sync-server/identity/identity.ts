/**
 * Who somebody is: e-mail address, password, sessions. better-auth on identity.db, which it has for itself (one connection, its own
 * transactions). Only what is called here is reachable; its HTTP routes are not mounted.
 */
import { createHash } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import type { ServerLimits } from '../limits.ts';
import { openDatabase } from '../storage/sqlite/database.ts';
import type { Migration } from '../storage/sqlite/migrations.ts';
import { SessionMemory } from './session-memory.ts';

export interface SignedIn {
  readonly session: string;
  readonly user: string;
  readonly expiresMs: number;
}

/** A session as its owner is told of it. */
export interface LivingSession {
  /** Not the token, which is the session's secret. */
  readonly session: string;
  readonly createdMs: number;
}

export interface IdentityOptions {
  readonly file: string;
  readonly secret: string;
  /** Cookies travel over https only, and are the host's own. */
  readonly https: boolean;
  readonly limits: Pick<ServerLimits, 'sessionMs' | 'sessionRenewMs' | 'sessionMemoryMs' | 'rememberedSessions'>;
  readonly nowMs: () => number;
  /** Whether the session of this token was ended, whatever identity.db says. */
  readonly isEnded: (tokenHash: string) => boolean;
}

/** Browsers take a name that begins with `__Host-` from this very host alone, over https: no neighbour, nor who answers for http, can set it. */
const cookiePrefix = (https: boolean): string => (https ? '__Host-hausfunk' : 'hausfunk');
/** As better-auth names and writes it: the token, a dot, its signature. */
const sessionCookie = (https: boolean): RegExp =>
  new RegExp(`(?:^|;\\s*)${cookiePrefix(https)}\\.session_token=([\\w-]{1,256})\\.`, 'u');
const PLAIN_COOKIE = sessionCookie(false);
const SECURE_COOKIE = sessionCookie(true);

/** Sessions listed of one person; the latest ones. */
const LISTED_SESSIONS = 200;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The hash of the token in a request's cookie, whether or not it is signed, or was ever one. */
export function tokenHashOf(headers: Headers, https: boolean): string | undefined {
  const token = (https ? SECURE_COOKIE : PLAIN_COOKIE).exec(headers.get('cookie') ?? '')?.[1];
  return token === undefined ? undefined : hashOf(token);
}

/** The tables are better-auth's; the version guards against files of a newer program. */
const IDENTITY_MIGRATIONS: readonly Migration[] = ['CREATE TABLE format (name TEXT PRIMARY KEY) STRICT'];

/** Opens identity.db and brings its tables up to date. */
export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const { file, secret, https, limits, nowMs, isEnded } = options;
  const database = openDatabase(file, IDENTITY_MIGRATIONS);
  const auth = createAuth(database.sql, secret, https, limits);
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  return new Identity(auth, new SessionMemory(limits, nowMs), isEnded, () => database.close());
}

function createAuth(
  database: ReturnType<typeof openDatabase>['sql'],
  secret: string,
  https: boolean,
  limits: IdentityOptions['limits'],
) {
  return betterAuth({
    database,
    secret,
    // Nothing is ever linked to from here; the cookies belong to the host that was asked.
    baseURL: https ? 'https://localhost' : 'http://localhost',
    basePath: '/api/auth',
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 1, maxPasswordLength: 256 },
    session: { expiresIn: limits.sessionMs / 1_000, updateAge: limits.sessionRenewMs / 1_000 },
    // Origin, rates and addresses are judged before anything gets here (see http/).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: cookiePrefix(https),
      // It would put `__Secure-` before the name.
      useSecureCookies: false,
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { disableIpTracking: true },
      defaultCookieAttributes: { secure: https, sameSite: 'lax', httpOnly: true },
    },
  });
}

export class Identity {
  readonly #auth: ReturnType<typeof createAuth>;
  readonly #memory: SessionMemory;
  readonly #isEnded: (tokenHash: string) => boolean;
  readonly #close: () => void;

  constructor(
    auth: ReturnType<typeof createAuth>,
    memory: SessionMemory,
    isEnded: (tokenHash: string) => boolean,
    close: () => void,
  ) {
    this.#auth = auth;
    this.#memory = memory;
    this.#isEnded = isEnded;
    this.#close = close;
  }

  /** The session that a request's cookie names, and Set-Cookie headers when it was renewed. */
  async session(
    headers: Headers,
  ): Promise<{ readonly signedIn: SignedIn; readonly setCookies: readonly string[] } | undefined> {
    const cookie = headers.get('cookie');
    if (cookie === null) return undefined;
    const known = this.#memory.find(cookie);
    if (known !== undefined) return { signedIn: known, setCookies: [] };
    const { ends } = this.#memory;
    const { headers: answer, response } = await this.#auth.api.getSession({ headers, returnHeaders: true });
    if (response === null) return undefined;
    const { session } = response;
    if (this.#isEnded(hashOf(session.token))) return undefined;
    const signedIn = { session: session.id, user: session.userId, expiresMs: session.expiresAt.getTime() };
    const setCookies = answer.getSetCookie();
    this.#memory.remember(cookie, signedIn, ends);
    return { signedIn, setCookies };
  }

  /** Where a user is signed in. */
  async sessionsOf(user: string): Promise<readonly LivingSession[]> {
    const sessions = await this.#living([{ field: 'userId', value: user }]);
    // One that was ended may still lie in the file: the deletion failed, or a backup has brought it back.
    const living = sessions.filter(({ token }) => !this.#isEnded(hashOf(token)));
    return living.map(({ id, createdAt }) => ({ session: id, createdMs: createdAt.getTime() }));
  }

  /** Ends a session of a user; false when it is not one of theirs. `before` is told the hash of its token first: from then on it is over. */
  async endSession(user: string, session: string, before: (tokenHash: string) => void): Promise<boolean> {
    const [found] = await this.#living([
      { field: 'id', value: session },
      { field: 'userId', value: user },
    ]);
    if (found === undefined) return false;
    before(hashOf(found.token));
    const { internalAdapter } = await this.#auth.$context;
    await this.#ending(
      () => internalAdapter.deleteSession(found.token),
      (one) => one.session === session,
    );
    return true;
  }

  /** Set-Cookie headers of a new session; undefined for an unknown person and for a wrong password alike, after the same work. */
  async signIn(email: string, password: string): Promise<{ readonly setCookies: readonly string[] } | undefined> {
    const response = await this.#auth.api.signInEmail({ body: { email, password }, asResponse: true });
    return response.ok ? { setCookies: response.headers.getSetCookie() } : undefined;
  }

  /** Ends the session of the request; returns Set-Cookie headers that take the cookie away. */
  async signOut(headers: Headers): Promise<{ readonly setCookies: readonly string[] }> {
    const ending = (await this.session(headers))?.signedIn.session;
    const response = await this.#ending(
      () => this.#auth.api.signOut({ headers, asResponse: true }),
      ({ session }) => session === ending,
    );
    return { setCookies: response.headers.getSetCookie() };
  }

  /** The user of an e-mail address. */
  async userOf(email: string): Promise<string | undefined> {
    const { internalAdapter } = await this.#auth.$context;
    return (await internalAdapter.findUserByEmail(email.toLowerCase()))?.user.id;
  }

  /** A new user; the address must not be in use. */
  async createUser(email: string, password: string, name: string): Promise<string> {
    const { internalAdapter, password: passwords } = await this.#auth.$context;
    const hash = await passwords.hash(password);
    const user = await internalAdapter.createUser(
      { email: email.toLowerCase(), name, emailVerified: false },
      { method: 'email-password' },
    );
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: hash,
    });
    return user.id;
  }

  async deleteUser(user: string): Promise<void> {
    const { internalAdapter } = await this.#auth.$context;
    await this.endSessions(user);
    await internalAdapter.deleteUser(user);
  }

  /** Ends all sessions of a user. */
  async endSessions(user: string): Promise<void> {
    const { internalAdapter } = await this.#auth.$context;
    await this.#ending(
      () => internalAdapter.deleteUserSessions(user),
      (one) => one.user === user,
    );
  }

  close(): void {
    this.#close();
  }

  async #living(where: { field: string; value: string }[]) {
    const { adapter } = await this.#auth.$context;
    return adapter.findMany<{ id: string; token: string; createdAt: Date }>({
      model: 'session',
      where: [...where, { field: 'expiresAt', operator: 'gt', value: new Date() }],
      limit: LISTED_SESSIONS,
      sortBy: { field: 'updatedAt', direction: 'desc' },
    });
  }

  /** Nothing that ends is remembered: neither before it is gone, nor by who asked meanwhile. */
  async #ending<T>(end: () => Promise<T>, isEnded: (signedIn: SignedIn) => boolean): Promise<T> {
    this.#memory.ended(isEnded);
    const ended = await end();
    this.#memory.ended(isEnded);
    return ended;
  }
}
