/** The network side of the replica. */
import { Cell } from '../cell.ts';
import type { ConnectionView, ReplicaEnvironment, ReplicaTimings, Watchable } from '../contract.ts';
import type { Device } from '../documents/device.ts';
import type { OpenDocuments } from '../documents/open-documents.ts';
import type { QuarantineRecords } from '../quarantine/quarantine-records.ts';
import type { MetaState } from '../storage/meta-database.ts';

export interface SyncParts {
  readonly environment: ReplicaEnvironment;
  readonly timings: ReplicaTimings;
  readonly device: Device;
  readonly documents: OpenDocuments;
  readonly quarantine: QuarantineRecords;
  readonly state: MetaState;
}

export class Sync {
  readonly #view = new Cell<ConnectionView>({ kind: 'connecting' });
  readonly parts: SyncParts;

  constructor(parts: SyncParts) {
    this.parts = parts;
  }

  get view(): Watchable<ConnectionView> {
    return this.#view;
  }

  start(): void {}
  elected(): void {}
  wake(): void {}
  async stop(): Promise<void> {}
}
