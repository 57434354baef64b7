/** What is done at once about damage that was found while a replica is running. */
import type { DocumentName } from '../../model/protocol/document-name.ts';
import type { QuarantineRecords } from '../quarantine/quarantine-records.ts';
import type { Device } from './device.ts';
import type { OpenDocuments } from './open-documents.ts';
import { recoverRecords } from './recover-records.ts';

/** Opens a document whose copy was found damaged, which mends it and notes what has to be fetched. */
export async function lookAfter(documents: OpenDocuments, document: DocumentName): Promise<void> {
  const { release } = await documents.use(document);
  release();
}

/** The meta database was deleted under this replica (somebody has cleared the site's data): what is known in memory is noted again. */
export async function recordAgain(
  device: Device,
  documents: OpenDocuments,
  quarantine: QuarantineRecords,
): Promise<void> {
  await Promise.all(documents.all().map((document) => document.recordAgain()));
  await quarantine.recordAgain();
  await recoverRecords(device.meta, device.namespace, device.account);
}
