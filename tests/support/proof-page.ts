/** What a proof's page in Chromium can do: run the product's replica, and say what it shows at once. Bundled by page-bundle.ts. */
import type { Account } from '../../crdt/model/log/writer.ts';
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';
import type { ReplicaTimings } from '../../crdt/replica/contract.ts';
import { openReplica } from '../../crdt/replica/replica.ts';
import { driveReplica, type Device } from './device.ts';

export interface PageDeviceOptions {
  readonly origin: string;
  readonly account: number;
  readonly company: number;
  readonly namespace: string;
  readonly timings: Partial<ReplicaTimings>;
}

async function openDevice(options: PageDeviceOptions): Promise<Device> {
  const replica = await openReplica({
    origin: options.origin,
    account: options.account as Account,
    company: options.company as CompanyId,
    namespace: options.namespace,
    nowMs: () => Date.now(),
    random32: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    fetch: (input, init) => fetch(input, init),
    WebSocket,
    timings: options.timings,
  });
  return driveReplica(replica);
}

declare global {
  /** Set by this module. */
  var proofPage: { readonly openDevice: typeof openDevice; device: Device | undefined };
}
globalThis.proofPage = { openDevice, device: undefined };
