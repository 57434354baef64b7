/**
 * The digests of this device's pages, kept in the meta database beside the number at which each page stood, and the top of the list
 * that they make. They follow their pages a little later, and nothing depends on that: a digest whose number is not that of its page,
 * or whose page holds own unsent entries, is made anew at the next start.
 */
import { isSameDigest, type PageDigest } from '../../model/chat/digest.ts';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import type { MetaDatabase } from '../storage/meta-database.ts';
import type { KeptDigest } from '../storage/meta-records.ts';

/** Digests are written at most so often: a busy chat has a new one with every message. */
const WRITE_PAUSE_MS = 1_000;

export class PageDigests {
  readonly #meta: MetaDatabase;
  readonly #digests = new Map<DocumentName, KeptDigest>();
  /** Without a digest: it is to be taken out of the database. */
  readonly #unsaved = new Map<DocumentName, KeptDigest | undefined>();
  readonly #beforeWriting: () => string | undefined;
  /** As it was written last. */
  #top: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | undefined;

  /** `beforeWriting` may put what had not been worth making before; it returns the top of the list, once that is known. */
  constructor(meta: MetaDatabase, beforeWriting: () => string | undefined) {
    this.#meta = meta;
    this.#beforeWriting = beforeWriting;
  }

  /** Takes in what was kept, before anything is put. */
  adopt(kept: ReadonlyMap<DocumentName, KeptDigest>): void {
    for (const [document, digest] of kept) this.#digests.set(document, digest);
  }

  get(document: DocumentName): KeptDigest | undefined {
    return this.#digests.get(document);
  }

  put(document: DocumentName, head: number, digest: PageDigest): void {
    const known = this.#digests.get(document);
    if (known?.head === head && isSameDigest(known, digest)) return;
    const kept = { ...digest, head };
    this.#digests.set(document, kept);
    this.#unsaved.set(document, kept);
    this.writeSoon();
  }

  drop(document: DocumentName): void {
    if (!this.#digests.delete(document)) return;
    this.#unsaved.set(document, undefined);
    this.writeSoon();
  }

  writeSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.write();
    }, WRITE_PAUSE_MS);
  }

  /** Resolves when everything is written that there was; what a full disk does not take is tried again with the next. */
  async write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
    const top = this.#beforeWriting();
    if (this.#unsaved.size === 0 && top === this.#top) return;
    this.#writing = this.#writeAll(top).finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  async #writeAll(top: string | undefined): Promise<void> {
    const unsaved = [...this.#unsaved];
    this.#unsaved.clear();
    if ((await this.#meta.putDigests(unsaved, top)).kind === 'stored') {
      this.#top = top;
      return;
    }
    for (const [document, digest] of unsaved) {
      if (!this.#unsaved.has(document)) this.#unsaved.set(document, digest);
    }
  }
}
