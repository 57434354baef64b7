/**
 * The messages that the waiting entries of a document are about, each once: a message that has been written, edited and taken back
 * without network is three entries, and one thing that waits for the person who looks.
 */
import type * as Y from 'yjs';
import { idOfEntry, parseChatEntry } from '../../model/chat/entry.ts';
import type { ClockRange } from '../../model/log/append.ts';
import { entryId, type EntryId } from '../../model/log/entry-id.ts';
import { readLog, type LoggedEntry } from '../../model/log/read-log.ts';
import { accountOf } from '../../model/log/writer.ts';

export class WaitingMessages {
  readonly #ids = new Set<EntryId>();
  /** As far as they are counted. */
  #runs: readonly ClockRange[] = [];

  /** `runs`: what waits in the document now. Costs what was written since it was last asked, unless something has arrived. */
  count(doc: Y.Doc, runs: readonly ClockRange[]): number {
    const counted = new Map(this.#runs.map((run) => [run.writer, run]));
    const now = new Map(runs.map(({ writer, from }) => [writer, from]));
    if (this.#runs.some(({ writer, from }) => now.get(writer) !== from)) {
      this.#ids.clear();
      counted.clear();
    }
    for (const { writer, from, to } of runs) {
      for (const entry of readLog(doc, writer, counted.get(writer)?.to ?? from, to)) this.#ids.add(messageOf(entry));
    }
    this.#runs = runs;
    return this.#ids.size;
  }

  /** The document is another one. */
  forget(): void {
    this.#ids.clear();
    this.#runs = [];
  }
}

/** What is no entry of a chat, or is erased, waits as itself. */
function messageOf({ writer, clock, tuple }: LoggedEntry): EntryId {
  const entry = tuple === undefined ? 'erased' : parseChatEntry(tuple, accountOf(writer));
  if (typeof entry === 'string') return entryId(writer, clock);
  return entry.kind === 'message'
    ? idOfEntry(entry, { writer, clock })
    : entryId(entry.target.writer, entry.target.clock);
}
