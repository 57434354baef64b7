import type { Account } from '../../crdt/model/log/writer.ts';
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';
import { openReplica } from '../../crdt/replica/replica.ts';
import { houseOf, type House } from './house.ts';

export interface HouseKey {
  readonly installation: string;
  readonly account: Account;
  readonly company: CompanyId;
}

/** Another installation at the same address (a demo, a new data folder) must not find this one's entries and take them for its own. */
export const namespaceOf = ({ installation, account }: HouseKey): string => `hausfunk-${installation}-${account}`;

/**
 * Opens a person's copy on this device, network or not; the network begins when it is `drawn`. At first no more than the top of the
 * chat list may be known, unless the page shows something else (`wholeAtOnce`). Throws when the browser gives no storage.
 */
export async function openHouse(key: HouseKey, drawn: Promise<unknown>, wholeAtOnce: boolean): Promise<House> {
  const { account, company } = key;
  const namespace = namespaceOf(key);
  const replica = await openReplica({
    origin: location.origin,
    account,
    company,
    namespace,
    nowMs: () => Date.now(),
    random32: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    // Bound to the window: browsers refuse a detached fetch.
    fetch: (input, init) => fetch(input, init),
    WebSocket,
    storageUse: async () => {
      const { usage, quota } = await navigator.storage.estimate();
      return { usedBytes: usage, quotaBytes: quota };
    },
    drawn,
    wholeAtOnce,
  });
  return houseOf(replica, namespace, account, company);
}
