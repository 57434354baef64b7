/**
 * Receipts per second of 50 people who write into one room, each waiting for the receipt before the next message: the product's log
 * store against one commit per message. Measured at the storage port, without the network: in-process writers, real files, once with
 * 2 ms added to every commit (a slower disk than most) and once on the disk as it is.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeChatEntry } from '../../crdt/model/chat/entry.ts';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import { makeWriter, type Account, type Writer } from '../../crdt/model/log/writer.ts';
import { chatDocument, internalChatId, type CompanyId } from '../../crdt/model/protocol/document-name.ts';
import { openSqliteLogStore } from '../../sync-server/storage/sqlite/log-store.ts';
import { median, printTable } from '../support/figures.ts';
import type { Measurement } from '../support/measurement.ts';
import { seededRandom, type Random } from '../support/random.ts';
import { openSingleCommits } from './durable-acks/single-commits.ts';

const WRITERS = 50;
const ROUNDS = 5;
const ROUND_MS = 1_500;
const INJECTED_MS = 2;
/** The bounds of the performance budget. */
const FASTER_WHEN_SLOW = 5;
const FASTER_ON_DISK = 1;

const chat = internalChatId(1 as CompanyId);
const document = chatDocument(chat);
const TEXT = 'The caretaker has the key until six, and the owner would like to come along.';

const updateAt = (writer: Writer, clock: number): Uint8Array =>
  encodeAppend(logRoot(writer), writer, clock, [
    encodeChatEntry({ kind: 'message', stamp: stampAt(Date.now()), text: TEXT, first: undefined }),
  ]);

interface Way {
  /** Resolves with the arrival number when the message is durable. */
  append(writer: Writer, clock: number): Promise<number>;
  close(): Promise<void>;
}

async function groupCommits(folder: string, commitDelayMs: number, random: Random): Promise<Way> {
  const store = await openSqliteLogStore({
    file: join(folder, 'log.db'),
    nowMs: () => Date.now(),
    random32: () => random.uint32(),
    commitDelayMs,
  });
  return {
    async append(writer, clock) {
      const runs = [{ writer, from: clock, to: clock + 1 }];
      const result = await store.append({ document, stream: chat, runs, update: updateAt(writer, clock), erase: [] });
      if (result.kind !== 'stored') throw new Error(`append: ${result.kind}`);
      return result.arrivals[0]?.number ?? 0;
    },
    async close() {
      const { synchronous } = await store.stats();
      if (synchronous !== 2) throw new Error('synchronous is not FULL');
      await store.close();
    },
  };
}

function singleCommits(folder: string, commitDelayMs: number): Way {
  const store = openSingleCommits(join(folder, 'log.db'), commitDelayMs);
  return {
    append: async (writer, clock) => {
      const number = store.append(document, writer, clock, updateAt(writer, clock));
      // The receipt leaves in the next turn, as it would on a socket.
      await new Promise<void>((resolve) => setImmediate(resolve));
      return number;
    },
    close: () => Promise.resolve(store.close()),
  };
}

/** Receipts per second. */
async function measure(open: (folder: string) => Promise<Way> | Way, random: Random): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'hausfunk-acks-'));
  const way = await open(folder);
  const numbers = new Set<number>();
  const startedMs = performance.now();
  const endMs = startedMs + ROUND_MS;
  const write = async (index: number): Promise<void> => {
    const writer = makeWriter((index + 2) as Account, random.uint32());
    for (let clock = 0; performance.now() < endMs; clock += 1) numbers.add(await way.append(writer, clock));
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, index) => write(index)));
  const seconds = (performance.now() - startedMs) / 1_000;
  await way.close();
  await rm(folder, { recursive: true });
  return numbers.size / seconds;
}

export async function bench(): Promise<Measurement> {
  const random = seededRandom(50);
  const figures: Record<string, number> = {};
  const rows: (string | number)[][] = [['commits', 'group commit /s', 'one per message /s', 'ratio']];
  let pass = true;
  for (const [label, delayMs, faster] of [
    ['Injected', INJECTED_MS, FASTER_WHEN_SLOW],
    ['Disk', 0, FASTER_ON_DISK],
  ] as const) {
    const group: number[] = [];
    const single: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      group.push(await measure((folder) => groupCommits(folder, delayMs, random), random));
      single.push(await measure((folder) => singleCommits(folder, delayMs), random));
    }
    const ratio = median(group) / median(single);
    pass &&= ratio >= faster;
    rows.push([`${label.toLowerCase()}, ${delayMs} ms added`, median(group), median(single), ratio]);
    figures[`groupPerSecond${label}`] = median(group);
    figures[`singlePerSecond${label}`] = median(single);
    figures[`ratio${label}`] = ratio;
  }
  printTable(`durable-acks: receipts per second at the storage port, ${WRITERS} writers`, rows);
  return { name: 'durable-acks', pass, figures };
}
