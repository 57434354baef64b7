/** The peer of chat-list: a page that opens every document through y-indexeddb to draw the same list. */
import { openDB } from 'idb';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { PageReader } from '../../../crdt/model/chat/page-reader.ts';
import { shownTimeMs, Timeline } from '../../../crdt/model/chat/timeline.ts';
import { countUnread } from '../../../crdt/model/chat/unread.ts';
import { PeopleReader } from '../../../crdt/model/company/people-reader.ts';
import { FactsReader } from '../../../crdt/model/log/facts.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { parseChatId, parseDocumentName } from '../../../crdt/model/protocol/document-name.ts';

/** Rows that a screen shows. */
const ROWS = 13;

/** Puts documents where y-indexeddb looks for them, each as one row: what its trim leaves, its best case. */
async function fill(path: string): Promise<void> {
  const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer());
  const view = new DataView(bytes.buffer);
  const words = new TextDecoder();
  for (let at = 0; at < bytes.length;) {
    const [nameLength, length] = [view.getUint32(at), view.getUint32(at + 4)];
    at += 8;
    const name = words.decode(bytes.subarray(at, at + nameLength));
    at += nameLength;
    const db = await openDB(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('updates', { autoIncrement: true });
        fresh.createObjectStore('custom');
      },
    });
    await db.add('updates', bytes.slice(at, at + length));
    db.close();
    at += length;
  }
}

async function open(name: string): Promise<Y.Doc> {
  const doc = new Y.Doc();
  await new IndexeddbPersistence(name, doc).whenSynced;
  return doc;
}

interface Row {
  readonly name: string;
  readonly text: string;
  readonly timeMs: number;
  readonly unread: number;
}

/** Milliseconds from the wish to the drawn list. */
async function draw(names: readonly string[], me: number): Promise<{ drawnMs: number; first: string }> {
  const startedMs = performance.now();
  const reader = { account: me as Account, marker: 0, joined: 0 };
  // All at once is the faster way.
  const docs = await Promise.all(names.map(open));
  const facts = new FactsReader(docs[0] ?? new Y.Doc());
  facts.read();
  const people = new PeopleReader().read(facts.values);
  const rows: Row[] = [];
  for (const [index, doc] of docs.entries()) {
    const parsed = parseDocumentName(names[index] ?? '');
    const kind = parsed?.kind === 'chat' ? parseChatId(parsed.chat) : undefined;
    if (kind?.kind !== 'private') continue;
    const timeline = new Timeline();
    timeline.apply(new PageReader(doc, 1).read());
    const latest = timeline.messages.at(-1);
    const other = kind.accounts.find((account) => account !== me);
    const person = other === undefined ? undefined : people.get(other);
    rows.push({
      name: `${person?.first} ${person?.last}`,
      text: latest?.text ?? '',
      timeMs: latest === undefined ? 0 : shownTimeMs(latest),
      unread: countUnread(timeline.messages, reader),
    });
  }
  rows.sort((one, other) => other.timeMs - one.timeMs);
  const list = document.createElement('ul');
  for (const { name, text, unread } of rows.slice(0, ROWS)) {
    const item = document.createElement('li');
    item.append(name, ' ', text, ' ', String(unread));
    list.append(item);
  }
  document.body.append(list);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return { drawnMs: performance.now() - startedMs, first: rows[0]?.name ?? '' };
}

declare global {
  /** Set by this module. */
  var chatListPeer: { readonly fill: typeof fill; readonly draw: typeof draw };
}
globalThis.chatListPeer = { fill, draw };
