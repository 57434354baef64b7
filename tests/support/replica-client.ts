/**
 * A person's device in Node: the product's replica on an IndexedDB in memory, with a network that can be taken away and a clock that
 * may be wrong. What the replica finds as globals in a browser (IndexedDB, BroadcastChannel, locks) it finds here too.
 *
 * The databases live as long as the process, so a device that starts again finds what it had made durable and nothing else.
 * Whether durable means durable when a browser dies is the business of the proof page-close.
 */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { WebSocket as NodeWebSocket } from 'ws';
import type { Account } from '../../crdt/model/log/writer.ts';
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';
import type { Replica, ReplicaTimings, StorageUse } from '../../crdt/replica/contract.ts';
import { openReplica } from '../../crdt/replica/replica.ts';
import { driveReplica, type Device } from './device.ts';
import type { Random } from './random.ts';

export interface NodeDeviceOptions {
  /** Where requests go: the server, or a proxy before it. */
  readonly origin: string;
  /** The installation's public origin, which a browser would send as `Origin`. */
  readonly publicOrigin: string;
  /** `cookie` header of the signed-in person. */
  readonly cookie: string;
  readonly account: Account;
  readonly company: CompanyId;
  /** Names the device; its databases, locks and channels are under it. */
  readonly namespace: string;
  readonly random: Random;
  /** How far the device's clock is ahead. */
  readonly skewMs: number;
  readonly timings: Partial<ReplicaTimings>;
  /** Asked for the path of each request that was answered: true loses the answer on its way back, a promise keeps it waiting. */
  readonly losesAnswer?: (path: string) => boolean | Promise<boolean>;
  readonly storageUse?: () => Promise<StorageUse>;
}

export interface NodeDevice extends Device {
  readonly namespace: string;
  readonly replica: Replica;
  /**
   * The device loses its line for good: no byte leaves or reaches it any more, from one moment to the next. What its replica does
   * afterwards it can only do to its own databases, as a frozen tab could. `stop` ends it.
   */
  cut(): void;
}

/** The network of one device; after `cut` it is gone for good. */
function openNetwork({ publicOrigin, cookie, losesAnswer }: NodeDeviceOptions) {
  const sockets = new Set<NodeWebSocket>();
  const aborted = new AbortController();

  class DeviceSocket extends NodeWebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers: { cookie, origin: publicOrigin }, handshakeTimeout: 10_000 });
      sockets.add(this);
      this.on('close', () => sockets.delete(this));
      // Without a listener a refused connection would end the process; the replica hears of it by its own listeners.
      this.on('error', () => undefined);
      if (aborted.signal.aborted) this.terminate();
    }
  }

  const deviceFetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('cookie', cookie);
    headers.set('origin', publicOrigin);
    const signal = init?.signal ? AbortSignal.any([init.signal, aborted.signal]) : aborted.signal;
    const answer = await fetch(input, { ...init, headers, signal });
    if ((await losesAnswer?.(new URL(answer.url).pathname)) === true) throw new TypeError('the answer was lost');
    return answer;
  };

  return {
    fetch: deviceFetch,
    WebSocket: DeviceSocket as unknown as typeof WebSocket,
    cut() {
      aborted.abort();
      for (const socket of [...sockets]) socket.terminate();
    },
  };
}

/** Starts (or starts again) the device `namespace`. */
export async function openNodeDevice(options: NodeDeviceOptions): Promise<NodeDevice> {
  const network = openNetwork(options);
  const replica = await openReplica({
    origin: options.origin,
    account: options.account,
    company: options.company,
    namespace: options.namespace,
    nowMs: () => Date.now() + options.skewMs,
    random32: () => options.random.uint32(),
    fetch: network.fetch,
    WebSocket: network.WebSocket,
    ...(options.storageUse === undefined ? {} : { storageUse: options.storageUse }),
    timings: options.timings,
  });
  return {
    ...driveReplica(replica),
    namespace: options.namespace,
    replica,
    cut: network.cut,
  };
}

/** Throws away the databases of all devices; none may be running. */
export function forgetDevices(): void {
  globalThis.indexedDB = new IDBFactory();
}
