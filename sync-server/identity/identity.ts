/**
 * Who somebody is: e-mail address, password, sessions. better-auth on identity.db, which it has for itself (one connection, its own
 * transactions). Only what is called here is reachable; its HTTP routes are not mounted.
 */
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import type { ServerLimits } from '../limits.ts';
import { openDatabase } from '../storage/sqlite/database.ts';
import type { Migration } from '../storage/sqlite/migrations.ts';

export interface SignedIn {
  readonly session: string;
  readonly user: string;
  readonly expiresMs: number;
}

export interface IdentityOptions {
  readonly file: string;
  readonly secret: string;
  /** Cookies travel over https only. */
  readonly https: boolean;
  readonly limits: Pick<ServerLimits, 'sessionMs' | 'sessionRenewMs'>;
}

/** The tables are better-auth's; the version guards against files of a newer program. */
const IDENTITY_MIGRATIONS: readonly Migration[] = ['CREATE TABLE format (name TEXT PRIMARY KEY) STRICT'];

/** Opens identity.db and brings its tables up to date. */
export async function openIdentity({ file, secret, https, limits }: IdentityOptions): Promise<Identity> {
  const database = openDatabase(file, IDENTITY_MIGRATIONS);
  const auth = createAuth(database.sql, secret, https, limits);
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  return new Identity(auth, () => database.close());
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
      cookiePrefix: 'hausfunk',
      useSecureCookies: https,
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { disableIpTracking: true },
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
    },
  });
}

export class Identity {
  readonly #auth: ReturnType<typeof createAuth>;
  readonly #close: () => void;

  constructor(auth: ReturnType<typeof createAuth>, close: () => void) {
    this.#auth = auth;
    this.#close = close;
  }

  /** The session that a request's cookie names, and Set-Cookie headers when it was renewed. */
  async session(
    headers: Headers,
  ): Promise<{ readonly signedIn: SignedIn; readonly setCookies: readonly string[] } | undefined> {
    if (headers.get('cookie') === null) return undefined;
    const { headers: answer, response } = await this.#auth.api.getSession({ headers, returnHeaders: true });
    if (response === null) return undefined;
    const { session } = response;
    return {
      signedIn: { session: session.id, user: session.userId, expiresMs: session.expiresAt.getTime() },
      setCookies: answer.getSetCookie(),
    };
  }

  /** Set-Cookie headers of a new session; undefined for an unknown person and for a wrong password alike, after the same work. */
  async signIn(email: string, password: string): Promise<{ readonly setCookies: readonly string[] } | undefined> {
    const response = await this.#auth.api.signInEmail({ body: { email, password }, asResponse: true });
    return response.ok ? { setCookies: response.headers.getSetCookie() } : undefined;
  }

  /** Ends the session of the request; returns Set-Cookie headers that take the cookie away. */
  async signOut(headers: Headers): Promise<{ readonly setCookies: readonly string[] }> {
    const response = await this.#auth.api.signOut({ headers, asResponse: true });
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
    await internalAdapter.deleteUserSessions(user);
    await internalAdapter.deleteUser(user);
  }

  /** Ends all sessions of a user. */
  async endSessions(user: string): Promise<void> {
    const { internalAdapter } = await this.#auth.$context;
    await internalAdapter.deleteUserSessions(user);
  }

  close(): void {
    this.#close();
  }
}
