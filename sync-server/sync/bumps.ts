import { BUMP_HEADS, encodeStateless, type HeadTuple } from '../../crdt/model/protocol/stateless.ts';
import type { DocumentKind, DocumentName } from '../../crdt/model/protocol/document-name.ts';
import type { DeviceSocket } from './device-socket.ts';
import type { Sockets } from './sockets.ts';

/** Tells sockets of changes in documents that they may read and don't have open; gathered, so that a burst becomes one frame. */
export class Bumps {
  readonly #sockets: Sockets;
  readonly #delayMs: number;
  readonly #onSent: () => void;
  /** Documents that have changed since the last frame, with their latest heads. */
  readonly #changed = new Map<DocumentName, { readonly kind: DocumentKind; readonly head: HeadTuple }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(sockets: Sockets, delayMs: number, onSent: () => void) {
    this.#sockets = sockets;
    this.#delayMs = delayMs;
    this.#onSent = onSent;
  }

  changed(kind: DocumentKind, head: HeadTuple): void {
    this.#changed.set(head[0], { kind, head });
    this.#timer ??= setTimeout(() => this.#send(), this.#delayMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #send(): void {
    this.#timer = undefined;
    const bySocket = new Map<DeviceSocket, HeadTuple[]>();
    for (const [name, { kind, head }] of this.#changed) {
      for (const socket of this.#sockets.readersOf(kind)) {
        if (socket.has(name)) continue;
        const heads = bySocket.get(socket);
        if (heads === undefined) bySocket.set(socket, [head]);
        else heads.push(head);
      }
    }
    this.#changed.clear();
    for (const [socket, heads] of bySocket) this.tell(socket, heads);
  }

  /** Tells one socket at once. */
  tell(socket: DeviceSocket, heads: readonly HeadTuple[]): void {
    // Without its inbox the socket is only just connecting; it catches up once it has been welcomed.
    const inbox = socket.inbox();
    if (inbox === undefined) return;
    for (let from = 0; from < heads.length; from += BUMP_HEADS) {
      inbox.sendStateless(encodeStateless({ kind: 'bump', heads: heads.slice(from, from + BUMP_HEADS) }));
      this.#onSent();
    }
  }
}
