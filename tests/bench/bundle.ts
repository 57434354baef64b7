/**
 * The JavaScript that a first visit loads until its chat list is drawn, in bytes as they travel: the real page from the real server
 * in Chromium, nothing cached, no worker yet.
 */
import type { CDPSession } from 'playwright';
import { buildPage } from '../support/built-page.ts';
import { launchChromium } from '../support/chromium.ts';
import { openInstallation } from '../support/installation.ts';
import type { Measurement } from '../support/measurement.ts';

/** The bound of the performance budget. */
const AT_MOST_BYTES = 120_000;
const DRAWN_WITHIN_MS = 30_000;

interface Script {
  readonly url: string;
  readonly encoding: string;
  /** Compressed, without headers. */
  readonly sentBytes: number;
}

/** Collects the scripts that a page loads, whoever asks for them: tags, imports, workers. */
async function watchScripts(session: CDPSession): Promise<() => readonly Script[]> {
  const scripts = new Map<string, Script>();
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (!/\bjavascript\b/.test(response.mimeType)) return;
    const encoding = response.headers['content-encoding'] ?? 'identity';
    scripts.set(requestId, { url: response.url, encoding, sentBytes: 0 });
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId);
    if (script !== undefined) scripts.set(requestId, { ...script, sentBytes: script.sentBytes + encodedDataLength });
  });
  return () => [...scripts.values()];
}

export async function bench(): Promise<Measurement> {
  const installation = await openInstallation({ environment: { APP_DIR: await buildPage() } });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const cookies = installation.administrator.cookie.split('; ').map((cookie) => {
      const [name = '', value = ''] = cookie.split('=');
      return { name, value, url: installation.url };
    });
    await context.addCookies(cookies);
    const page = await context.newPage();
    const scripts = await watchScripts(await context.newCDPSession(page));
    await page.goto(installation.url);
    await page.locator('.chat-list a').first().waitFor({ timeout: DRAWN_WITHIN_MS });

    const loaded = scripts();
    const sentBytes = loaded.reduce((sum, script) => sum + script.sentBytes, 0);
    for (const { url, encoding, sentBytes: bytes } of loaded) {
      console.log(`${String(bytes).padStart(8)} bytes  ${encoding.padEnd(8)}  ${new URL(url).pathname}`);
    }
    const compressed = loaded.every(({ encoding }) => encoding !== 'identity');
    const pass = loaded.length > 0 && compressed && sentBytes > 10_000 && sentBytes <= AT_MOST_BYTES;
    return { name: 'bundle', pass, figures: { sentBytes, atMostBytes: AT_MOST_BYTES, files: loaded.length } };
  } finally {
    await browser.close();
    await installation.close();
  }
}
