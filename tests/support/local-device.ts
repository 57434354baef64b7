/** What the documents of one running context share, without a replica around it: for tests of single documents. */
import 'fake-indexeddb/auto';
import type { Device } from '../../crdt/replica/documents/device.ts';
import { metaDatabaseName, tabChannelName } from '../../crdt/replica/documents/device.ts';
import { Heads } from '../../crdt/replica/documents/heads.ts';
import { OwnClock } from '../../crdt/replica/documents/own-clock.ts';
import { Repairs } from '../../crdt/replica/documents/repairs.ts';
import { WaitingEntries } from '../../crdt/replica/documents/waiting-entries.ts';
import { MetaDatabase } from '../../crdt/replica/storage/meta-database.ts';
import { StorageHealth } from '../../crdt/replica/storage/storage-health.ts';
import { TabChannel } from '../../crdt/replica/tabs/tab-channel.ts';
import { ANNA } from './offline-replica.ts';

export interface LocalDevice {
  readonly device: Device;
  readonly close: () => void;
}

/** Anna's device, as it starts with what was durable under its namespace. */
export async function openLocalDevice(namespace: string): Promise<LocalDevice> {
  const meta = await MetaDatabase.open(metaDatabaseName(namespace));
  const tabs = new TabChannel(tabChannelName(namespace));
  const { heads } = await meta.read();
  const device: Device = {
    namespace,
    account: ANNA,
    context: 'test',
    random32: () => 1,
    clock: new OwnClock(() => 0, 0),
    meta,
    health: new StorageHealth(() => meta.probe()),
    tabs,
    waiting: new WaitingEntries(tabs),
    heads: new Heads(meta, heads),
    repairs: new Repairs(meta, tabs, new Map(), false),
    recordsKnown: () => Promise.resolve(),
    quarantined: () => Promise.resolve(),
  };
  const close = (): void => {
    device.health.stop();
    tabs.close();
    meta.close();
  };
  return { device, close };
}
