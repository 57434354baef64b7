/** Facts of the server and settings of the person, as maps that change. */
import type * as Y from 'yjs';
import type { Json } from '../../model/log/append.ts';
import { FactsReader } from '../../model/log/facts.ts';
import { MeReader } from '../../model/me/me-values.ts';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { Cell } from '../cell.ts';
import type { FactsView } from '../contract.ts';
import type { LocalDocument } from '../documents/local-document.ts';
import type { OpenDocuments } from '../documents/open-documents.ts';

interface ValuesReader {
  read(): boolean;
  readonly values: ReadonlyMap<string, Json>;
}

export const readFacts = (doc: Y.Doc): FactsReader => new FactsReader(doc);
export const readMe = (doc: Y.Doc): MeReader => new MeReader(doc);

export interface OpenedFacts<R extends ValuesReader> extends FactsView {
  readonly document: LocalDocument;
  /** Up to date with the document. */
  reader(): R;
}

/** Opens a document of `set` entries; it stays open until the view is closed. */
export async function openFacts<R extends ValuesReader>(
  documents: OpenDocuments,
  name: DocumentName,
  readerOf: (doc: Y.Doc) => R,
): Promise<OpenedFacts<R>> {
  const use = await documents.use(name);
  let reader = readerOf(use.document.doc);
  reader.read();
  const facts = new Cell<ReadonlyMap<string, Json>>(new Map(reader.values));
  const dispose = use.document.subscribe((event) => {
    if (event === 'replaced') reader = readerOf(use.document.doc);
    if (reader.read()) facts.set(new Map(reader.values));
  });
  return {
    facts,
    document: use.document,
    reader: () => reader,
    close() {
      dispose();
      use.release();
    },
  };
}
