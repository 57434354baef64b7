/** When the meta database was lost, or a part of it: finds the documents again by their databases. */
import { meDocument, type DocumentName } from '../../model/protocol/document-name.ts';
import type { Account } from '../../model/log/writer.ts';
import { existingDatabases } from '../storage/existing-databases.ts';
import type { MetaDatabase } from '../storage/meta-database.ts';
import { documentDatabasePrefix, parseDatabaseName } from './device.ts';

/** How many documents have databases here. */
export async function recoverRecords(meta: MetaDatabase, namespace: string, account: Account): Promise<number> {
  const found = await existingDocuments(namespace);
  // What could not be written now is as lost at the next start, and found again then.
  if (found.size > 0 || !meta.created) await meta.repairs.recover(found, meDocument(account));
  return found.size;
}

/**
 * Documents with databases, and the earliest generation of each: if a quarantine was under way, it goes on from there, and if it was
 * finished, what it had taken out is taken out once more (its records may be lost) and found by its ids.
 */
async function existingDocuments(namespace: string): Promise<ReadonlyMap<DocumentName, number>> {
  const found = new Map<DocumentName, number>();
  for (const database of (await existingDatabases(documentDatabasePrefix(namespace))) ?? []) {
    const name = parseDatabaseName(namespace, database);
    if (name === undefined) continue;
    found.set(name.document, Math.min(name.generation, found.get(name.document) ?? name.generation));
  }
  return found;
}
