/**
 * The digests of this device's pages, kept in the meta database beside the number at which each page stood. They follow their pages a
 * little later, and nothing depends on that: a digest whose number is not that of its page, or whose page holds own unsent entries, is
 * made anew at the next start.
 */
import { isSameDigest, type PageDigest } from '../../model/chat/digest.ts';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import type { MetaDatabase } from '../storage/meta-database.ts';
import type { KeptDigest } from '../storage/meta-records.ts';

/** Digests are written at most so often: a busy chat has a new one with every message. */
const WRITE_PAUSE_MS = 1_000;

export class PageDigests {
  readonly #meta: MetaDatabase;
  readonly #digests: Map<DocumentName, KeptDigest>;
  /** Without a digest: it is to be taken out of the database. */
  readonly #unsaved = new Map<DocumentName, KeptDigest | undefined>();
  readonly #beforeWriting: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | undefined;

  /** `beforeWriting` may put what had not been worth making before. */
  constructor(meta: MetaDatabase, kept: ReadonlyMap<DocumentName, KeptDigest>, beforeWriting: () => void) {
    this.#meta = meta;
    this.#digests = new Map(kept);
    this.#beforeWriting = beforeWriting;
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
    this.#beforeWriting();
    if (this.#unsaved.size === 0) return;
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    const unsaved = [...this.#unsaved];
    this.#unsaved.clear();
    if ((await this.#meta.putDigests(unsaved)).kind === 'stored') return;
    for (const [document, digest] of unsaved) {
      if (!this.#unsaved.has(document)) this.#unsaved.set(document, digest);
    }
  }
}
