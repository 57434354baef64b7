/**
 * Databases of earlier generations: deleted once their document is whole again. One that was given up because it could not be read is
 * looked into once more before: if it can be read now, what was unsent in it is kept.
 */
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { documentDatabaseName, documentDatabasePrefix, parseDatabaseName, type Device } from '../documents/device.ts';
import { openExistingAndLoad } from '../documents/open-copy.ts';
import { deleteDocumentDatabase } from '../storage/document-database.ts';
import { existingDatabases } from '../storage/existing-databases.ts';
import { takeOut } from './quarantine.ts';

/** Why entries are taken out of a database that was given up. */
const LEFT = { code: 'left', writers: [] };

/** For a running context that does the background work; what can't be done now is done at the next start. */
export async function deleteFormerDatabases(device: Device): Promise<void> {
  const { documents } = await device.meta.read();
  for (const { document, generation } of await formerDatabases(device)) {
    const record = documents.get(document);
    if (record === undefined || !record.complete || generation >= record.generation) continue;
    if (await isEmptied(device, document, generation)) {
      deleteDocumentDatabase(documentDatabaseName(device.namespace, document, generation));
    }
  }
}

async function formerDatabases(
  device: Device,
): Promise<readonly { readonly document: DocumentName; readonly generation: number }[]> {
  const prefix = documentDatabasePrefix(device.namespace);
  const existing = await existingDatabases(prefix);
  return (existing ?? []).flatMap((name) => parseDatabaseName(device.namespace, name) ?? []);
}

/** True when nothing in the database is needed any more. */
async function isEmptied(device: Device, document: DocumentName, generation: number): Promise<boolean> {
  const opened = await openExistingAndLoad(documentDatabaseName(device.namespace, document, generation));
  // It may be of a later version of this program.
  if (opened.kind !== 'opened') return false;
  opened.database.close();
  if (opened.loaded.retired !== undefined) return true;
  const { records } = takeOut(device.account, document, generation, LEFT, opened.loaded.rows);
  if (records.length === 0) return true;
  const outcome = await device.meta.addQuarantine(records);
  if (outcome.kind !== 'stored') return false;
  device.tabs.post({ kind: 'quarantine' });
  await device.quarantined();
  return true;
}
