import { beforeEach, expect, test, vi } from 'vitest';
import type { Account } from '../../crdt/model/log/writer.ts';
import { chatDocument, internalChatId, type ChatId, type CompanyId } from '../../crdt/model/protocol/document-name.ts';
import { parseFromServer, RECEIPT_PEOPLE } from '../../crdt/model/protocol/stateless.ts';
import { ACTIVITY_MIGRATIONS } from '../activity/activity-migrations.ts';
import { Positions } from '../activity/positions.ts';
import { createLog } from '../log.ts';
import { openDatabase } from '../storage/sqlite/database.ts';
import type { DocumentConnection } from './device-socket.ts';
import { ReceiptTelling, type ReceiptTellingOptions } from './receipt-telling.ts';

const RECEIPTS_MS = 200;
const COUNTS_MS = 2_000;
const chat: ChatId = internalChatId(1 as CompanyId);
const people = Array.from({ length: RECEIPT_PEOPLE + 5 }, (_, index) => (2 + index) as Account);
const [ANNA, BEN] = [2 as Account, 3 as Account];

let positions: Positions;
let telling: ReceiptTelling;
let connections: DocumentConnection[];
let counted: number;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  const file = openDatabase(':memory:', ACTIVITY_MIGRATIONS, 'NORMAL');
  positions = new Positions(file, 'this epoch');
  connections = [];
  counted = 0;
  const membersOf = () => {
    counted += 1;
    return people.map((account) => ({ account, joined: 0 }));
  };
  // What of Hocuspocus is asked for.
  const documents = () => new Map([[chatDocument(chat), { getConnections: () => connections }]]);
  telling = new ReceiptTelling({
    positions,
    directory: { membersOf },
    limits: { receiptsMs: RECEIPTS_MS, receiptCountsMs: COUNTS_MS },
    log: createLog('silent', Date.now, () => undefined),
    nowMs: Date.now,
    documents: documents as unknown as ReceiptTellingOptions['documents'],
  });
  return () => {
    telling.stop();
    file.close();
    vi.useRealTimers();
  };
});

/** Somebody opens the chat; returns how many of the others have read up to 1, as told last. */
function open(account: Account): () => number | undefined {
  const told: string[] = [];
  const connection = {
    context: { socket: { admission: { account } } },
    sendStateless: (payload: string) => told.push(payload),
  } as unknown as DocumentConnection;
  connections.push(connection);
  telling.opened(connection, chat);
  return () => {
    const latest = parseFromServer(told.at(-1) ?? '');
    return latest?.kind === 'receipt-counts' ? (latest.read.at(-1)?.[1] ?? 0) : undefined;
  };
}

function read(account: Account): void {
  positions.write({
    positions: [{ account, chat, delivered: 1, read: 1 }],
    silent: new Map(),
    mirrored: undefined,
  });
  telling.changed([chat]);
}

test('[SV103] however many open a large chat while people read in it, it is counted once in a while', () => {
  open(ANNA);
  for (const [index, account] of people.entries()) {
    if (account !== ANNA) read(account);
    for (let device = 0; device < 20; device += 1) open(people[index] ?? ANNA);
    vi.advanceTimersByTime(RECEIPTS_MS);
  }
  const elapsedMs = people.length * RECEIPTS_MS;
  expect(counted).toBeLessThan(4 + (2 * elapsedMs) / COUNTS_MS);
});

test('[SV101] [SV103] who opens a large chat hears what has changed since it was counted, too', () => {
  const first = open(ANNA);
  expect(first()).toBe(0);
  connections = [];
  // Nobody has it open: nobody is told.
  read(BEN);
  const again = open(ANNA);
  vi.advanceTimersByTime(COUNTS_MS);
  expect(again()).toBe(1);
  read(4 as Account);
  vi.advanceTimersByTime(COUNTS_MS);
  expect(again()).toBe(2);
});
