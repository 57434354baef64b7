/** A company at work: the real server as a process of its own, the built app, real Chromium, and a bad line for whoever needs one. */
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright';
import {
  addPerson,
  createDataDir,
  removeDataDir,
  request,
  setUp,
  startServerProcess,
  type NewPersonOptions,
  type ServerProcess,
  type SignedInPerson,
} from '../support/installation.ts';
import { launchChromium, launchOptions } from '../support/chromium.ts';
import { CLEAR, openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { untilInstalled } from './screen.ts';
import { GERMAN, speaks } from './words.ts';

/** Every wait on the screen; far more than anything takes on two slow cores, far less than a test's own bound. */
const PATIENCE_MS = 20_000;

export const BUILT_APP = process.env['APP_DIR'] ?? fileURLToPath(new URL('../../dist', import.meta.url));

const DESK: BrowserContextOptions = {
  locale: GERMAN.locale,
  timezoneId: 'Europe/Berlin',
  viewport: { width: 1280, height: 800 },
};

export interface Office {
  readonly url: string;
  setupCode(): string;
  /** Kills the server: no goodbye, nothing written that was not written. */
  kill(): Promise<void>;
  /** Starts the killed server again on its data and port. */
  start(): Promise<void>;
  /** Starts another, empty installation at the same address. */
  startAnother(): Promise<void>;
  setUp(administrator: NewPersonOptions): Promise<SignedInPerson>;
  addPerson(administrator: SignedInPerson, person: NewPersonOptions): Promise<SignedInPerson>;
  /** A person who is not active may write nowhere and is written to by nobody. */
  setActive(administrator: SignedInPerson, person: SignedInPerson, active: boolean): Promise<void>;
  /** A browser of its own with an empty profile; `person` is signed in already. */
  desk(person?: SignedInPerson, options?: BrowserContextOptions): Promise<Desk>;
  /** A browser with its data in `folder`, so that it can be closed and started again. */
  deskWithProfile(folder: string): Promise<Desk>;
  close(): Promise<void>;
}

/** One person's browser, behind a line of its own. */
export interface Desk {
  /** Where the installation is for this person. */
  readonly url: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /**
   * The network goes: what is connected is cut, nothing can be reached. Not before the worker has all parts of the app, without which
   * no menu opens, unless it goes `at once`.
   */
  goOffline(when?: 'installed' | 'at once'): Promise<void>;
  /** The network comes back, and the browser notices. */
  goOnline(): Promise<void>;
  close(): Promise<void>;
}

/** Of the desks that this file has opened. */
const contexts = new Set<BrowserContext>();

export const openPages = (): readonly Page[] => [...contexts].flatMap((context) => context.pages());

/** The network of one browser, by the line that it stands behind. */
export const networkOf = (context: BrowserContext, line: TcpProxy): Pick<Desk, 'goOffline' | 'goOnline'> => ({
  async goOffline(when = 'installed') {
    const ours = context.pages().filter((page) => page.url().startsWith('http'));
    if (when === 'installed') await Promise.all(ours.map(untilInstalled));
    await line.setWeather({ kind: 'refused' });
    line.reset();
    await context.setOffline(true);
  },
  async goOnline() {
    await line.setWeather(CLEAR);
    await context.setOffline(false);
  },
});

interface OfficeOptions {
  /** The built app that the server gives out; other than `dist` only for tests of updates. */
  readonly appDir?: string;
  /** Messages until a chat goes on on its next page. */
  readonly pageEntries?: number;
}

export async function openOffice({ appDir = BUILT_APP, pageEntries }: OfficeOptions = {}): Promise<Office> {
  await access(`${appDir}/index.html`).catch(() => {
    throw new Error('The app is not built: run `npm run build` first.');
  });
  const dataDirs = [await createDataDir()];
  const [dataDir = ''] = dataDirs;
  const environment = {
    APP_DIR: appDir,
    ...(pageEntries === undefined ? {} : { PAGE_ENTRIES: String(pageEntries) }),
  };
  let server: ServerProcess = await startServerProcess({ dataDir, environment });
  const { url, port } = server;
  const at = { url, publicUrl: url };
  const proxies = new Map<string, TcpProxy>();
  const closing: (() => Promise<void>)[] = [];
  let browser: Browser | undefined;

  async function lineOf(name: string): Promise<TcpProxy> {
    const known = proxies.get(name);
    if (known !== undefined) return known;
    const proxy = await openTcpProxy({ targetPort: port, random: () => 0 });
    proxies.set(name, proxy);
    return proxy;
  }

  async function deskOf(context: BrowserContext, line: TcpProxy): Promise<Desk> {
    context.setDefaultTimeout(PATIENCE_MS);
    contexts.add(context);
    context.once('close', () => contexts.delete(context));
    const page = context.pages()[0] ?? (await context.newPage());
    const desk: Desk = {
      url: `http://127.0.0.1:${line.port}`,
      context,
      page,
      ...networkOf(context, line),
      close: () => context.close(),
    };
    closing.push(desk.close);
    return desk;
  }

  return {
    url,
    setupCode: () => server.setupCode ?? '',
    async kill() {
      await server.end('SIGKILL');
    },
    async start() {
      server = await server.startAgain();
    },
    async startAnother() {
      const empty = await createDataDir();
      dataDirs.push(empty);
      server = await startServerProcess({ dataDir: empty, port, environment });
    },
    setUp: (administrator) => setUp(at, server.setupCode ?? '', administrator),
    addPerson: (administrator, person) => addPerson(at, administrator, person),
    async setActive(administrator, person, active) {
      const { status } = await request(at, `/api/people/${person.account}/rights`, {
        method: 'PUT',
        cookie: administrator.cookie,
        json: { admin: false, active },
      });
      if (status >= 300) throw new Error(`not changed: ${status}`);
    },
    async desk(person, options) {
      browser ??= await launchChromium();
      const chosen = { ...DESK, ...options };
      const context = await browser.newContext(chosen);
      if (chosen.locale !== undefined) speaks(context, chosen.locale);
      const desk = await deskOf(context, await lineOf(`desk ${closing.length}`));
      if (person !== undefined) await desk.context.addCookies(cookiesOf(person, desk.url));
      return desk;
    },
    async deskWithProfile(folder) {
      const context = await chromium.launchPersistentContext(folder, { ...launchOptions(), ...DESK });
      return deskOf(context, await lineOf(folder));
    },
    async close() {
      for (const end of closing.toReversed()) await end();
      await browser?.close();
      for (const proxy of proxies.values()) await proxy.close();
      await server.end('SIGTERM');
      for (const folder of dataDirs) await removeDataDir(folder);
    },
  };
}

const cookiesOf = (person: SignedInPerson, url: string): { name: string; value: string; url: string }[] =>
  person.cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
