/** The peer of catch-up: a device that has all documents and opens every one of them again, by the provider, over one socket. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { PROTOCOL_PARAMETER, PROTOCOL_VERSION } from '../../../crdt/model/protocol/version.ts';
import { SYNC_PATH } from '../../../sync-server/sync/admission.ts';

/** Documents that are opened at once; the whole is what is measured. */
const AT_ONCE = 50;
const PATIENCE_MS = 60_000;

export interface OpenAllOptions {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  /** By document name, as they were when the device was last online. */
  readonly documents: ReadonlyMap<string, Y.Doc>;
}

/** Resolves when all documents are in step. */
export async function openAll({ port, headers, documents }: OpenAllOptions): Promise<void> {
  class DeviceSocket extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers });
    }
  }
  const socket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}${SYNC_PATH}?${PROTOCOL_PARAMETER}=${PROTOCOL_VERSION}`,
    WebSocketPolyfill: DeviceSocket,
  });
  const providers: HocuspocusProvider[] = [];
  const open = (name: string, document: Y.Doc): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} is not in step`)), PATIENCE_MS);
      const provider = new HocuspocusProvider({
        name,
        document,
        websocketProvider: socket,
        awareness: null,
        token: 'session',
        onSynced() {
          clearTimeout(timer);
          resolve();
        },
      });
      provider.attach();
      providers.push(provider);
    });
  const all = [...documents];
  try {
    for (let first = 0; first < all.length; first += AT_ONCE) {
      await Promise.all(all.slice(first, first + AT_ONCE).map(([name, document]) => open(name, document)));
    }
  } finally {
    for (const provider of providers) provider.destroy();
    socket.destroy();
  }
}
