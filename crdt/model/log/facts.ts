/** The server's facts in a document: `set` entries of its own log. Within the chain that counts, what it wrote later wins. */
import type * as Y from 'yjs';
import { FACTS_ROOT, type Json } from './append.ts';
import type { Place } from './entry-id.ts';
import { LatestValues } from './latest-values.ts';
import { ServerLogReader } from './server-log.ts';
import { parseSet } from './set-entry.ts';

export class FactsReader {
  readonly #log: ServerLogReader;
  // One writer at a time: its log's order is the order of writing, even when its clock was put back.
  readonly #latest = new LatestValues(() => true);

  constructor(doc: Y.Doc) {
    this.#log = new ServerLogReader(doc, FACTS_ROOT);
  }

  /** Takes in what is new since the last reading; true when something was. */
  read(): boolean {
    const { restarted, items } = this.#log.read();
    if (restarted) this.#latest.clear();
    for (const item of items) {
      if (item.kind === 'header' || item.tuple === undefined) continue;
      const entry = parseSet(item.tuple);
      if (typeof entry !== 'string') this.#latest.put({ writer: item.writer, clock: item.clock, entry });
    }
    return restarted || items.length > 0;
  }

  /** The value of each key. Live: `read` changes it. */
  get values(): ReadonlyMap<string, Json> {
    return this.#latest.values;
  }

  /** Where a key's present entry lies: what the server erases when it writes the key again. */
  placeOf(key: string): Place | undefined {
    return this.#latest.placeOf(key);
  }
}
