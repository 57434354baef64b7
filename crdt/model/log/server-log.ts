/**
 * The server's own logs in a document. Each root (`arrivals`, `facts`) has one server writer per epoch; its first entry is a header
 * that names its predecessor and how many of its entries count:
 *
 *     [previous writer or 0, previous length, number, time (unix ms)]        (number: 0 in `facts`)
 *
 * A restore begins a new epoch with fresh writers, so a device may hold writers of a history that is lost. The chain that counts is
 * the one that ends in the newest header: a writer that no other header names, with the greatest time (ties: number, then writer).
 */
import type * as Y from 'yjs';
import type { Tuple } from './append.ts';
import { isClock } from './entry-id.ts';
import { entryAt, nextClock, readLog, rootOf, writersOf, type LoggedEntry } from './read-log.ts';
import { accountOf, isWriter, SERVER_ACCOUNT, type Writer } from './writer.ts';

export interface ServerHeader {
  /** The writer of the epoch before and how many of its entries count, its header included. */
  readonly previous: { readonly writer: Writer; readonly length: number } | undefined;
  /** Where numbers go on; 0 in `facts`. */
  readonly number: number;
  /** When this writer began, unix ms. */
  readonly timeMs: number;
}

/** The raw header; the first entry (clock 0) of every server writer. */
export const encodeServerHeader = ({ previous, number, timeMs }: ServerHeader): Tuple => [
  previous?.writer ?? 0,
  previous?.length ?? 0,
  number,
  timeMs,
];

/** A whole number, 0 or more. */
export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Parses a raw header; undefined when it is none. */
export function parseServerHeader(tuple: Tuple | undefined): ServerHeader | undefined {
  if (tuple === undefined || tuple.length < 4) return undefined;
  const [writer, length, number, timeMs] = tuple;
  if (!isCount(number) || !isCount(timeMs) || !isClock(length)) return undefined;
  if (writer === 0) return { previous: undefined, number, timeMs };
  return isWriter(writer) ? { previous: { writer, length }, number, timeMs } : undefined;
}

/** One server writer of the chain that counts: its entries after the header, up to `length` (exclusive; the last link: Infinity). */
export interface ChainLink {
  readonly writer: Writer;
  readonly header: ServerHeader;
  readonly length: number;
}

/** The chain of a root that counts, oldest link first; empty when the server has written nothing there. */
export function serverChain(doc: Y.Doc, root: string): readonly ChainLink[] {
  const headers = new Map<Writer, ServerHeader>();
  for (const writer of writersOf(doc)) {
    if (accountOf(writer) !== SERVER_ACCOUNT || rootOf(doc, writer) !== root) continue;
    const header = parseServerHeader(entryAt(doc, writer, 0));
    if (header !== undefined) headers.set(writer, header);
  }
  const chain: ChainLink[] = [];
  let writer = newest(headers);
  let length = Infinity;
  while (writer !== undefined) {
    const header = headers.get(writer);
    if (header === undefined) return [];
    headers.delete(writer);
    chain.unshift({ writer, header, length });
    length = header.previous?.length ?? 0;
    writer = header.previous?.writer;
  }
  return chain;
}

function newest(headers: ReadonlyMap<Writer, ServerHeader>): Writer | undefined {
  const named = new Set([...headers.values()].map((header) => header.previous?.writer));
  const tips = [...headers].filter(([writer]) => !named.has(writer));
  tips.sort(([a, one], [b, other]) => other.timeMs - one.timeMs || other.number - one.number || b - a);
  return tips[0]?.[0];
}

/** What a reading brought: entries in order, and the header where a link begins. */
export type ServerLogItem =
  | { readonly kind: 'header'; readonly header: ServerHeader }
  | ({ readonly kind: 'entry' } & LoggedEntry);

/** Reads one root of the server incrementally; each reading goes on where the last one ended. */
export class ServerLogReader {
  readonly #doc: Y.Doc;
  readonly #root: string;
  #chain: readonly ChainLink[] = [];
  #clients = -1;
  #link = 0;
  #clock = 0;

  constructor(doc: Y.Doc, root: string) {
    this.#doc = doc;
    this.#root = root;
  }

  /**
   * What is new since the last reading. `restarted` says that the chain has changed below what was read (a restore): everything
   * read before is void, and `items` begins anew.
   */
  read(): { readonly restarted: boolean; readonly items: readonly ServerLogItem[] } {
    const restarted = this.#follow();
    const items: ServerLogItem[] = [];
    for (let link = this.#chain[this.#link]; link !== undefined; link = this.#chain[this.#link]) {
      if (this.#clock === 0) items.push({ kind: 'header', header: link.header });
      for (const entry of readLog(this.#doc, link.writer, Math.max(1, this.#clock), link.length)) {
        items.push({ kind: 'entry', ...entry });
      }
      this.#clock = Math.max(1, Math.min(link.length, nextClock(this.#doc, link.writer)));
      // A link that is not here in full yet hides what follows: its entries are what the next ones are relative to.
      if (this.#clock < link.length) break;
      this.#link += 1;
      this.#clock = 0;
    }
    return { restarted, items };
  }

  /** Looks for a new chain when the document knows new writers. True when what was read no longer is its beginning. */
  #follow(): boolean {
    const clients = this.#doc.store.clients.size;
    if (clients === this.#clients) return false;
    this.#clients = clients;
    const before = this.#chain;
    const after = serverChain(this.#doc, this.#root);
    this.#chain = after;
    const read = before.slice(0, this.#clock > 0 ? this.#link + 1 : this.#link);
    const holds = read.every((link, index) => {
      const now = after[index];
      if (now?.writer !== link.writer) return false;
      return index < this.#link ? now.length === link.length : now.length >= this.#clock;
    });
    if (holds) return false;
    this.#link = 0;
    this.#clock = 0;
    return read.length > 0;
  }
}
