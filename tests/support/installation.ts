/**
 * A real installation for tests, proofs and benches: a server in this process on a free port with a data folder of its own, or the
 * same as a process of its own that can be killed; set up, with companies and people that are signed in.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Account } from '../../crdt/model/log/writer.ts';
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';
import { NEW_INVITATION, SESSION, type Session } from '../../crdt/model/protocol/http.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../crdt/model/protocol/version.ts';
import { readConfig } from '../../sync-server/config.ts';
import { startServer, type RunningServer, type ServerOptions } from '../../sync-server/server.ts';

export interface SignedInPerson {
  readonly account: Account;
  readonly company: CompanyId;
  readonly email: string;
  readonly password: string;
  /** `cookie` header of the session. */
  readonly cookie: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or undefined. */
  readonly body: unknown;
}

/** What people's requests go to: an origin where a server listens. */
export interface Reachable {
  /** Where requests go. */
  readonly url: string;
  /** What a browser would send as Origin. */
  readonly publicUrl: string;
}

export interface RequestOptions {
  readonly method?: string;
  readonly cookie?: string;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export const PASSWORD = 'a good long password';

/** One request as the app makes it: with Origin, protocol version and cookie. */
export async function request(at: Reachable, path: string, options: RequestOptions = {}): Promise<Answer> {
  const headers: Record<string, string> = { origin: at.publicUrl, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
  if (options.cookie !== undefined) headers['cookie'] = options.cookie;
  if (options.json !== undefined) headers['content-type'] = 'application/json';
  if (options.bytes !== undefined) headers['content-type'] = 'application/octet-stream';
  const body = options.bytes === undefined ? JSON.stringify(options.json) : new Uint8Array(options.bytes);
  const response = await fetch(`${at.url}${path}`, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...headers, ...options.headers },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
  });
  const text = await response.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  return { status: response.status, headers: response.headers, body: parsed };
}

/** The Cookie header that follows from an answer's Set-Cookie headers. */
export const cookieOf = (answer: Answer): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');

export interface NewPersonOptions {
  readonly first?: string;
  readonly last?: string;
  readonly email?: string;
}

let people = 0;

const described = (options: NewPersonOptions) => {
  people += 1;
  const { first = `First${people}`, last = `Last${people}`, email = `person${people}@example.test` } = options;
  return { first, last, email, password: PASSWORD };
};

async function signedIn(at: Reachable, answer: Answer, email: string): Promise<SignedInPerson> {
  if (answer.status !== 201)
    throw new Error(`${email} could not join: ${answer.status} ${JSON.stringify(answer.body)}`);
  const cookie = cookieOf(answer);
  const session = await sessionOf(at, cookie);
  return { account: session.account, company: session.company, email, password: PASSWORD, cookie };
}

export async function sessionOf(at: Reachable, cookie: string): Promise<Session> {
  return v.parse(SESSION, (await request(at, '/api/session', { cookie })).body);
}

/** Sets the installation up; returns its first administrator. */
export async function setUp(
  at: Reachable,
  code: string,
  options: NewPersonOptions & { readonly company?: string } = {},
): Promise<SignedInPerson> {
  const { company = 'Berger Immobilien', ...person } = options;
  const person_ = described(person);
  const answer = await request(at, '/api/setup', { json: { code, company, ...person_ } });
  return signedIn(at, answer, person_.email);
}

/** Invites a person into the administrator's company and lets them join. */
export async function addPerson(
  at: Reachable,
  administrator: SignedInPerson,
  options: NewPersonOptions = {},
): Promise<SignedInPerson> {
  const person = described(options);
  const invited = await request(at, '/api/invitations', { method: 'POST', cookie: administrator.cookie });
  const { token } = v.parse(NEW_INVITATION, invited.body);
  return signedIn(at, await request(at, `/api/invitations/${token}/accept`, { json: person }), person.email);
}

export interface InstallationOptions extends Omit<ServerOptions, 'config'> {
  /** Environment variables, e.g. PAGE_ENTRIES or PUBLIC_URL. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Installation extends Reachable {
  readonly dataDir: string;
  readonly server: RunningServer;
  readonly administrator: SignedInPerson;
  /** A further colleague of the administrator. */
  addPerson(options?: NewPersonOptions): Promise<SignedInPerson>;
  /** Stops the server and starts another one on the same data and port. */
  restart(options?: InstallationOptions): Promise<void>;
  /** Stops the server and removes the data. */
  close(): Promise<void>;
}

/** A data folder of its own. */
export const createDataDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'hausfunk-data-'));

export const removeDataDir = (dataDir: string): Promise<void> => rm(dataDir, { recursive: true, force: true });

/** Starts a server in this process. */
export function startTestServer(dataDir: string, options: InstallationOptions = {}): Promise<RunningServer> {
  const { environment, ...rest } = options;
  const outcome = readConfig(
    {
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      APP_DIR: join(dataDir, 'app'),
      LOG_LEVEL: 'error',
      ...environment,
    },
    dataDir,
  );
  if (outcome.kind === 'wrong') throw new Error(outcome.problems.join('; '));
  return startServer({ config: outcome.config, ...rest });
}

/** A server in this process, set up, with its first administrator signed in. */
export async function openInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const dataDir = await createDataDir();
  let server = await startTestServer(dataDir, options);
  const url = server.localUrl;
  const publicUrl = options.environment?.['PUBLIC_URL'] ?? url;
  const at: Reachable = { url, publicUrl };
  const administrator = await setUp(at, server.setupCode ?? '');
  await server.projected();
  return {
    ...at,
    dataDir,
    administrator,
    get server() {
      return server;
    },
    addPerson: (person) => addPerson(at, administrator, person),
    async restart(changed = options) {
      const { port } = server;
      await server.stop();
      server = await startTestServer(dataDir, {
        ...changed,
        environment: { ...changed.environment, PORT: String(port) },
      });
    },
    async close() {
      await server.stop();
      await removeDataDir(dataDir);
    },
  };
}

export interface ServerProcessOptions {
  readonly dataDir: string;
  /** 0: any free port. */
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Bound of waiting for readiness. */
  readonly withinMs?: number;
}

export interface ServerProcess extends Reachable {
  readonly port: number;
  readonly pid: number;
  /** Printed on an empty installation. */
  readonly setupCode: string | undefined;
  /** Everything that it has printed. */
  output(): string;
  /** Sends the signal and resolves with the exit code when the process has ended (null: by the signal). */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  /** Starts again on the same port and data; call after `end`. */
  startAgain(): Promise<ServerProcess>;
}

const MAIN = fileURLToPath(new URL('../../sync-server/main.ts', import.meta.url));

/** Runs `node sync-server/main.ts` and waits until it says that it is running. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { dataDir, port = 0, environment = {}, withinMs = 20_000 } = options;
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      APP_DIR: join(dataDir, 'app'),
      LOG_LEVEL: 'info',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  await untilPrinted(child, /^Hausfunk is running at .*$/mu, () => output, withinMs);

  const listening = Number(/"event":"started","port":(\d+)/u.exec(output)?.[1]);
  const url = `http://127.0.0.1:${listening}`;
  return {
    url,
    publicUrl: environment['PUBLIC_URL'] ?? url,
    port: listening,
    pid: child.pid ?? 0,
    setupCode: /one-time code: (\S+)/u.exec(output)?.[1],
    output: () => output,
    end(signal) {
      child.kill(signal);
      return exited;
    },
    startAgain: () => startServerProcess({ ...options, port: listening }),
  };
}

/** Resolves when the output matches; ends the process and rejects when it never does. */
function untilPrinted(child: ChildProcess, wanted: RegExp, output: () => string, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error?: Error): void => {
      clearTimeout(timer);
      child.stdout?.off('data', look);
      child.off('exit', ended);
      if (error === undefined) return resolve();
      child.kill('SIGKILL');
      reject(error);
    };
    const look = (): void => {
      if (wanted.test(output())) finish();
    };
    const ended = (): void => finish(new Error(`the server ended: ${output()}`));
    const timer = setTimeout(() => finish(new Error(`the server did not start: ${output()}`)), withinMs);
    child.stdout?.on('data', look);
    child.once('exit', ended);
    look();
  });
}
