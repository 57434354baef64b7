import * as Y from 'yjs';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { DocumentDatabase } from '../storage/document-database.ts';
import { documentDatabaseName, type Device } from './device.ts';

/** A document as it is stored now, without opening it for writing or network; undefined when there is no local copy. */
export async function readStored(device: Device, document: DocumentName): Promise<Y.Doc | undefined> {
  const record = await device.meta.documentRecord(document);
  if (record === undefined) return undefined;
  const database = await DocumentDatabase.open(documentDatabaseName(device.namespace, document, record.generation));
  if (!(database instanceof DocumentDatabase)) return undefined;
  const rows = await database.load();
  database.close();
  if (rows.kind !== 'rows') return undefined;
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of rows.updates) Y.applyUpdate(doc, update);
  });
  return doc;
}
