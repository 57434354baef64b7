/** The browser of open-chat and history: one profile whose IndexedDB is filled once, and a fresh page for every measurement. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import {
  companyDocument,
  chatDocument,
  inboxDocument,
  internalChatId,
  type CompanyId,
} from '../../../crdt/model/protocol/document-name.ts';
import { COMPANY_KEY, personKey } from '../../../crdt/model/company/company-facts.ts';
import { launchProfile } from '../../support/chromium.ts';
import { encodeFacts, seedAccounts, seedInbox, seedPages, type SeedMessage } from '../../support/chat-seed.ts';
import { bundlePage } from '../../support/page-bundle.ts';
import { openPageServer } from '../../support/page-server.ts';
import type { Random } from '../../support/random.ts';
import type { Person } from './page.ts';

export interface BenchBrowser {
  /** Runs `work` on a fresh page with the bench's script, its processor slowed down `slower` times. */
  onPage<T>(slower: number, work: (page: Page) => Promise<T>): Promise<T>;
  /** Serves bytes; the path for the page's script. */
  offer(bytes: Uint8Array): string;
  close(): Promise<void>;
}

export async function openBenchBrowser(): Promise<BenchBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'hausfunk-bench-'));
  const [server, context, script] = await Promise.all([
    openPageServer(),
    launchProfile(folder),
    bundlePage(fileURLToPath(new URL('./page.ts', import.meta.url))),
  ]);
  return {
    async onPage(slower, work) {
      const page = await context.newPage();
      try {
        await page.goto(server.origin);
        await page.evaluate(script);
        const devtools = await context.newCDPSession(page);
        await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
        return await work(page);
      } finally {
        await page.close();
      }
    },
    offer: server.offer,
    async close() {
      await context.close();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface FillOptions {
  readonly company: CompanyId;
  readonly messages: number;
  readonly endMs: number;
  readonly random: Random;
  readonly text: () => string;
}

/** Fills one device of the first author with a chat and all that the replica reads at start. Says who; hands every page on. */
export async function fillChat(
  browser: BenchBrowser,
  options: FillOptions,
  onPage: (messages: readonly SeedMessage[]) => void = () => undefined,
): Promise<Person> {
  const { company, messages, endMs, random } = options;
  const chat = internalChatId(company);
  const [account] = seedAccounts;
  const person = { namespace: `bench-${messages}`, account, company, chat };
  const people = seedAccounts.map(
    (one) =>
      [personKey(one), { first: 'Person', last: String(one), visible: true, admin: false, active: true }] as const,
  );
  const documents: [string, Uint8Array][] = [
    [inboxDocument(person.account), seedInbox(chat, messages, endMs, random)],
    [companyDocument(company), encodeFacts([[COMPANY_KEY, { name: 'Company' }], ...people], endMs, random)],
  ];
  await browser.onPage(1, async (page) => {
    const fill = (document: string, bytes: Uint8Array): Promise<void> =>
      page.evaluate(([namespace, name, path]) => openChatPage.fillDocument(namespace, name, path), [
        person.namespace,
        document,
        browser.offer(bytes),
      ] as const);
    for (const [document, bytes] of documents) await fill(document, bytes);
    const heads: [string, number][] = [];
    let number = 0;
    for (const seed of seedPages({ chat, messages, endMs, random, text: options.text })) {
      await fill(chatDocument(chat, seed.page), seed.bytes);
      number += seed.messages.length;
      heads.push([chatDocument(chat, seed.page), number]);
      onPage(seed.messages);
    }
    await page.evaluate(([namespace, all]) => openChatPage.fillHeads(namespace, all), [
      person.namespace,
      heads,
    ] as const);
  });
  return person;
}
