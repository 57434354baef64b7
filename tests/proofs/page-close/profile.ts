/** One browser profile that outlives its browsers: they are closed, or killed in the middle of everything. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { launchProfile } from '../../support/chromium.ts';

export interface Profile {
  /** The running browser's context; started when there is none. */
  browser(): Promise<BrowserContext>;
  /** SIGKILL to the browser process, at once. The next `browser()` starts another. */
  kill(): Promise<void>;
  /** Closes the running browser in peace. */
  close(): Promise<void>;
  /**
   * Limits what the origin of `page` may store; the returned function lifts the limit. Chromium looks at the quota when an origin's
   * data is first written in a browser's life and then believes in that room for a while: limit before the first write.
   */
  limitQuota(page: Page, sizeBytes: number): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

export async function openProfile(): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'hausfunk-profile-'));
  let running: { context: BrowserContext; processId: number; closed: Promise<unknown> } | undefined;

  async function start(): Promise<NonNullable<typeof running>> {
    const context = await launchProfile(folder);
    const closed = new Promise((resolve) => context.once('close', resolve));
    const devtools = await context.browser()?.newBrowserCDPSession();
    const processes = await devtools?.send('SystemInfo.getProcessInfo');
    const processId = processes?.processInfo.find(({ type }) => type === 'browser')?.id;
    if (processId === undefined) throw new Error('the browser does not tell its process');
    return { context, processId, closed };
  }

  return {
    async browser() {
      running ??= await start();
      return running.context;
    },
    async kill() {
      if (running === undefined) return;
      const { processId, closed } = running;
      running = undefined;
      process.kill(processId, 'SIGKILL');
      await closed;
    },
    async close() {
      await running?.context.close();
      running = undefined;
    },
    async limitQuota(page, sizeBytes) {
      // The limit lives as long as the devtools session that set it.
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Storage.overrideQuotaForOrigin', {
        origin: new URL(page.url()).origin,
        quotaSize: sizeBytes,
      });
      return () => devtools.detach();
    },
    async remove() {
      await running?.context.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
