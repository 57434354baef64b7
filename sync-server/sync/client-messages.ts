import type { Account } from '../../crdt/model/log/writer.ts';
import { inboxDocument, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { encodeStateless, parseFromClient } from '../../crdt/model/protocol/stateless.ts';
import { TokenBuckets } from '../http/token-buckets.ts';
import type { ServerLimits } from '../limits.ts';
import type { DocumentConnection } from './device-socket.ts';

export interface ClientMessagesOptions {
  readonly limits: ServerLimits;
  readonly nowMs: () => number;
  /** Up to these arrival numbers a device of this person has the chats; or so it says. */
  readonly onDelivered: (account: Account, chats: readonly (readonly [ChatId, number])[]) => void;
}

/** What clients say beside the documents. What is no message, or one too many, gets no answer. */
export class ClientMessages {
  readonly #options: ClientMessagesOptions;
  readonly #perSocket: TokenBuckets;
  readonly #delivered: TokenBuckets;

  constructor(options: ClientMessagesOptions) {
    const { limits, nowMs } = options;
    this.#options = options;
    this.#perSocket = new TokenBuckets(limits.stateless, limits.rememberedCallers, nowMs);
    this.#delivered = new TokenBuckets(limits.delivered, limits.rememberedCallers, nowMs);
  }

  take(connection: DocumentConnection, payload: string): void {
    const { nowMs, onDelivered } = this.#options;
    if (this.#perSocket.take(connection.socketId) > 0) return;
    const message = parseFromClient(payload);
    switch (message?.kind) {
      case undefined:
        return;
      case 'time':
        connection.sendStateless(encodeStateless({ kind: 'time', sentAtMs: message.sentAtMs, serverTimeMs: nowMs() }));
        return;
      case 'delivered': {
        const { account } = connection.context.socket.admission;
        const isStanding = connection.document.hasConnection(connection);
        if (!isStanding || connection.document.name !== inboxDocument(account)) return;
        if (this.#delivered.take(String(account)) === 0) onDelivered(account, message.chats);
      }
    }
  }
}
