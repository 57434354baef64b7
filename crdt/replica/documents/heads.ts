/** Where each document stands, as far as it is stored on this device: tells without opening it whether it holds anything unread. */
import type { DocumentName } from '../../model/protocol/document-name.ts';
import type { MetaDatabase } from '../storage/meta-database.ts';
import type { Head } from '../storage/meta-records.ts';

/** `here`: this tab has stored it. */
export type HeadListener = (document: DocumentName, here: boolean) => void;

export class Heads {
  readonly #meta: MetaDatabase;
  readonly #heads: Map<DocumentName, Head>;
  readonly #listeners = new Set<HeadListener>();
  readonly #unsaved = new Map<DocumentName, Head>();
  #saving: Promise<void> | undefined;

  constructor(meta: MetaDatabase, heads: ReadonlyMap<DocumentName, Head>) {
    this.#meta = meta;
    this.#heads = new Map(heads);
  }

  /** Takes in those of all documents, as they are saved, before any is opened. What another tab stores meanwhile may be ahead of them. */
  adopt(heads: ReadonlyMap<DocumentName, Head>): void {
    for (const [document, { number, sequence }] of heads) {
      const known = this.#heads.get(document);
      this.#heads.set(document, { number: Math.max(number, known?.number ?? 0), sequence });
      const isOther = known !== undefined && (known.number < number || known.sequence !== sequence);
      if (isOther) this.#tell(document, false);
    }
  }

  get(document: DocumentName): Head | undefined {
    return this.#heads.get(document);
  }

  /** The document's content up to this arrival has been stored, here or by another tab (which has saved the head, too). */
  advance(document: DocumentName, number: number, saved = false): void {
    const known = this.#heads.get(document);
    if (number > (known?.number ?? 0)) this.#put(document, { number, sequence: known?.sequence ?? 0 }, saved);
    else this.#tell(document, !saved);
  }

  /** The document is stored as the server had it at this head. */
  reach(document: DocumentName, head: Head): void {
    this.#put(
      document,
      { number: Math.max(head.number, this.#heads.get(document)?.number ?? 0), sequence: head.sequence },
      false,
    );
  }

  /** The copy lacks something: it counts as not in step, so that catch-up fetches it. That is stored already. */
  distrust(document: DocumentName): void {
    const known = this.#heads.get(document);
    if (known !== undefined) this.#heads.set(document, { number: known.number, sequence: 0 });
  }

  /** The document has been compared with the server: a head beyond what it holds was that of a lost history. */
  correct(document: DocumentName, number: number): void {
    const known = this.#heads.get(document);
    if (known !== undefined && known.number > number) this.#put(document, { number, sequence: known.sequence }, false);
  }

  /** Called after a document's content has been stored. */
  subscribe(listener: HeadListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** True when all heads are saved; what could not be is tried once more. Catch-up finds lost ones again, from where it last was. */
  async saved(): Promise<boolean> {
    if (this.#unsaved.size > 0) this.#saving ??= this.#save();
    while (this.#saving !== undefined) await this.#saving;
    return this.#unsaved.size === 0;
  }

  #put(document: DocumentName, head: Head, saved: boolean): void {
    this.#heads.set(document, head);
    if (!saved) {
      this.#unsaved.set(document, head);
      this.#saving ??= this.#save();
    }
    this.#tell(document, !saved);
  }

  async #save(): Promise<void> {
    await Promise.resolve();
    while (this.#unsaved.size > 0) {
      const heads = [...this.#unsaved];
      this.#unsaved.clear();
      if ((await this.#meta.putHeads(heads)).kind === 'stored') continue;
      for (const [document, head] of heads) if (!this.#unsaved.has(document)) this.#unsaved.set(document, head);
      break;
    }
    this.#saving = undefined;
  }

  #tell(document: DocumentName, here: boolean): void {
    for (const listener of [...this.#listeners]) listener(document, here);
  }
}
