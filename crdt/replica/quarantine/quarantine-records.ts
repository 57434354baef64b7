/** Own entries that were refused, as all tabs of this device see them. */
import type { EntryId } from '../../model/log/entry-id.ts';
import { parseDocumentName, type ChatId, type DocumentName } from '../../model/protocol/document-name.ts';
import { Cell } from '../cell.ts';
import type { Watchable } from '../contract.ts';
import type { Device } from '../documents/device.ts';
import type { QuarantineRecord } from '../storage/meta-records.ts';
import { storageFailure } from '../storage/transact.ts';

export class QuarantineRecords {
  readonly #device: Device;
  readonly #listeners = new Set<() => void>();
  readonly #failedByChat = new Cell<ReadonlyMap<ChatId, number>>(new Map());
  #records: readonly QuarantineRecord[];

  constructor(device: Device, records: readonly QuarantineRecord[]) {
    this.#device = device;
    this.#records = records;
    this.#count();
  }

  all(): readonly QuarantineRecord[] {
    return this.#records;
  }

  /** How many the person has to decide on; chats without are left out. */
  get failedByChat(): Watchable<ReadonlyMap<ChatId, number>> {
    return this.#failedByChat;
  }

  of(isOf: (document: DocumentName) => boolean): readonly QuarantineRecord[] {
    return this.#records.filter(({ document }) => isOf(document));
  }

  subscribe(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Reads what has been recorded, here or in another tab; what can't be read now stays as it was known. */
  async reload(): Promise<void> {
    try {
      this.#records = await this.#device.meta.quarantineRecords();
    } catch (error) {
      return this.#device.health.failed(storageFailure(error));
    }
    this.#count();
    for (const listener of [...this.#listeners]) listener();
  }

  /** The person wants it sent again: it gets its attempts anew. */
  async retry(id: EntryId): Promise<void> {
    const record = this.#records.find((candidate) => candidate.id === id);
    if (record !== undefined) await this.change({ ...record, attempts: 0, state: 'resend' });
  }

  async discard(id: EntryId): Promise<void> {
    const outcome = await this.#device.meta.dropQuarantine(id);
    if (outcome.kind !== 'stored') return this.#device.health.failed(outcome);
    await this.#changed();
  }

  /** True when that is kept. */
  async change(record: QuarantineRecord): Promise<boolean> {
    const outcome = await this.#device.meta.changeQuarantine(record);
    if (outcome.kind !== 'stored') {
      this.#device.health.failed(outcome);
      return false;
    }
    await this.#changed();
    return true;
  }

  /** The records of this device were lost: keeps again what is known here. */
  async recordAgain(): Promise<void> {
    const outcome = await this.#device.meta.addQuarantine(this.#records);
    if (outcome.kind !== 'stored') this.#device.health.failed(outcome);
  }

  async #changed(): Promise<void> {
    this.#device.tabs.post({ kind: 'quarantine' });
    await this.reload();
  }

  #count(): void {
    const resent = new Map<DocumentName, Set<EntryId>>();
    const failed = new Map<ChatId, number>();
    for (const { id, document, state, action } of this.#records) {
      const name = parseDocumentName(document);
      const about = action !== undefined && 'target' in action ? action.target : id;
      if (state === 'resend') resent.set(document, (resent.get(document) ?? new Set()).add(about));
      else if (name?.kind === 'chat' && action !== undefined) failed.set(name.chat, (failed.get(name.chat) ?? 0) + 1);
    }
    this.#device.waiting.setQuarantined(new Map([...resent].map(([document, { size }]) => [document, size])));
    this.#failedByChat.set(failed);
  }
}
