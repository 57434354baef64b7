/** What is told of people and devices, and lies in activity.db: how far they have got, and when they were last here. */
import type * as Y from 'yjs';
import type { Run } from '../../crdt/model/log/verdict.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import type { ChatId, DocumentKind } from '../../crdt/model/protocol/document-name.ts';
import type { Directory } from '../directory/directory.ts';
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { LogStore } from '../storage/log-store.ts';
import type { Database } from '../storage/sqlite/database.ts';
import { ChatHeads } from './chat-heads.ts';
import { MeMirror } from './me-mirror.ts';
import { Positions } from './positions.ts';
import { Receipts } from './receipts.ts';
import { SeenDevices } from './seen-devices.ts';

export interface ActivityOptions {
  /** activity.db */
  readonly database: Database;
  readonly store: LogStore;
  readonly epoch: string;
  readonly directory: Directory;
  readonly limits: ServerLimits;
  readonly nowMs: () => number;
  readonly log: Log;
  /** In these chats somebody has got further, or tells more or less than before. Must not throw. */
  readonly onChanged: (chats: ReadonlySet<ChatId>) => void;
}

export interface Activity {
  readonly positions: Positions;
  readonly seenDevices: SeenDevices;
  /** A device of this person has stored these chats up to these numbers; or so it says. */
  delivered(account: Account, chats: readonly (readonly [ChatId, number])[]): void;
  /** Something has been stored in a document; `doc` holds it. `number` is its last arrival number, if clients wrote it. */
  stored(
    kind: DocumentKind,
    doc: Y.Doc,
    change: { readonly number: number | undefined; readonly sequence: number; readonly runs: readonly Run[] },
  ): void;
  /** Mirrors what was stored before the start; resolves when that is done, or has failed. */
  catchUp(): Promise<void>;
  /** Ends the mirroring; resolves when all that was told is written down, or has failed. */
  finish(): Promise<void>;
  stop(): void;
}

export function createActivity(options: ActivityOptions): Activity {
  const { database, store, epoch, directory, limits, nowMs, log, onChanged } = options;
  const positions = new Positions(database, epoch);
  const heads = new ChatHeads(store);
  const receipts = new Receipts({
    positions,
    heads,
    directory,
    gatherMs: limits.receiptsMs,
    retryMs: limits.askAgainMs,
    durableMs: limits.receiptsDurableMs,
    log,
    onChanged,
  });
  const mirror = new MeMirror({ store, receipts, accounts: () => directory.accounts() });
  let caughtUp: Promise<void> | undefined;

  return {
    positions,
    seenDevices: new SeenDevices({ database, everyMs: limits.seenMs, memoryMs: limits.sessionMs, nowMs, log }),
    delivered: (account, chats) => receipts.delivered(account, chats),
    stored(kind, doc, { number, sequence, runs }) {
      if (kind.kind === 'chat' && number !== undefined) heads.arrived(kind.chat, number);
      if (kind.kind === 'me') {
        const entries = runs.flatMap((run) => run.entries);
        mirror.stored(kind.account, doc, entries, sequence);
      }
    },
    catchUp: () =>
      (caughtUp ??= mirror.catchUp(positions.mirrored).catch((error: unknown) => log.error('mirroring-failed', error))),
    async finish() {
      mirror.stop();
      await caughtUp;
      await receipts.settled();
    },
    stop() {
      mirror.stop();
      receipts.stop();
    },
  };
}
