/**
 * In which page of a chat a message lies, looked up in what this device holds, without putting anything in hand. A writer belongs to one
 * document, so the page is the one whose log of that writer reaches the place; a message that was sent again lies elsewhere and says so.
 */
import type * as Y from 'yjs';
import { idOfEntry, parseChatEntry } from '../../model/chat/entry.ts';
import { entryId, type EntryId, type Place } from '../../model/log/entry-id.ts';
import { entryAt, nextClock, readLog, writersOf } from '../../model/log/read-log.ts';
import { accountOf } from '../../model/log/writer.ts';
import { chatDocument, type ChatId } from '../../model/protocol/document-name.ts';
import type { Device } from '../documents/device.ts';
import type { OpenDocuments } from '../documents/open-documents.ts';
import { readStored } from '../documents/read-stored.ts';
import { nextTurn } from '../next-turn.ts';

export interface StoredPages {
  readonly device: Device;
  readonly documents: OpenDocuments;
}

/** Looks through the pages in their order, each in turns of its own; undefined when the message is in none, or is gone from its page. */
export async function pageOfMessage(
  { device, documents }: StoredPages,
  chat: ChatId,
  pages: Iterable<number>,
  place: Place,
): Promise<number | undefined> {
  for (const page of pages) {
    const name = chatDocument(chat, page);
    const open = documents.get(name);
    const doc = open?.readable === true ? open.doc : (await readStored(device, name))?.doc;
    await nextTurn();
    if (doc === undefined) continue;
    const found = lookedUp(doc, place);
    if (doc !== open?.doc) doc.destroy();
    if (found !== 'elsewhere') return found === 'here' ? page : undefined;
  }
  return undefined;
}

function lookedUp(doc: Y.Doc, place: Place): 'here' | 'gone' | 'elsewhere' {
  const id = entryId(place.writer, place.clock);
  if (nextClock(doc, place.writer) > place.clock) return isMessage(doc, place, id) ? 'here' : 'gone';
  return wasSentAgain(doc, place, id) ? 'here' : 'elsewhere';
}

function isMessage(doc: Y.Doc, { writer, clock }: Place, id: EntryId): boolean {
  const tuple = entryAt(doc, writer, clock);
  const entry = tuple === undefined ? 'erased' : parseChatEntry(tuple, accountOf(writer));
  return typeof entry !== 'string' && entry.kind === 'message' && idOfEntry(entry, { writer, clock }) === id;
}

/** Only its author can have sent it again. */
function wasSentAgain(doc: Y.Doc, place: Place, id: EntryId): boolean {
  const author = accountOf(place.writer);
  for (const writer of writersOf(doc)) {
    if (accountOf(writer) !== author) continue;
    for (const { clock } of readLog(doc, writer)) if (isMessage(doc, { writer, clock }, id)) return true;
  }
  return false;
}
