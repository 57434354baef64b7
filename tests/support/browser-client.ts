/** A person's device in real Chromium: the product's replica on a page of the installation's origin, driven from outside. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import type { ChatAction } from '../../crdt/model/chat/entry.ts';
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { Device } from './device.ts';
import type { Reachable, SignedInPerson } from './installation.ts';
import { bundlePage } from './page-bundle.ts';
import type { PageDeviceOptions } from './proof-page.ts';

let bundle: Promise<string> | undefined;

/** The script of proof-page.ts, bundled once per process. */
export function proofPageScript(): Promise<string> {
  bundle ??= bundlePage(fileURLToPath(new URL('./proof-page.ts', import.meta.url)));
  return bundle;
}

/** A page of the installation's origin in a fresh profile where the person is signed in. */
export async function openPersonPage(browser: Browser, at: Reachable, person: SignedInPerson): Promise<Page> {
  const context = await browser.newContext();
  const cookies = person.cookie.split('; ').map((cookie) => {
    const [name = '', ...value] = cookie.split('=');
    return { name, value: value.join('='), url: at.publicUrl };
  });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${at.publicUrl}/health`);
  return page;
}

/** Runs the replica on `page`, which must show a page of the installation's origin. */
export async function openPageDevice(page: Page, options: PageDeviceOptions): Promise<Device> {
  // By the devtools and not as an element, so that the product's content security policy can stay as it is.
  await page.evaluate(await proofPageScript());
  await page.evaluate(async (chosen) => {
    proofPage.device = await proofPage.openDevice(chosen);
  }, options);

  const ask = <T>(verb: keyof Device, args: readonly unknown[] = []): Promise<T> =>
    page.evaluate(
      ([name, values]) => {
        const method = proofPage.device?.[name] as ((...all: unknown[]) => Promise<unknown>) | undefined;
        return method?.(...values);
      },
      [verb, args] as const,
    ) as Promise<T>;

  return {
    append: (chat: ChatId, action: ChatAction) => ask('append', [chat, action]),
    see: (chat) => ask('see', [chat]),
    loadAll: (chat) => ask('loadAll', [chat]),
    markRead: (chat, number) => ask('markRead', [chat, number]),
    status: () => ask('status'),
    receipts: () => ask('receipts'),
    wake: () => ask('wake'),
    allSent: (withinMs) => ask('allSent', [withinMs]),
    stop: () => ask('stop'),
  };
}
