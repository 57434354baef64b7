import * as Y from 'yjs';
import type { Json } from '../../model/log/append.ts';
import type { LoggedEntry } from '../../model/log/read-log.ts';
import { isWriter } from '../../model/log/writer.ts';

/** Entries that a document holds back, because it lacks others that come before them. */
export function* behindHoles(doc: Y.Doc): Generator<LoggedEntry> {
  const pending = doc.store.pendingStructs;
  if (pending === null) return;
  for (const struct of Y.decodeUpdateV2(pending.update).structs) {
    const { client: writer, clock } = struct.id;
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentAny) || !isWriter(writer)) continue;
    for (const [index, value] of struct.content.arr.entries()) {
      const tuple: unknown = value;
      if (Array.isArray(tuple)) yield { writer, clock: clock + index, tuple: tuple as Json[] };
    }
  }
}
