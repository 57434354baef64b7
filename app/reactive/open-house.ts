import type { Account } from '../../crdt/model/log/writer.ts';
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';
import { openReplica } from '../../crdt/replica/replica.ts';
import { houseOf, type House } from './house.ts';

/** Opens a person's copy on this device, network or not. Throws when the browser gives no storage. */
export async function openHouse(account: Account, company: CompanyId): Promise<House> {
  const replica = await openReplica({
    origin: location.origin,
    account,
    company,
    namespace: `hausfunk-${account}`,
    nowMs: () => Date.now(),
    random32: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    // Bound to the window: browsers refuse a detached fetch.
    fetch: (input, init) => fetch(input, init),
    WebSocket,
  });
  return houseOf(replica, account, company);
}
