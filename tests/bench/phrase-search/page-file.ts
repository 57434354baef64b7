/** Pages in a file, each as structured bytes, so that a process reads them one by one and holds none that it doesn't want. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { ChatId, DocumentName } from '../../../crdt/model/protocol/document-name.ts';
import type { IndexedMessage } from '../../../crdt/model/search/text-block.ts';

export interface StoredPage {
  readonly document: DocumentName;
  readonly chat: ChatId;
  readonly messages: readonly IndexedMessage[];
}

const LENGTH_BYTES = 4;

/** Tells how many bytes the pages take. */
export function writePages(path: string, pages: readonly StoredPage[]): number {
  const file = openSync(path, 'w');
  let sizeBytes = 0;
  for (const page of pages) {
    const bytes = serialize(page);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(bytes.length);
    writeSync(file, length);
    writeSync(file, bytes);
    sizeBytes += bytes.length;
  }
  closeSync(file);
  return sizeBytes;
}

/** In the order in which they were written. */
export function* readPages(path: string): Generator<StoredPage, void> {
  const file = openSync(path, 'r');
  try {
    for (const length = Buffer.alloc(LENGTH_BYTES); readSync(file, length) === LENGTH_BYTES;) {
      const bytes = Buffer.alloc(length.readUInt32LE());
      readSync(file, bytes);
      yield deserialize(bytes) as StoredPage;
    }
  } finally {
    closeSync(file);
  }
}
