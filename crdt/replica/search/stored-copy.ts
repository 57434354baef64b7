/** Documents as they are stored now, looked at without opening them: nothing is written, made or mended, whatever is found. */
import type * as Y from 'yjs';
import { PageReader } from '../../model/chat/page-reader.ts';
import { shownTimeMs, Timeline } from '../../model/chat/timeline.ts';
import { inboxChats, type InboxChat } from '../../model/inbox/inbox-facts.ts';
import { placeOf } from '../../model/log/entry-id.ts';
import { FactsReader } from '../../model/log/facts.ts';
import type { ChatId, DocumentName } from '../../model/protocol/document-name.ts';
import type { IndexedMessage } from '../../model/search/text-block.ts';
import { documentDatabaseName } from '../documents/device.ts';
import { openExistingAndLoad } from '../documents/open-copy.ts';
import type { MetaDatabase } from '../storage/meta-database.ts';
import { hasHoles, readableRows } from '../storage/readable-rows.ts';
import type { StorageFailure } from '../storage/transact.ts';
import type { PageStanding } from './search-database.ts';

/** There is no local copy. */
interface Absent {
  readonly kind: 'absent';
}

interface StoredCopy {
  readonly kind: 'copy';
  readonly standing: PageStanding;
  /** The caller destroys it. */
  readonly doc: Y.Doc;
  readonly isDamaged: boolean;
}

export interface StoredPage {
  readonly kind: 'page';
  readonly standing: PageStanding;
  readonly isDamaged: boolean;
  /** Nothing in it has ever reached the server. */
  readonly isUnsent: boolean;
  /** As they are shown; what was retracted or erased is not among them. */
  readonly messages: readonly IndexedMessage[];
}

export interface StoredInbox {
  readonly kind: 'inbox';
  readonly standing: PageStanding;
  readonly chats: ReadonlyMap<ChatId, InboxChat>;
}

/** The records are read before the rows: what is stored in between is in the rows, and they say that it may not be. */
async function storedCopy(
  meta: MetaDatabase,
  namespace: string,
  document: DocumentName,
): Promise<StoredCopy | Absent | StorageFailure> {
  const { record, head = { number: 0, sequence: 0 } } = await meta.standing(document);
  if (record === undefined) return { kind: 'absent' };
  const opened = await openExistingAndLoad(documentDatabaseName(namespace, document, record.generation));
  if (opened.kind === 'missing') return { kind: 'absent' };
  if (opened.kind !== 'opened') return opened;
  opened.database.close();
  const { doc, unreadable } = readableRows(opened.loaded.rows);
  return {
    kind: 'copy',
    standing: { ...record, ...head },
    doc,
    isDamaged: unreadable.length > 0 || hasHoles(doc),
  };
}

export async function readPage(
  meta: MetaDatabase,
  namespace: string,
  document: DocumentName,
): Promise<StoredPage | Absent | StorageFailure> {
  const copy = await storedCopy(meta, namespace, document);
  if (copy.kind !== 'copy') return copy;
  const { doc, standing } = copy;
  // Alone: what it says of messages of other pages is nothing to them.
  const reader = new PageReader(doc, 1);
  const timeline = new Timeline();
  timeline.apply(reader.read());
  const messages = timeline.messages.flatMap((message) => {
    const place = placeOf(message.id);
    return place === undefined ? [] : { ...place, timeMs: shownTimeMs(message), text: message.text };
  });
  doc.destroy();
  const isShort = standing.complete && reader.arrivals.head < standing.number;
  return {
    kind: 'page',
    standing,
    isDamaged: copy.isDamaged || isShort,
    isUnsent: Math.max(reader.arrivals.head, standing.number) === 0,
    messages,
  };
}

/** A device that has never had its inbox has an empty one. */
export async function readInbox(
  meta: MetaDatabase,
  namespace: string,
  document: DocumentName,
): Promise<StoredInbox | Absent | StorageFailure> {
  const copy = await storedCopy(meta, namespace, document);
  if (copy.kind !== 'copy') return copy;
  const facts = new FactsReader(copy.doc);
  facts.read();
  const chats = inboxChats(facts.values);
  copy.doc.destroy();
  return { kind: 'inbox', standing: copy.standing, chats };
}
