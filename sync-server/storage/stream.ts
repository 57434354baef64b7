import { parseDocumentName, type DocumentName } from '../../crdt/model/protocol/document-name.ts';

/** What a document's arrivals are counted over: the chat with all its pages, else the document alone. */
export function streamOf(document: DocumentName): string {
  const parsed = parseDocumentName(document);
  return parsed?.kind === 'chat' ? parsed.chat : document;
}
