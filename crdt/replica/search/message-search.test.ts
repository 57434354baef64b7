import { afterEach, expect, test, vi } from 'vitest';
import { ANNA, CHAT, holds, offlineDevices } from '../../../tests/support/offline-replica.ts';
import { tabChannelName } from '../documents/device.ts';
import { TabChannel } from '../tabs/tab-channel.ts';
import { MessageSearch } from './message-search.ts';
import type { SearchAnswer, SearchQuery } from './search-contract.ts';
import { SearchService } from './search-service.ts';

const openDevice = offlineDevices();
const ALL: SearchQuery = { kind: 'word-start', scope: {}, limit: 50 };
const WANTED = new AbortController().signal;

const open: { close(): void }[] = [];
const services: SearchService[] = [];
afterEach(async () => {
  for (const search of open.splice(0)) search.close();
  await Promise.all(services.splice(0).map((service) => service.stop()));
});

/** A tab's search, and how many workers it has started; the service runs in here as it does in a worker. */
function openTab(
  namespace: string,
  tab: string,
): { readonly search: MessageSearch; readonly started: () => number; fail: () => void } {
  let started = 0;
  const opened = {
    search: new MessageSearch({
      namespace,
      tab,
      startWorker: (failed) => {
        started += 1;
        const service = new SearchService({ namespace, account: ANNA, nowMs: () => performance.now() });
        services.push(service);
        opened.fail = failed;
        return { stop: () => void service.stop() };
      },
    }),
    started: () => started,
    fail: (): void => undefined,
  };
  open.push(opened.search);
  return opened;
}

const textsOf = (answer: SearchAnswer | undefined): readonly string[] | undefined =>
  answer?.messages.map(({ text }) => text);

/** Asks until everything is read: an answer rests on what has been read by then. */
const expectFound = (search: MessageSearch, typed: string, texts: readonly string[]): Promise<void> =>
  vi.waitFor(async () => expect(textsOf(await search.ask(typed, ALL, WANTED))).toEqual(texts), { timeout: 10_000 });

async function withMessages(
  namespace: string,
  ...messages: readonly string[]
): Promise<(text: string) => Promise<unknown>> {
  const replica = await openDevice(namespace);
  const chat = await replica.openChat(CHAT);
  const write = (text: string): Promise<unknown> => chat.append({ kind: 'message', text });
  for (const text of messages) await write(text);
  return write;
}

test('[SE40] what is asked before there is a worker is answered, and two tabs share one', async () => {
  await withMessages('asked', 'Der Schlüssel liegt beim Hausmeister', 'nichts');
  const one = openTab('asked', 'one');
  await expectFound(one.search, 'schlüssel  LIEGT', ['Der Schlüssel liegt beim Hausmeister']);
  const other = openTab('asked', 'other');
  await expectFound(other.search, 'nicht', ['nichts']);
  expect([one.started(), other.started()]).toEqual([1, 0]);
  expect(await holds(other.search.state, (state) => state?.messages === 2)).toMatchObject({ known: true });
});

test('[SE40] when the tab goes that has started the worker, the next one starts another, and what was asked is answered', async () => {
  const write = await withMessages('gone', 'eins');
  const [one, other] = [openTab('gone', 'one'), openTab('gone', 'other')];
  await expectFound(other.search, 'eins', ['eins']);
  await write('zwei');
  const asked = other.search.ask('zwei', ALL, WANTED);
  one.search.close();
  expect(await asked).toBeDefined();
  await expectFound(other.search, 'zwei', ['zwei']);
  await expectFound(other.search, 'eins', ['eins']);
  expect(other.started()).toBe(1);
});

test('[SE40] a worker that has failed is started anew', async () => {
  await withMessages('failed', 'eins');
  const tab = openTab('failed', 'one');
  await expectFound(tab.search, 'eins', ['eins']);
  tab.fail();
  await expectFound(tab.search, 'eins', ['eins']);
  expect(tab.started()).toBe(2);
});

test('[SE41] a wipe closes search in all tabs, and whoever searches afterwards has a worker', async () => {
  await withMessages('wiped', 'eins');
  const [one, other] = [openTab('wiped', 'one'), openTab('wiped', 'other')];
  await expectFound(other.search, 'eins', ['eins']);
  const tabs = new TabChannel(tabChannelName('wiped'));
  tabs.post({ kind: 'wipe' });
  tabs.close();
  await withMessages('wiped', 'zwei');
  const next = openTab('wiped', 'next');
  await expectFound(next.search, 'zwei', ['zwei']);
  expect(next.started()).toBe(1);
  expect(await one.search.ask('zwei', ALL, WANTED)).toBeUndefined();
});

test('[SE41] of a question that is withdrawn, blank, or asked of a closed search there is no answer', async () => {
  await withMessages('withdrawn', 'eins');
  const { search } = openTab('withdrawn', 'one');
  const withdrawing = new AbortController();
  const withdrawn = search.ask('eins', ALL, withdrawing.signal);
  withdrawing.abort();
  expect(await withdrawn).toBeUndefined();
  expect(await search.ask('eins', ALL, withdrawing.signal)).toBeUndefined();
  expect(await search.ask('  ', ALL, WANTED)).toBeUndefined();
  const asked = search.ask('eins', ALL, WANTED);
  search.close();
  expect(await asked).toBeUndefined();
  expect(await search.ask('eins', ALL, WANTED)).toBeUndefined();
});
