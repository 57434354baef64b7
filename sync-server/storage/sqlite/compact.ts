/** Compaction: a document's rows become one, and what was erased leaves the file. */
import * as Y from 'yjs';
import type { Writer } from '../../../crdt/model/log/writer.ts';
import type { DocumentName } from '../../../crdt/model/protocol/document-name.ts';
import type { Database } from './database.ts';
import { frame, unframe } from './framing.ts';
import { readBytes, readInteger, readWriter } from './row.ts';

export interface Compacted {
  /** Rows that went. */
  readonly rows: number;
  /** True when they held erased text, which is still in the write-ahead log until that is emptied. */
  readonly erased: boolean;
}

/** Merges through a Y.Doc, which drops erased content; `Y.mergeUpdates` would keep it. */
function merge(updates: readonly Uint8Array[]): { state: Uint8Array; clocks: Map<number, number> } {
  const doc = new Y.Doc({ gc: true });
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new Error('the log has a gap');
  const state = Y.encodeStateAsUpdate(doc);
  const clocks = Y.decodeStateVector(Y.encodeStateVector(doc));
  doc.destroy();
  return { state, clocks };
}

/**
 * Replaces exactly the rows that it reads, in one transaction; the last one's sequence stays, so nobody sees a change. Throws, and
 * replaces nothing, when the merged state does not end at the stored clocks.
 */
export function logCompaction(database: Database): (document: DocumentName) => Compacted {
  const { sql } = database;
  const find = sql.prepare('SELECT id, erasures FROM documents WHERE name = ?');
  const rowsOf = sql.prepare('SELECT sequence, updates FROM log WHERE document = ? ORDER BY sequence');
  const clocksOf = sql.prepare(
    `SELECT writer, next FROM writers WHERE document = :document
     UNION ALL SELECT writer, next FROM serverWriters WHERE document = :document`,
  );
  const replace = sql.prepare('UPDATE log SET updates = ? WHERE sequence = ?');
  const remove = sql.prepare('DELETE FROM log WHERE document = ? AND sequence < ?');
  const note = sql.prepare('UPDATE documents SET rows = 1, erasures = 0 WHERE id = ?');

  return (name) =>
    database.transaction(() => {
      const document = find.get(name);
      if (document === undefined) return { rows: 0, erased: false };
      const id = readInteger(document, 'id');
      const erased = readInteger(document, 'erasures') > 0;
      const rows = rowsOf.all(id);
      const last = rows.at(-1);
      if (last === undefined || (rows.length === 1 && !erased)) return { rows: 0, erased: false };

      const { state, clocks } = merge(rows.flatMap((row) => unframe(readBytes(row, 'updates'))));
      const stored = new Map<Writer, number>();
      for (const row of clocksOf.iterate({ document: id }))
        stored.set(readWriter(row, 'writer'), readInteger(row, 'next'));
      for (const [writer, next] of stored) {
        if (clocks.get(writer) !== next) throw new Error(`the log of ${name} does not reach its stored clocks`);
      }
      if (clocks.size !== stored.size) throw new Error(`the log of ${name} holds writers that are not stored`);

      const sequence = readInteger(last, 'sequence');
      replace.run(frame([state]), sequence);
      remove.run(id, sequence);
      note.run(id);
      return { rows: rows.length - 1, erased };
    });
}
