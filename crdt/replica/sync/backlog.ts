/** A long backlog goes by HTTP before the document is attached: one frame of it all could be too big for the line, for ever. */
import { encodeAppend, logRoot, type Tuple } from '../../model/log/append.ts';
import { readLog } from '../../model/log/read-log.ts';
import type { Writer } from '../../model/log/writer.ts';
import type { LocalDocument } from '../documents/local-document.ts';
import type { Answer, ServerRequests } from './server-requests.ts';

/** Characters of waiting entries from which on they go by HTTP. */
const LONG_BACKLOG = 200_000;
/** Entries and characters of one request, well below the server's limits. */
const CHUNK_ENTRIES = 500;
const CHUNK_LENGTH = 120_000;

export interface Chunk {
  readonly writer: Writer;
  readonly clock: number;
  readonly tuples: readonly Tuple[];
}

/** The document's waiting entries in chunks, writer by writer in clock order; none when a frame can take them. */
export function longBacklog(document: LocalDocument): Chunk[] {
  const chunks: { writer: Writer; clock: number; tuples: Tuple[] }[] = [];
  let total = 0;
  for (const { writer, from, to } of document.waitingRuns()) {
    let length = 0;
    let chunk: { writer: Writer; clock: number; tuples: Tuple[] } | undefined;
    for (const { clock, tuple } of readLog(document.doc, writer, from, to)) {
      // An erased entry can only be told by Yjs itself; the rest of this writer follows it there.
      if (tuple === undefined) break;
      const size = JSON.stringify(tuple).length;
      total += size;
      if (chunk === undefined || chunk.tuples.length >= CHUNK_ENTRIES || length + size > CHUNK_LENGTH) {
        chunks.push((chunk = { writer, clock, tuples: [] }));
        length = 0;
      }
      chunk.tuples.push(tuple);
      length += size;
    }
  }
  return total > LONG_BACKLOG ? chunks : [];
}

/** Sends a long backlog; undefined when there is none (left), else why it could not be sent, and whose entries. */
export async function sendBacklog(
  document: LocalDocument,
  requests: ServerRequests,
): Promise<{ readonly answer: Exclude<Answer<unknown>, { kind: 'ok' }>; readonly writer: Writer } | undefined> {
  for (const { writer, clock, tuples } of longBacklog(document)) {
    const answer = await requests.sendEntries(document.name, encodeAppend(logRoot(writer), writer, clock, tuples));
    if (answer.kind !== 'ok') return { answer, writer };
  }
  return undefined;
}
