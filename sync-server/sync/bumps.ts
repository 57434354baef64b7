import { BUMP_HEADS, encodeStateless, type HeadTuple } from '../../crdt/model/protocol/stateless.ts';
import type { DocumentKind, DocumentName } from '../../crdt/model/protocol/document-name.ts';
import type { DeviceSocket } from './device-socket.ts';
import type { Sockets } from './sockets.ts';

/** Tells sockets of changes in documents that they may read and don't have open; gathered, so that a burst becomes one frame. */
export class Bumps {
  readonly #sockets: Sockets;
  readonly #delayMs: number;
  readonly #onSent: () => void;
  readonly #waiting = new Map<DeviceSocket, Map<DocumentName, HeadTuple>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(sockets: Sockets, delayMs: number, onSent: () => void) {
    this.#sockets = sockets;
    this.#delayMs = delayMs;
    this.#onSent = onSent;
  }

  changed(document: DocumentKind, head: HeadTuple): void {
    const [name] = head;
    for (const socket of this.#sockets.readersOf(document)) {
      if (socket.has(name)) continue;
      const waiting = this.#waiting.get(socket);
      if (waiting === undefined) this.#waiting.set(socket, new Map([[name, head]]));
      else waiting.set(name, head);
    }
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => this.#send(), this.#delayMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #send(): void {
    this.#timer = undefined;
    for (const [socket, heads] of this.#waiting) {
      // Without its inbox the socket is only just connecting; it asks for what it missed once it stands.
      const inbox = socket.inbox();
      if (inbox === undefined) continue;
      const all = [...heads.values()].map((head): [DocumentName, number, number] => [...head]);
      for (let from = 0; from < all.length; from += BUMP_HEADS) {
        inbox.sendStateless(encodeStateless({ kind: 'bump', heads: all.slice(from, from + BUMP_HEADS) }));
        this.#onSent();
      }
    }
    this.#waiting.clear();
  }
}
