/**
 * The real Chromium that browser tests drive: the one on PATH, else Debian's, installed where that is possible, else Playwright's
 * own, else one clear sentence.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type LaunchOptions } from 'playwright';
import { installedProgram, isRoot } from './debian.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Calm and offline; without its sandbox only where Chromium refuses to have one, as root. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(isRoot ? ['--no-sandbox', '--disable-dev-shm-usage'] : []),
];

function playwrightsOwn(): string | undefined {
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

let found: string | undefined;

/** Path of a Chromium that runs here; throws an error of one sentence when there is none. */
export function chromiumPath(): string {
  if (found !== undefined) return found;
  found = installedProgram(NAMES, ['chromium']) ?? playwrightsOwn();
  if (found === undefined) {
    throw new Error(
      'No Chromium found: install it (Debian: apt-get install chromium) or run `npx playwright install chromium`.',
    );
  }
  return found;
}

/** What every launch of Chromium in tests, proofs and benches shares. */
export const launchOptions = (options: LaunchOptions = {}): LaunchOptions => ({
  ...options,
  executablePath: chromiumPath(),
  args: [...FLAGS, ...(options.args ?? [])],
});

/** A browser with fresh, throwaway profiles. Who launches closes. */
export const launchChromium = (options?: LaunchOptions): Promise<Browser> => chromium.launch(launchOptions(options));

/** A browser whose profile lives in `folder`, so that it can be closed or killed and started again with its data. */
export const launchProfile = (folder: string, options?: LaunchOptions): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, launchOptions(options));
