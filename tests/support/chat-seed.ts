/**
 * A long internal chat, built as bytes: its page documents as server and devices hold them, with facts and arrivals, and the inbox
 * that names it. Built without a server, so that benches can start at a million messages.
 */
import * as encoding from 'lib0/encoding';
import { encodeArrival } from '../../crdt/model/chat/arrivals.ts';
import { pageKey, participantKey } from '../../crdt/model/chat/chat-facts.ts';
import { PAGE_LIMITS } from '../../crdt/model/chat/pages.ts';
import { encodeChatEntry } from '../../crdt/model/chat/entry.ts';
import { inboxChatKey } from '../../crdt/model/inbox/inbox-facts.ts';
import {
  ARRIVALS_ROOT,
  FACTS_ROOT,
  logRoot,
  writeAppendBlock,
  type Json,
  type Tuple,
} from '../../crdt/model/log/append.ts';
import { encodeServerHeader } from '../../crdt/model/log/server-log.ts';
import { encodeSet } from '../../crdt/model/log/set-entry.ts';
import { nextStamp, stampAt, type Stamp } from '../../crdt/model/log/stamp.ts';
import { makeWriter, SERVER_ACCOUNT, type Account, type Writer } from '../../crdt/model/log/writer.ts';
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { Random } from './random.ts';

/** Twenty people who write 50,000 messages a year between them, as a busy company does. */
const AUTHORS = 20;
const MESSAGES_PER_DAY = 137;
const DAY_MS = 86_400_000;
const ARRIVAL_DELAY_MS = 40;

export interface SeedMessage {
  readonly writer: Writer;
  readonly clock: number;
  readonly author: Account;
  readonly atMs: number;
  readonly text: string;
}

interface Root {
  readonly root: string;
  readonly entries: Tuple[];
}

/** One V1 update of several roots, one writer each. */
function encodeRoots(roots: ReadonlyMap<Writer, Root>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, roots.size);
  for (const [writer, { root, entries }] of [...roots].sort(([a], [b]) => b - a)) {
    writeAppendBlock(encoder, root, writer, 0, entries);
  }
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

/** A document of the server's facts alone. */
export function encodeFacts(facts: Iterable<readonly [string, Json]>, timeMs: number, random: Random): Uint8Array {
  return encodeRoots(new Map([[serverWriter(random), { root: FACTS_ROOT, entries: factEntries(facts, timeMs) }]]));
}

const serverWriter = (random: Random): Writer => makeWriter(SERVER_ACCOUNT, random.uint32());

const factEntries = (facts: Iterable<readonly [string, Json]>, timeMs: number): Tuple[] => [
  encodeServerHeader({ previous: undefined, number: 0, timeMs }),
  ...[...facts].map(([key, value]) => encodeSet(stampAt(timeMs), key, value)),
];

export interface ChatSeedOptions {
  readonly chat: ChatId;
  readonly messages: number;
  /** When the last message was written, unix ms. */
  readonly endMs: number;
  readonly random: Random;
  readonly text: () => string;
}

/** Accounts of the people in a seeded chat, in order. */
export const seedAccounts: readonly [Account, ...Account[]] = [
  2 as Account,
  ...Array.from({ length: AUTHORS - 1 }, (_, index) => (index + 3) as Account),
];

/** The pages of the chat in order, each with its document and its messages. Lazy: a million messages needn't be in memory at once. */
export function* seedPages(
  options: ChatSeedOptions,
): Generator<{ page: number; bytes: Uint8Array; messages: SeedMessage[] }> {
  const { messages: total, random, endMs } = options;
  const pages = Math.ceil(total / PAGE_LIMITS.entries);
  const stepMs = DAY_MS / MESSAGES_PER_DAY;
  const startMs = Math.floor(endMs - (total - 1) * stepMs);
  let stamp: Stamp | undefined;
  for (let page = 1; page <= pages; page += 1) {
    const first = (page - 1) * PAGE_LIMITS.entries;
    const headMs = Math.floor(startMs + first * stepMs);
    const roots = new Map<Writer, Root>();
    if (page === 1) {
      const facts: [string, Json][] = seedAccounts.map((account) => [participantKey(account), { right: 'user' }]);
      for (let later = 2; later <= pages; later += 1) facts.push([pageKey(later), true]);
      roots.set(serverWriter(random), { root: FACTS_ROOT, entries: factEntries(facts, headMs) });
    }
    const arrivals: Tuple[] = [encodeServerHeader({ previous: undefined, number: first, timeMs: headMs })];
    roots.set(serverWriter(random), { root: ARRIVALS_ROOT, entries: arrivals });

    /** A writer is a person's running app of one day. */
    const writers = new Map<string, { writer: Writer; index: number | undefined; entries: Tuple[] }>();
    const messages: SeedMessage[] = [];
    let indexes = 0;
    let end = { number: first, timeMs: headMs };
    for (let index = first; index < Math.min(total, first + PAGE_LIMITS.entries); index += 1) {
      const atMs = Math.floor(startMs + index * stepMs);
      const author = random.pick(seedAccounts);
      const key = `${author}/${Math.floor(atMs / DAY_MS)}`;
      let known = writers.get(key);
      if (known === undefined) {
        known = { writer: makeWriter(author, random.uint32()), index: undefined, entries: [] };
        writers.set(key, known);
        roots.set(known.writer, { root: logRoot(known.writer), entries: known.entries });
      }
      const { writer, entries } = known;
      const text = options.text();
      const clock = entries.length;
      stamp = nextStamp(atMs, stamp, false);
      entries.push(encodeChatEntry({ kind: 'message', stamp, text, first: undefined }));
      const run = {
        writer,
        from: clock,
        to: clock + 1,
        number: index + 1,
        timeMs: Math.max(end.timeMs, atMs + ARRIVAL_DELAY_MS),
      };
      arrivals.push(encodeArrival(end, { index: known.index, reached: clock }, run));
      known.index ??= indexes++;
      end = { number: run.number, timeMs: run.timeMs };
      messages.push({ writer, clock, author, atMs, text });
    }
    yield { page, bytes: encodeRoots(roots), messages };
  }
}

/** The inbox of a person who has joined after the last message, so that all of it counts as read. */
export const seedInbox = (chat: ChatId, messages: number, timeMs: number, random: Random): Uint8Array =>
  encodeFacts(
    [[inboxChatKey(chat), { pages: Math.ceil(messages / PAGE_LIMITS.entries), joined: messages }]],
    timeMs,
    random,
  );
