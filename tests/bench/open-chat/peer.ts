/** The peer of open-chat: the same messages, one Y.Map each in one Y.Array, kept by y-indexeddb. */
import * as Y from 'yjs';

export interface PlainMessage {
  readonly id: string;
  readonly author: number;
  readonly atMs: number;
  readonly text: string;
}

const ROOT = 'messages';

/** The whole chat as one V1 update: what y-indexeddb keeps after its trim, its best case. */
export function encodePeer(messages: readonly PlainMessage[]): Uint8Array {
  const doc = new Y.Doc();
  const list = doc.getArray<Y.Map<string | number>>(ROOT);
  for (const { id, author, atMs, text } of messages) {
    doc.clientID = 1_000 + author;
    // Not `push`, which walks the whole list in a document that nobody reads from.
    list.insert(list.length, [
      new Y.Map<string | number>([
        ['id', id],
        ['author', author],
        ['at', atMs],
        ['text', text],
      ]),
    ]);
  }
  return Y.encodeStateAsUpdate(doc);
}

/** The messages from `sinceMs` on, oldest first; they lie at the end. */
export function readPeer(doc: Y.Doc, sinceMs: number): PlainMessage[] {
  const found: PlainMessage[] = [];
  for (const map of doc.getArray<Y.Map<string | number>>(ROOT).toArray().toReversed()) {
    const atMs = Number(map.get('at'));
    if (atMs < sinceMs) break;
    found.push({ id: String(map.get('id')), author: Number(map.get('author')), atMs, text: String(map.get('text')) });
  }
  return found.toReversed();
}
