/** The demo installation, with its people at desks in Chromium and at devices of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Browser } from 'playwright';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { internalChatId, privateChatId, type ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { NEW_INVITATION } from '../../../crdt/model/protocol/http.ts';
import { BUILT_APP, networkOf, type Desk } from '../../e2e/office.ts';
import { runCommand } from '../../support/command.ts';
import { cookieOf, request, sessionOf } from '../../support/installation.ts';
import { seededRandom } from '../../support/random.ts';
import { openNodeDevice, type NodeDevice } from '../../support/replica-client.ts';
import { openTcpProxy } from '../../support/tcp-proxy.ts';

const AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const OTHER_AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
];

export interface DemoPerson {
  readonly account: Account;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly cookie: string;
}

export interface Demo {
  /** Of the first company; the first one is its administrator. */
  readonly people: readonly DemoPerson[];
  readonly internal: ChatId;
  /** Between the administrator and another, by the other's place in `people`. */
  chatWith(place: number): ChatId;
  device(place: number): Promise<NodeDevice>;
  setActive(place: number, active: boolean): Promise<void>;
  invite(): Promise<string>;
  desk(browser: Browser, locale: string, person?: DemoPerson): Promise<Desk>;
  close(): Promise<void>;
}

export async function openDemo(): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'hausfunk-screens-'));
  const command = runCommand('sync-server/operations/demo.ts', [], { PORT: '0', TMPDIR: folder, APP_DIR: BUILT_APP });
  const closing: (() => Promise<unknown>)[] = [];
  // Where this process ends by a mistake, too.
  const endWithUs = (): void => command.kill('SIGTERM');
  process.once('exit', endWithUs);
  const [, url = ''] = await command.waitFor(/running at (http:\S+)/);
  const [, password = ''] = await command.waitFor(/password (\S+)/);
  await command.waitFor(/Ctrl\+C/);
  const at = { url, publicUrl: url };

  const addresses = [...command.printed().matchAll(/^ {4}(\S+@(\S+\.example)) +([^(\n]+?)(?: \(|$)/gm)];
  const domain = addresses[0]?.[2];
  const people: DemoPerson[] = [];
  for (const [, email = '', company, name = ''] of addresses) {
    if (company !== domain) continue;
    const signIn = async (agent: string): Promise<string> => {
      const headers = { 'user-agent': agent };
      const cookie = cookieOf(await request(at, '/api/auth/sign-in/email', { json: { email, password }, headers }));
      // From now on the list of devices knows what it is.
      await request(at, '/api/session', { cookie, headers });
      return cookie;
    };
    for (const agent of OTHER_AGENTS) await signIn(agent);
    const cookie = await signIn(AGENT);
    const { account } = await sessionOf(at, cookie);
    people.push({ account, name, email, password, cookie });
  }
  const person = (place: number): DemoPerson => {
    const found = people[place];
    if (found === undefined) throw new Error(`The demo has no person ${place}.`);
    return found;
  };
  const { company } = await sessionOf(at, person(0).cookie);
  const random = seededRandom(1);
  let devices = 0;

  return {
    people,
    internal: internalChatId(company),
    chatWith: (place) => privateChatId(person(0).account, person(place).account),
    async device(place) {
      devices += 1;
      const { account, cookie } = person(place);
      const device = await openNodeDevice({
        origin: url,
        publicOrigin: url,
        cookie,
        account,
        company,
        namespace: `device-${devices}`,
        random,
        skewMs: 0,
        timings: {},
      });
      closing.push(() => device.stop());
      return device;
    },
    async setActive(place, active) {
      const json = { admin: false, active };
      const { account } = person(place);
      await request(at, `/api/people/${account}/rights`, { method: 'PUT', cookie: person(0).cookie, json });
    },
    async invite() {
      const { body } = await request(at, '/api/invitations', { method: 'POST', cookie: person(0).cookie });
      return v.parse(NEW_INVITATION, body).token;
    },
    async desk(browser, locale, signedIn) {
      const line = await openTcpProxy({ targetPort: Number(new URL(url).port), random: () => 0 });
      closing.push(() => line.close());
      const context = await browser.newContext({
        locale,
        timezoneId: 'Europe/Berlin',
        reducedMotion: 'reduce',
        userAgent: AGENT,
      });
      const deskUrl = `http://127.0.0.1:${line.port}`;
      for (const pair of signedIn?.cookie.split('; ') ?? []) {
        const [name = '', ...rest] = pair.split('=');
        await context.addCookies([{ name, value: rest.join('='), url: deskUrl }]);
      }
      context.setDefaultTimeout(20_000);
      return {
        url: deskUrl,
        context,
        page: await context.newPage(),
        ...networkOf(context, line),
        close: () => context.close(),
      };
    },
    async close() {
      for (const end of closing.toReversed()) await end();
      command.kill('SIGTERM');
      await command.ended;
      process.off('exit', endWithUs);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
