import { expect, test, vi } from 'vitest';
import { ChatBuilder } from '../../../tests/support/chat-builder.ts';
import { openLocalDevice } from '../../../tests/support/local-device.ts';
import { ANNA, offlineDevices } from '../../../tests/support/offline-replica.ts';
import { COMPANY_KEY } from '../../model/company/company-facts.ts';
import type { Account } from '../../model/log/writer.ts';
import { draftKey, draftOf } from '../../model/me/me-entries.ts';
import { companyDocument, meDocument, privateChatId, type CompanyId } from '../../model/protocol/document-name.ts';
import type { Json } from '../../model/log/append.ts';
import { FactsReader } from '../../model/log/facts.ts';
import { documentDatabaseName, metaDatabaseName } from '../documents/device.ts';
import { OpenDocuments } from '../documents/open-documents.ts';
import { DocumentDatabase } from '../storage/document-database.ts';
import { MetaDatabase } from '../storage/meta-database.ts';
import type { KeptFacts } from '../storage/meta-records.ts';
import { KeptFactsView } from './kept-facts.ts';

const openDevice = offlineDevices();
const COMPANY = companyDocument(1 as CompanyId);

/** The company's document as it was pulled at a head. */
async function pulled(namespace: string, name: string, sequence: number): Promise<void> {
  const page = new ChatBuilder().page(1);
  page.fact(COMPANY_KEY, { name });
  await stored(namespace, page.updates, sequence);
}

async function stored(namespace: string, updates: readonly Uint8Array[], sequence: number): Promise<void> {
  const database = await DocumentDatabase.open(documentDatabaseName(namespace, COMPANY, 1));
  if (!(database instanceof DocumentDatabase)) throw new Error(database.kind);
  await database.write(updates);
  database.close();
  await withMeta(namespace, async (meta) => {
    await meta.putDocumentRecord(COMPANY, { generation: 1, complete: true });
    await meta.putHeads([[COMPANY, { number: 0, sequence }]]);
  });
}

async function withMeta<T>(namespace: string, work: (meta: MetaDatabase) => Promise<T>): Promise<T> {
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  try {
    return await work(meta);
  } finally {
    meta.close();
  }
}

/** The company's name at a start, and stops again. */
async function nameAtStart(namespace: string): Promise<unknown> {
  const replica = await openDevice(namespace);
  const company = replica.companyFacts.facts.get().get(COMPANY_KEY);
  await replica.stop();
  return company;
}

const keep = (namespace: string, facts: KeptFacts): Promise<unknown> =>
  withMeta(namespace, (meta) => meta.putFacts(COMPANY, facts));

test('[RP66] the facts of the company are kept as they were read, so that the next start reads no document', async () => {
  await pulled('kept', 'Berger', 7);
  expect(await nameAtStart('kept')).toEqual({ name: 'Berger' });
  const kept = await withMeta('kept', (meta) => meta.factsOf(COMPANY));
  expect(kept).toEqual({ sequence: 7, number: 0, parts: [JSON.stringify([[COMPANY_KEY, { name: 'Berger' }]])] });
  // Something else in its place shows where a start reads.
  await keep('kept', { sequence: 7, number: 0, parts: [JSON.stringify([[COMPANY_KEY, { name: 'as it was kept' }]])] });
  expect(await nameAtStart('kept')).toEqual({ name: 'as it was kept' });
});

test('[RP66] what was kept at another head, or is damaged, gives way to the document', async () => {
  await pulled('not-valid', 'Berger', 8);
  const parts = [JSON.stringify([[COMPANY_KEY, { name: 'out of date' }]])];
  await keep('not-valid', { sequence: 7, number: 0, parts });
  expect(await nameAtStart('not-valid')).toEqual({ name: 'Berger' });
  await keep('not-valid', { sequence: 8, number: 0, parts: [...parts, '[["company"'] });
  expect(await nameAtStart('not-valid')).toEqual({ name: 'Berger' });
});

test('[RP66] a document that was never in step with the server is read, and nothing is kept', async () => {
  await pulled('never', 'Berger', 0);
  expect(await nameAtStart('never')).toEqual({ name: 'Berger' });
  expect(await withMeta('never', (meta) => meta.factsOf(COMPANY))).toBeUndefined();
});

test('[RP66] what is shown while a changed document is being compared is not kept as what it says', async () => {
  const namespace = 'compared';
  const people = Array.from({ length: 2_000 }, (_, index): [string, Json] => [`person/${index}`, { name: 'before' }]);
  const page = new ChatBuilder().page(1);
  for (const [key] of people) page.fact(key, { name: 'after' });
  await stored(namespace, page.updates, 7);
  await keep(namespace, { sequence: 7, number: 0, parts: [JSON.stringify(people)] });
  const { device, close } = await openLocalDevice(namespace);
  const documents = new OpenDocuments(device);
  const facts = new KeptFactsView({ device, documents, name: COMPANY, readerOf: (doc) => new FactsReader(doc) });
  await facts.open(await device.meta.factsOf(COMPANY));
  const stopped = new Promise<void>((resolve) => {
    documents.onOpened(() => setImmediate(() => void facts.stop().then(resolve)));
  });
  device.heads.reach(COMPANY, { number: 0, sequence: 8 });
  await stopped;
  expect((await device.meta.factsOf(COMPANY))?.sequence).toBe(7);
  await documents.closeAll();
  close();
});

test('[RP66] drafts are there at a start from what was kept, and what was written after that comes from the document', async () => {
  const namespace = 'drafts';
  const name = meDocument(ANNA);
  const chat = privateChatId(ANNA, 3 as Account);
  const first = await openDevice(namespace);
  await first.setMine(draftKey(chat), 'as it was written');
  await first.stop();
  const parts = [JSON.stringify([[draftKey(chat), 'as it was kept']])];
  const keepOlder = async (meta: MetaDatabase): Promise<void> => {
    await meta.putHeads([[name, { number: 1, sequence: 7 }]]);
    await meta.putFacts(name, { number: 1, sequence: 7, parts });
  };
  await withMeta(namespace, keepOlder);
  // What waits to be sent is in no head.
  const second = await openDevice(namespace);
  expect(draftOf(second.me.facts.get(), chat)).toBe('as it was written');
  await second.stop();
  await withMeta(namespace, async (meta) => {
    await keepOlder(meta);
    await meta.unmarkUnsent(await meta.unsentMarks());
  });
  const third = await openDevice(namespace);
  const shown = draftOf(third.me.facts.get(), chat);
  await vi.waitFor(() => expect(draftOf(third.me.facts.get(), chat)).toBe('as it was written'));
  await third.stop();
  expect(shown).toBe('as it was kept');
});
