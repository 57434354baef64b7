import * as Y from 'yjs';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { hasHoles, readableRows } from '../storage/readable-rows.ts';
import { documentDatabaseName, type Device } from './device.ts';
import { isShort, openExistingAndLoad } from './open-copy.ts';

/**
 * A document as it is stored now, without opening it for writing or network; undefined when there is no local copy, or none that can
 * be read. A copy that is damaged gives what can be read of it, and is looked after.
 */
export async function readStored(
  device: Device,
  document: DocumentName,
): Promise<{ readonly doc: Y.Doc; readonly isDamaged: boolean } | undefined> {
  await device.recordsKnown();
  const record = await device.meta.documentRecord(document);
  if (record === undefined) return undefined;
  const opened = await openExistingAndLoad(documentDatabaseName(device.namespace, document, record.generation));
  if (opened.kind === 'missing') {
    device.repairs.suspect(document);
    return { doc: new Y.Doc(), isDamaged: true };
  }
  if (opened.kind !== 'opened') {
    if (opened.kind === 'storage-failed' && opened.lasting === true) device.repairs.suspect(document);
    return undefined;
  }
  opened.database.close();
  const { doc, unreadable } = readableRows(opened.loaded.rows);
  const isDamaged = unreadable.length > 0 || hasHoles(doc) || (await isShort(device, document, doc, record));
  if (isDamaged && opened.loaded.retired === undefined) device.repairs.suspect(document);
  return { doc, isDamaged };
}
