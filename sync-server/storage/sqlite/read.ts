/** Reading the log: documents, and where they stand. */
import type { Writer } from '../../../crdt/model/log/writer.ts';
import type { DocumentName } from '../../../crdt/model/protocol/document-name.ts';
import type { DocumentHead, LoadedDocument } from '../log-store.ts';
import type { Database } from './database.ts';
import { unframe } from './framing.ts';
import type { HeadsQuery } from './log-messages.ts';
import { readBytes, readInteger, readText, readWriter, type Row } from './row.ts';

export interface LogReads {
  load(document: DocumentName): LoadedDocument;
  heads(query: HeadsQuery): DocumentHead[];
  sequence(): number;
  compactable(limit: number): DocumentName[];
}

/** Names in the log were document names when they were written. */
const readName = (row: Row): DocumentName => readText(row, 'name') as DocumentName;

const readHead = (row: Row): DocumentHead => ({
  document: readName(row),
  sequence: readInteger(row, 'sequence'),
  number: readInteger(row, 'number'),
  entries: readInteger(row, 'entries'),
  writers: readInteger(row, 'writers'),
});

export function logReads({ sql }: Database): LogReads {
  const rows = sql.prepare(
    'SELECT updates FROM log WHERE document = (SELECT id FROM documents WHERE name = ?) ORDER BY sequence',
  );
  const writers = sql.prepare(
    'SELECT writer, next FROM writers WHERE document = (SELECT id FROM documents WHERE name = ?)',
  );
  // One index seek per name: the cost is what is asked for and what has changed, never how long the log is.
  const heads = sql.prepare(
    `SELECT d.* FROM json_each(:streams) AS wanted
       CROSS JOIN documents AS d ON d.stream = wanted.value AND d.sequence > :since
     UNION
     SELECT d.* FROM json_each(:documents) AS wanted
       CROSS JOIN documents AS d ON d.name = wanted.value AND d.sequence > :since
     ORDER BY sequence`,
  );
  const last = sql.prepare('SELECT coalesce(max(sequence), 0) AS sequence FROM documents');
  const worst = sql.prepare(
    'SELECT name FROM documents WHERE erasures > 0 OR rows >= 100 ORDER BY erasures DESC, rows DESC LIMIT ?',
  );

  return {
    load(document) {
      const clocks = new Map<Writer, number>();
      for (const row of writers.iterate(document)) clocks.set(readWriter(row, 'writer'), readInteger(row, 'next'));
      return { updates: rows.all(document).flatMap((row) => unframe(readBytes(row, 'updates'))), clocks };
    },
    heads: ({ documents, streams, since }) =>
      heads
        .all({ documents: JSON.stringify(documents), streams: JSON.stringify(streams), since })
        .map((row) => readHead(row)),
    sequence: () => readInteger(last.get(), 'sequence'),
    compactable: (limit) => worst.all(limit).map((row) => readName(row)),
  };
}
