/** Appends as the gate would emit them, for tests of storage. */
import { encodeAppend, logRoot, type ClockRange } from '../../crdt/model/log/append.ts';
import { HEAD } from '../../crdt/model/log/entry-kind.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { makeWriter, type Account, type Writer } from '../../crdt/model/log/writer.ts';
import type { DocumentName } from '../../crdt/model/protocol/document-name.ts';
import type { Append } from './log-store.ts';
import { streamOf } from './stream.ts';

export const writerOf = (account: number, random32 = 7): Writer => makeWriter(account as Account, random32);

/** Messages with these texts, from clock `from` of the writer. */
export function messages(
  document: DocumentName,
  writer: Writer,
  from: number,
  texts: readonly string[],
  erase: readonly ClockRange[] = [],
): Append {
  const entries = texts.map((text, index) => [HEAD.message, stampAt(1_790_000_000_000 + from + index), text]);
  return {
    document,
    stream: streamOf(document),
    runs: [{ writer, from, to: from + texts.length }],
    update: encodeAppend(logRoot(writer), writer, from, entries),
    erase,
  };
}
