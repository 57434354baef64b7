import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { chatDocument, privateChatId } from '../../model/protocol/document-name.ts';
import type { Account } from '../../model/log/writer.ts';
import { MetaDatabase } from './meta-database.ts';

const NAME = chatDocument(privateChatId(5 as Account, 6 as Account));

test('[RP23] [RP24] a tab that has not heard of the next database does not bring back the earlier one', async () => {
  const [one, other] = [await MetaDatabase.open('steps'), await MetaDatabase.open('steps')];
  await one.putDocumentRecord(NAME, { generation: 1, complete: false });
  await one.beginGeneration(NAME, 1, []);
  expect(await other.putDocumentRecord(NAME, { generation: 1, complete: true })).toEqual({ kind: 'stored' });
  expect(await one.documentRecord(NAME)).toEqual({ generation: 2, complete: false });
  expect(await other.documentRecord(NAME)).toEqual({ generation: 2, complete: false });
  one.close();
  other.close();
});
