/**
 * The facts of a large document that only the server writes: a company has 10,000 people, and building its Y.Doc takes a slow phone
 * more than a second. So what it said last is kept as it was understood, and the document is opened only when it has changed. Valid as
 * long as the document's head is the one that they were read at; whatever else goes wrong, catch-up finds and pulls it.
 */
import type { Json } from '../../model/log/append.ts';
import { FactsReader } from '../../model/log/facts.ts';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { Cell } from '../cell.ts';
import type { FactsView } from '../contract.ts';
import type { Device } from '../documents/device.ts';
import type { DocumentUse, OpenDocuments } from '../documents/open-documents.ts';
import { nextTurn } from '../next-turn.ts';
import type { KeptFacts } from '../storage/meta-records.ts';

/** Facts that are parsed or written in one turn: a few milliseconds on a slow phone. */
const FACTS_OF_A_TURN = 500;
/** What changes within so long is kept once. */
const KEEP_PAUSE_MS = 2_000;

type Facts = ReadonlyMap<string, Json>;

/** Resolves when the facts are readable; the document is opened at once only when nothing of it was kept. */
export async function openKeptFacts(
  device: Device,
  documents: OpenDocuments,
  name: DocumentName,
): Promise<FactsView & { stop(): Promise<void> }> {
  const view = new KeptFactsView(device, documents, name);
  await view.open();
  return view;
}

class KeptFactsView implements FactsView {
  readonly facts = new Cell<Facts>(new Map());
  readonly #device: Device;
  readonly #documents: OpenDocuments;
  readonly #name: DocumentName;
  readonly #disposes: (() => void)[] = [];
  /** Values of the document that are equal to those shown: whoever holds one need not look again. */
  readonly #shown = new WeakMap<object, Json>();
  #use: DocumentUse | undefined;
  /** The document is what is shown. */
  #follows = false;
  #opening: Promise<void> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #keeping: Promise<void> | undefined;
  #closed = false;

  constructor(device: Device, documents: OpenDocuments, name: DocumentName) {
    this.#device = device;
    this.#documents = documents;
    this.#name = name;
  }

  async open(): Promise<void> {
    this.#disposes.push(
      this.#device.heads.subscribe((document) => {
        if (document !== this.#name) return;
        void this.#follow();
        this.#keepSoon();
      }),
    );
    const kept = await this.#device.meta.factsOf(this.#name).catch(() => undefined);
    const facts = kept !== undefined && kept.sequence === this.#sequence() ? await parseKept(kept) : undefined;
    if (facts === undefined) return this.#follow();
    // Unless it was opened meanwhile: then it knows more.
    if (this.#opening === undefined) this.facts.set(facts);
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

  /** 0 while the document has never been in step with the server. */
  #sequence(): number {
    return this.#device.heads.get(this.#name)?.sequence ?? 0;
  }

  /** Opens the document, and follows it from then on. */
  #follow(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<void> {
    const use = await this.#documents.use(this.#name);
    if (this.#closed) return use.release();
    this.#use = use;
    let reader = new FactsReader(use.document.doc);
    reader.read();
    await this.#compare(reader.values);
    if (this.#closed) return;
    const show = (): void =>
      this.facts.set(new Map([...reader.values].map(([key, value]) => [key, this.#same(value)])));
    const dispose = use.document.subscribe((event) => {
      if (event === 'replaced') reader = new FactsReader(use.document.doc);
      if (!reader.read()) return;
      show();
      this.#keepSoon();
    });
    this.#disposes.push(dispose);
    reader.read();
    show();
    this.#follows = true;
    this.#keepSoon();
  }

  /** Notes which values of the document say the same as what is shown. */
  async #compare(values: Facts): Promise<void> {
    const shown = this.facts.get();
    if (shown.size === 0) return;
    let compared = 0;
    for (const [key, value] of [...values]) {
      const before = shown.get(key);
      if (typeof value !== 'object' || value === null || before === undefined) continue;
      if (JSON.stringify(before) === JSON.stringify(value)) this.#shown.set(value, before);
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
    const sequence = this.#sequence();
    if (sequence === 0 || !this.#follows) return;
    const parts: string[] = [];
    const facts = [...this.facts.get()];
    for (let from = 0; from < facts.length; from += FACTS_OF_A_TURN) {
      parts.push(JSON.stringify(facts.slice(from, from + FACTS_OF_A_TURN)));
      await nextTurn();
    }
    await this.#device.meta.putFacts(this.#name, { sequence, parts });
  }
}

/** Undefined when something of it can't be read. */
async function parseKept({ sequence, parts }: KeptFacts): Promise<Facts | undefined> {
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
const isFact = (entry: unknown): entry is [string, Json] =>
  Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string';
