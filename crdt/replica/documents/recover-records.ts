/** When the meta database was lost, or a part of it: finds the documents again by their databases. */
import { meDocument, type DocumentName } from '../../model/protocol/document-name.ts';
import type { Account } from '../../model/log/writer.ts';
import { existingDatabases } from '../storage/existing-databases.ts';
import type { MetaDatabase } from '../storage/meta-database.ts';
import { isDocumentName } from '../storage/meta-records.ts';
import { documentDatabasePrefix } from './device.ts';

/** How many documents have databases here. */
export async function recoverRecords(meta: MetaDatabase, namespace: string, account: Account): Promise<number> {
  const found = await existingDocuments(namespace);
  // What could not be written now is as lost at the next start, and found again then.
  if (found.size > 0 || !meta.created) await meta.recover(found, meDocument(account));
  return found.size;
}

/**
 * Documents with databases, and the earliest generation of each: if a quarantine was under way, it goes on from there, and if it was
 * finished, what it had taken out is taken out once more (its records may be lost) and found by its ids.
 */
async function existingDocuments(namespace: string): Promise<ReadonlyMap<DocumentName, number>> {
  const prefix = documentDatabasePrefix(namespace);
  const found = new Map<DocumentName, number>();
  for (const database of (await existingDatabases(prefix)) ?? []) {
    const at = database.lastIndexOf('#');
    const document = database.slice(prefix.length, at);
    const generation = Number(database.slice(at + 1));
    if (!isDocumentName(document) || !Number.isSafeInteger(generation) || generation < 1) continue;
    found.set(document, Math.min(generation, found.get(document) ?? generation));
  }
  return found;
}
