/**
 * One WebSocket from opening to closing, shared by the documents of a tab. A line that has ended is not used again: the next one is
 * a new socket with new providers, so that no queue, timer or stale frame of the old one is left. When to connect is decided by the
 * connection machine, not here.
 */
import { HocuspocusProviderWebsocket } from '@hocuspocus/provider';

/** The provider's own check for silence looks at a tenth of this; ours is the connection machine's. */
const NEVER_MS = 3_600_000;

export interface LineEvents {
  opened(): void;
  /** Any frame, heartbeats included. */
  frame(): void;
  /** Once, and not after `end`. */
  closed(): void;
}

export class Line {
  readonly socket: HocuspocusProviderWebsocket;
  #ended = false;

  constructor(url: string, Socket: typeof WebSocket, events: LineEvents) {
    const closed = (): void => {
      if (this.#ended) return;
      this.#ended = true;
      // After the provider's own handling of the event, which may have made a plan to connect again.
      queueMicrotask(() => this.socket.destroy());
      events.closed();
    };
    this.socket = new HocuspocusProviderWebsocket({
      url,
      WebSocketPolyfill: Socket,
      autoConnect: false,
      maxAttempts: 1,
      messageReconnectTimeout: NEVER_MS,
      onOpen: () => {
        if (!this.#ended) events.opened();
      },
      onMessage: () => {
        if (!this.#ended) events.frame();
      },
      onClose: closed,
      onMaxAttemptsFailed: closed,
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  open(): void {
    void this.socket.connect();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.socket.destroy();
  }
}
