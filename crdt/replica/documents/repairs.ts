/**
 * What was found damaged, shortened or gone in this device's copy: noted durably, fetched again by whoever does the background work,
 * and told to the person until they have acknowledged it. The same in all tabs.
 */
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { Cell } from '../cell.ts';
import type { RepairView, Watchable } from '../contract.ts';
import type { MetaDatabase } from '../storage/meta-database.ts';
import type { RepairNote } from '../storage/meta-records.ts';
import type { TabChannel } from '../tabs/tab-channel.ts';

const NONE: RepairView = { kind: 'none' };

export class Repairs {
  readonly freshCopy: boolean;
  readonly #meta: MetaDatabase;
  readonly #tabs: TabChannel;
  readonly #view = new Cell<RepairView>(NONE);
  readonly #listeners = new Set<() => void>();
  readonly #suspects = new Set<(document: DocumentName) => void>();
  #notes: ReadonlyMap<DocumentName, RepairNote>;

  /** `notes`: those of earlier. `freshCopy`: nothing of this namespace was on the device. */
  constructor(meta: MetaDatabase, tabs: TabChannel, notes: ReadonlyMap<DocumentName, RepairNote>, freshCopy: boolean) {
    this.freshCopy = freshCopy;
    this.#meta = meta;
    this.#tabs = tabs;
    this.#notes = notes;
    this.#show();
  }

  get view(): Watchable<RepairView> {
    return this.#view;
  }

  /** Documents that have to be fetched again. */
  due(): DocumentName[] {
    return [...this.#notes].flatMap(([document, { fetched }]) => (fetched ? [] : [document]));
  }

  isDue(document: DocumentName): boolean {
    return this.#notes.get(document)?.fetched === false;
  }

  /** Called when `due` may have changed. */
  subscribe(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Somebody who only looked into a local copy has found it damaged: whoever listens opens it, and so has it mended. */
  suspect(document: DocumentName): void {
    for (const listener of [...this.#suspects]) listener(document);
  }

  onSuspect(listener: (document: DocumentName) => void): void {
    this.#suspects.add(listener);
  }

  /** A document's copy was damaged; that has been noted durably (see `RepairNotes.distrust`). */
  found(document: DocumentName, note: RepairNote): void {
    this.#put(document, note);
    this.#tabs.post({ kind: 'repairs' });
    this.#tell();
  }

  /** The document is here again, as far as it can be. */
  async fetched(document: DocumentName): Promise<void> {
    const note = this.#notes.get(document);
    if (note === undefined || note.fetched) return;
    const next = note.acknowledged ? undefined : { ...note, fetched: true };
    this.#put(document, next);
    this.#tell();
    await this.#meta.repairs.put(document, next);
    this.#tabs.post({ kind: 'repairs' });
  }

  /** The person knows. What is still to be fetched is fetched all the same. */
  acknowledge(): void {
    void this.#meta.repairs.acknowledge().then(async () => {
      this.#tabs.post({ kind: 'repairs' });
      await this.reload();
    });
  }

  /** Reads what another tab has noted; what can't be read now stays as it was known. */
  async reload(): Promise<void> {
    this.#notes = await this.#meta.repairs.all().catch(() => this.#notes);
    this.#show();
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #put(document: DocumentName, note: RepairNote | undefined): void {
    const notes = new Map(this.#notes);
    if (note === undefined) notes.delete(document);
    else notes.set(document, note);
    this.#notes = notes;
    this.#show();
  }

  #show(): void {
    const told = [...this.#notes.values()].filter(({ acknowledged }) => !acknowledged);
    if (told.length === 0) return this.#view.set(NONE);
    this.#view.set({
      kind: told.every(({ fetched }) => fetched) ? 'repaired' : 'repairing',
      documents: told.length,
      mayLackOwn: told.some(({ mayLackOwn }) => mayLackOwn),
    });
  }
}
