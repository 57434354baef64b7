/**
 * The facts of documents that a start has to know: a company has 10,000 people, inbox and `me` a thousand chats, and building their
 * Y.Docs takes a slow phone more than a second. So what they said last is kept as it was understood, and the documents are opened when
 * that has been drawn, or when they have changed. Valid as long as the document's head is the one that they were read at and nothing
 * of one's own waits in it; whatever else goes wrong, the document says when it is opened, and catch-up.
 */
import type * as Y from 'yjs';
import type { Json } from '../../model/log/append.ts';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { Cell } from '../cell.ts';
import type { FactsView } from '../contract.ts';
import type { Device } from '../documents/device.ts';
import type { LocalDocument } from '../documents/local-document.ts';
import type { DocumentUse, OpenDocuments } from '../documents/open-documents.ts';
import { nextTurn } from '../next-turn.ts';
import type { Head, KeptFacts } from '../storage/meta-records.ts';

/** Facts that are parsed or written in one turn: a few milliseconds on a slow phone. */
const FACTS_OF_A_TURN = 500;
/** What changes within so long is kept once; while a draft is being written, `me` changes all the time. */
const KEEP_PAUSE_MS = 5_000;

type Facts = ReadonlyMap<string, Json>;

/** Reads a document of `set` entries. */
interface ValuesReader {
  /** Takes in what is new; true when something was. */
  read(): boolean;
  readonly values: Facts;
}

/** The document that the facts are of. */
interface OpenedFacts<R> {
  readonly document: LocalDocument;
  /** Up to date with the document. */
  reader(): R;
}

interface KeptFactsParts<R> {
  readonly device: Device;
  readonly documents: OpenDocuments;
  readonly name: DocumentName;
  readonly readerOf: (doc: Y.Doc) => R;
}

export class KeptFactsView<R extends ValuesReader> implements FactsView {
  readonly facts = new Cell<Facts>(new Map());
  readonly #parts: KeptFactsParts<R>;
  readonly #device: Device;
  readonly #name: DocumentName;
  readonly #disposes: (() => void)[] = [];
  /** Values of the document that are equal to those shown: whoever holds one need not look again. */
  readonly #shown = new WeakMap<object, Json>();
  #use: DocumentUse | undefined;
  /** The document is what is shown. */
  #follows = false;
  #opening: Promise<OpenedFacts<R>> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #keeping: Promise<void> | undefined;
  #closed = false;

  constructor(parts: KeptFactsParts<R>) {
    this.#parts = parts;
    this.#device = parts.device;
    this.#name = parts.name;
  }

  /** Tells some of the facts, until `open` tells all of them. */
  show(facts: Facts): void {
    this.facts.set(facts);
  }

  /**
   * Resolves when the facts are readable; the document is opened at once only when nothing valid of it was `kept`. To be called once,
   * when the document's head is known.
   */
  async open(kept: KeptFacts | undefined): Promise<void> {
    this.#disposes.push(
      this.#device.heads.subscribe((document) => {
        if (document !== this.#name) return;
        void this.opened();
        this.#keepSoon();
      }),
    );
    const isValid =
      kept !== undefined && kept.sequence === this.#head().sequence && kept.number === this.#head().number;
    const facts = isValid ? await parseKept(kept) : undefined;
    if (facts === undefined) return void (await this.opened());
    // Unless it was opened meanwhile: then it knows more.
    if (this.#opening !== undefined) return;
    // Who has not changed stays the same object.
    for (const [key, before] of this.facts.get()) if (isEqual(facts.get(key), before)) facts.set(key, before);
    this.facts.set(facts);
  }

  /** Opens the document, once, and follows it from then on. */
  opened(): Promise<OpenedFacts<R>> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  close(): void {
    this.#closed = true;
    for (const dispose of this.#disposes) dispose();
    this.#use?.release();
    clearTimeout(this.#keepTimer);
  }

  /** What has changed and is not kept yet is kept now. */
  async stop(): Promise<void> {
    if (this.#keepTimer !== undefined) this.#keep();
    await this.#keeping;
    this.close();
  }

  /** Its sequence is 0 while the document has never been in step with the server. */
  #head(): Head {
    return this.#device.heads.get(this.#name) ?? { number: 0, sequence: 0 };
  }

  async #open(): Promise<OpenedFacts<R>> {
    const { documents, readerOf } = this.#parts;
    const use = await documents.use(this.#name);
    let reader = readerOf(use.document.doc);
    const opened = { document: use.document, reader: () => reader };
    if (this.#closed) {
      use.release();
      return opened;
    }
    this.#use = use;
    reader.read();
    await this.#compare(reader.values);
    if (this.#closed) return opened;
    const show = (): void => {
      const shown = this.facts.get();
      const values = new Map([...reader.values].map(([key, value]) => [key, this.#same(value)]));
      if (!isSame(shown, values)) this.facts.set(values);
    };
    const dispose = use.document.subscribe((event) => {
      if (event === 'replaced') reader = readerOf(use.document.doc);
      if (!reader.read()) return;
      show();
      this.#keepSoon();
    });
    this.#disposes.push(dispose);
    // What has come while it was being compared.
    reader.read();
    show();
    this.#follows = true;
    this.#keepSoon();
    return opened;
  }

  /** Notes which values of the document say the same as what is shown. */
  async #compare(values: Facts): Promise<void> {
    const shown = this.facts.get();
    if (shown.size === 0) return;
    let compared = 0;
    for (const [key, value] of [...values]) {
      const before = shown.get(key);
      if (typeof value !== 'object' || value === null || before === undefined) continue;
      if (isEqual(before, value)) this.#shown.set(value, before);
      compared += 1;
      if (compared % FACTS_OF_A_TURN === 0) await nextTurn();
    }
  }

  #same(value: Json): Json {
    return typeof value === 'object' && value !== null ? (this.#shown.get(value) ?? value) : value;
  }

  #keepSoon(): void {
    this.#keepTimer ??= setTimeout(() => this.#keep(), KEEP_PAUSE_MS);
  }

  #keep(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
    this.#keeping ??= this.#keepAll().finally(() => {
      this.#keeping = undefined;
    });
  }

  async #keepAll(): Promise<void> {
    const { number, sequence } = this.#head();
    if (sequence === 0 || !this.#follows) return;
    const parts: string[] = [];
    const facts = [...this.facts.get()];
    for (let from = 0; from < facts.length; from += FACTS_OF_A_TURN) {
      parts.push(JSON.stringify(facts.slice(from, from + FACTS_OF_A_TURN)));
      await nextTurn();
    }
    await this.#device.meta.putFacts(this.#name, { sequence, number, parts });
  }
}

const isEqual = (one: Json | undefined, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other);

function isSame(one: Facts, other: Facts): boolean {
  if (one.size !== other.size) return false;
  for (const [key, value] of one) if (other.get(key) !== value) return false;
  return true;
}

/** Undefined when something of it can't be read. */
async function parseKept({ sequence, parts }: KeptFacts): Promise<Map<string, Json> | undefined> {
  if (sequence === 0) return undefined;
  const facts = new Map<string, Json>();
  for (const part of parts) {
    const entries = parsePart(part);
    if (entries === undefined) return undefined;
    for (const [key, value] of entries) facts.set(key, value);
    await nextTurn();
  }
  return facts;
}

function parsePart(part: string): readonly [string, Json][] | undefined {
  try {
    const entries: unknown = JSON.parse(part);
    return Array.isArray(entries) && entries.every(isFact) ? entries : undefined;
  } catch {
    return undefined;
  }
}

/** What comes out of JSON is a value as soon as it is there. */
export const isFact = (entry: unknown): entry is [string, Json] =>
  Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string';
