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

const lengthOf = (tuple: Tuple): number => JSON.stringify(tuple).length;

/** A writer's entries in chunks. An erased entry can only be told by Yjs itself, and whatever follows it goes the same way. */
export function chunksOf(document: LocalDocument, writer: Writer, from: number, to: number): Chunk[] {
  const chunks: { writer: Writer; clock: number; tuples: Tuple[] }[] = [];
  let room = 0;
  for (const { clock, tuple } of readLog(document.doc, writer, from, to)) {
    if (tuple === undefined) break;
    const length = lengthOf(tuple);
    const last = chunks.at(-1);
    if (last === undefined || last.tuples.length >= CHUNK_ENTRIES || length > room) {
      chunks.push({ writer, clock, tuples: [tuple] });
      room = CHUNK_LENGTH - length;
    } else {
      last.tuples.push(tuple);
      room -= length;
    }
  }
  return chunks;
}

export const sendChunk = (document: LocalDocument, requests: ServerRequests, { writer, clock, tuples }: Chunk) =>
  requests.sendEntries(document.name, encodeAppend(logRoot(writer), writer, clock, tuples));

/** The document's waiting entries in chunks, writer by writer in clock order; none when a frame can take them. */
export function longBacklog(document: LocalDocument): Chunk[] {
  const chunks = document.waitingRuns().flatMap(({ writer, from, to }) => chunksOf(document, writer, from, to));
  let length = 0;
  for (const { tuples } of chunks) for (const tuple of tuples) length += lengthOf(tuple);
  return length > LONG_BACKLOG ? chunks : [];
}

/** Sends a long backlog; undefined when there is none (left), else why it could not be sent, and whose entries. */
export async function sendBacklog(
  document: LocalDocument,
  requests: ServerRequests,
): Promise<{ readonly answer: Exclude<Answer<unknown>, { kind: 'ok' }>; readonly writer: Writer } | undefined> {
  for (const chunk of longBacklog(document)) {
    const answer = await sendChunk(document, requests, chunk);
    if (answer.kind !== 'ok') return { answer, writer: chunk.writer };
  }
  return undefined;
}
