/**
 * The peer of chat-list: a page that opens every document through y-indexeddb to draw the same list. Filled once; from then on it begins
 * as soon as its script runs, and is timed like the product, from the navigation on.
 */
import { openDB } from 'idb';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { PageReader } from '../../../crdt/model/chat/page-reader.ts';
import { shownTimeMs, Timeline } from '../../../crdt/model/chat/timeline.ts';
import { countUnread } from '../../../crdt/model/chat/unread.ts';
import { PeopleReader } from '../../../crdt/model/company/people-reader.ts';
import { FactsReader } from '../../../crdt/model/log/facts.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { readMarker } from '../../../crdt/model/me/me-entries.ts';
import { MeReader } from '../../../crdt/model/me/me-values.ts';
import { parseChatId, parseDocumentName } from '../../../crdt/model/protocol/document-name.ts';

/** Rows that a screen shows. */
const ROWS = 13;
/** Whose documents they are, and their names. */
const ACCOUNT = 'account';
const NAMES = 'names';

/** Puts documents where y-indexeddb looks for them, each as one row: what its trim leaves, its best case. */
async function fill(path: string, account: number): Promise<void> {
  const names: string[] = [];
  const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer());
  const view = new DataView(bytes.buffer);
  const words = new TextDecoder();
  for (let at = 0; at < bytes.length;) {
    const [nameLength, length] = [view.getUint32(at), view.getUint32(at + 4)];
    at += 8;
    const name = words.decode(bytes.subarray(at, at + nameLength));
    at += nameLength;
    names.push(name);
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
  localStorage.setItem(ACCOUNT, String(account));
  localStorage.setItem(NAMES, JSON.stringify(names));
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

/** Resolves with the milliseconds since the navigation began, when the list is drawn. */
async function draw(names: readonly string[], me: number): Promise<number> {
  // All at once is the faster way.
  const docs = new Map(await Promise.all(names.map(async (name) => [name, await open(name)] as const)));
  const docOf = (kind: string): Y.Doc => docs.get(names.find((name) => name.startsWith(kind)) ?? '') ?? new Y.Doc();
  const facts = new FactsReader(docOf('company/'));
  facts.read();
  const people = new PeopleReader().read(facts.values);
  const mine = new MeReader(docOf('me/'));
  mine.read();
  const rows: Row[] = [];
  for (const [name, doc] of docs) {
    const parsed = parseDocumentName(name);
    if (parsed?.kind !== 'chat') continue;
    const kind = parseChatId(parsed.chat);
    if (kind?.kind !== 'private') continue;
    const timeline = new Timeline();
    timeline.apply(new PageReader(doc, 1).read());
    const latest = timeline.messages.at(-1);
    const other = kind.accounts.find((account) => account !== me);
    const person = other === undefined ? undefined : people.get(other);
    if (person === undefined) throw new Error(`nobody has the number ${other}`);
    const reader = { account: me as Account, marker: readMarker(mine.values, parsed.chat), joined: 0 };
    rows.push({
      name: `${person.first} ${person.last}`,
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
  return performance.now();
}

const filled = localStorage.getItem(NAMES);

declare global {
  /** Set by this module. */
  var chatListPeer: { readonly fill: typeof fill; readonly drawn: Promise<number> | undefined };
}
globalThis.chatListPeer = {
  fill,
  drawn: filled === null ? undefined : draw(JSON.parse(filled) as string[], Number(localStorage.getItem(ACCOUNT))),
};
