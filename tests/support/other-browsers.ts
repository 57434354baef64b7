/** Firefox and WebKitGTK, as far as a smoke test needs them: the same few verbs for both. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Page } from 'puppeteer-core';
import { installedProgram } from './debian.ts';

/** Longer than anything takes on two slow cores. */
const PATIENCE_MS = 30_000;

export interface OtherBrowser {
  goto(url: string): Promise<void>;
  /** Types into the first element that the selector finds. */
  type(selector: string, text: string): Promise<void>;
  pressEnter(selector: string): Promise<void>;
  click(selector: string): Promise<void>;
  /** Resolves when the expression is true in the page; rejects after a while, with what the page shows. */
  until(expression: string): Promise<void>;
  /** The person closes the browser and opens it again: as near to it as the browser can be driven. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Path of a Firefox; undefined where the machine has none and can't have one. */
export const findFirefox = (): string | undefined => installedProgram(['firefox-esr', 'firefox'], ['firefox-esr']);

export async function openFirefox(): Promise<OtherBrowser | undefined> {
  const executablePath = findFirefox();
  if (executablePath === undefined) return undefined;
  const userDataDir = await mkdtemp(join(tmpdir(), 'hausfunk-firefox-'));
  const open = () =>
    puppeteer.launch({
      browser: 'firefox',
      executablePath,
      userDataDir,
      extraPrefsFirefox: { 'intl.accept_languages': 'en-US' },
    });
  let browser = await open();
  let page: Page = await browser.newPage();
  const element = async (selector: string) => page.waitForSelector(selector, { timeout: PATIENCE_MS, visible: true });
  return {
    async goto(url) {
      await page.goto(url);
    },
    async type(selector, text) {
      await (await element(selector))?.type(text);
    },
    async pressEnter(selector) {
      await (await element(selector))?.press('Enter');
    },
    async click(selector) {
      await (await element(selector))?.click();
    },
    async until(expression) {
      try {
        await page.waitForFunction(expression, { timeout: PATIENCE_MS });
      } catch (cause) {
        throw new Error(`never: ${expression}\n${await page.evaluate('document.body.innerText')}`, { cause });
      }
    },
    async restart() {
      await browser.close();
      browser = await open();
      page = await browser.newPage();
    },
    async close() {
      await browser.close();
      await rm(userDataDir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** The name by which WebDriver answers with an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const ENTER = '\uE007';

interface WebKitPrograms {
  readonly driver: string;
  readonly browser: string;
  readonly display: string;
}

/** What drives a WebKitGTK; undefined where the machine has none and can't have one. */
export function findWebKit(): WebKitPrograms | undefined {
  const driver = installedProgram(['WebKitWebDriver'], ['webkit2gtk-driver', 'xvfb']);
  const display = installedProgram(['Xvfb'], ['xvfb']);
  const [browser] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser');
  return driver === undefined || display === undefined || browser === undefined
    ? undefined
    : { driver, browser, display };
}

export async function openWebKit(): Promise<OtherBrowser | undefined> {
  const programs = findWebKit();
  if (programs === undefined) return undefined;

  // It chooses a free display itself and writes its number to the file descriptor.
  const display = spawn(programs.display, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const pipe = display.stdio[3];
  if (pipe === null || pipe === undefined || !('on' in pipe)) throw new Error('no pipe to the display');
  const [digits]: unknown[] = await once(pipe, 'data');
  const port = await freePort();
  const driver = spawn(programs.driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${String(digits).trim()}`,
      LC_ALL: 'en_US.UTF-8',
      LANGUAGE: 'en',
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
  });

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(2 * PATIENCE_MS),
    });
    const answer: unknown = await response.json();
    const value = typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : undefined;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }
  const begin = async (): Promise<string> => {
    const options = { 'webkitgtk:browserOptions': { binary: programs.browser, args: ['--automation'] } };
    const value = await retried(() => call('POST', '/session', { capabilities: { alwaysMatch: options } }));
    if (typeof value !== 'object' || value === null || !('sessionId' in value)) throw new Error('no session');
    return `/session/${String(value.sessionId)}`;
  };
  const session = await begin();
  const until = async (expression: string): Promise<void> => {
    const script = `const done = arguments[0], end = Date.now() + ${PATIENCE_MS - 5_000};
        (function look() {
          if (${expression}) done(true);
          else if (Date.now() > end) done(document.body.innerText);
          else requestAnimationFrame(look);
        })();`;
    const answer = await call('POST', `${session}/execute/async`, { script, args: [] });
    if (answer !== true) throw new Error(`never: ${expression}\n${String(answer)}`);
  };
  const element = async (selector: string): Promise<string> => {
    // Its own implicit wait goes on in a document that has been left.
    await until(`document.querySelector(${JSON.stringify(selector)}) !== null`);
    const found = await call('POST', `${session}/element`, { using: 'css selector', value: selector });
    if (typeof found !== 'object' || found === null || !(ELEMENT in found)) throw new Error(`no ${selector}`);
    return `${session}/element/${String(found[ELEMENT])}`;
  };
  await call('POST', `${session}/timeouts`, { script: PATIENCE_MS });
  return {
    async goto(url) {
      await call('POST', `${session}/url`, { url });
    },
    async type(selector, text) {
      await call('POST', `${await element(selector)}/value`, { text });
    },
    async pressEnter(selector) {
      await call('POST', `${await element(selector)}/value`, { text: ENTER });
    },
    async click(selector) {
      await call('POST', `${await element(selector)}/click`, {});
    },
    until,
    // A new session would be a new, empty profile: a page that has nothing of the one before must do.
    async restart() {
      await call('POST', `${session}/url`, { url: 'about:blank' });
    },
    async close() {
      await call('DELETE', session).catch(() => undefined);
      await end(driver);
      await end(display);
    },
  };
}

/** The driver takes a moment until it listens. */
async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > until || !(cause instanceof TypeError)) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
