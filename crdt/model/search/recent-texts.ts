/**
 * The newest messages of all chats in one order of time. Of a phrase that many have, the first fifty lie close together here, while
 * blocks of pages would have to be looked through for each chat in which anything was written lately.
 */
import { byNewest } from './block-order.ts';
import { JoinedTexts } from './joined-texts.ts';
import type { TextBlock } from './text-block.ts';
import { TextsInOrder } from './texts-in-order.ts';

/** All of most people's history, and of the largest enough for the first fifty of what one message in 2,000 has: some 13 MB. */
const MOST_MESSAGES = 131_072;
/** Blocks of pages overlap in time: from so many messages the newest are chosen. */
const LOOKED_AT = 1.25 * MOST_MESSAGES;
const PART_MESSAGES = 64;
/** Where no more are needed, MiniSearch isn't asked at all: that takes as long as looking through some hundred, and few hits tell little. */
const FEW_PARTS = 640;
/** A block that has the words takes longer than a part that may not have them. */
const PARTS_OF_A_CANDIDATE = 2;
/** What was looked through tells something when it is so much of the candidates, which is not much to have lost. */
const TELLING_SHARE = 0.25;
/** Blocks or parts of one turn: some milliseconds on a slow phone. */
const GATHERED_AT_ONCE = 100;

export interface RecentPart {
  readonly joined: JoinedTexts;
  /** Where each of its messages lies, and the how manieth there. */
  readonly blocks: readonly TextBlock[];
  readonly indexes: Uint8Array;
}

interface Origin {
  readonly timeMs: number;
  readonly block: TextBlock;
  readonly index: number;
}

export class RecentTexts {
  /** The newest first; no two have messages of the same time. */
  readonly parts: readonly RecentPart[];
  readonly texts: TextsInOrder;
  /** Every message of the blocks that is newer than this is in a part, and no other; -Infinity when all are. */
  readonly afterMs: number;

  private constructor(parts: readonly RecentPart[], afterMs: number) {
    this.parts = parts;
    this.texts = TextsInOrder.of(parts.map(({ joined }) => joined));
    this.afterMs = afterMs;
  }

  /** In turns. */
  static *gather(all: Iterable<TextBlock>): Generator<void, RecentTexts> {
    const inOrder = byNewest(all);
    let messages = 0;
    const beyond = inOrder.findIndex(({ joined }) => (messages += joined.size) > LOOKED_AT);
    const blocks = beyond < 0 ? inOrder : inOrder.slice(0, beyond);
    const times = timesOf(blocks);
    yield;
    const afterMs = Math.max(
      inOrder[blocks.length]?.joined.newestMs ?? -Infinity,
      times[times.length - MOST_MESSAGES - 1] ?? -Infinity,
    );
    const recent = times.subarray(times.findIndex((timeMs) => timeMs > afterMs));
    const last = Array.from(
      { length: Math.ceil(recent.length / PART_MESSAGES) },
      (_, part) => recent[Math.min(recent.length, (part + 1) * PART_MESSAGES) - 1] ?? 0,
    );
    const origins = last.map((): Origin[] => []);
    for (const [done, block] of blocks.entries()) {
      let part = 0;
      for (const [index, timeMs] of block.joined.times.entries()) {
        if (timeMs <= afterMs) continue;
        if (part === 0) part = firstNotBefore(last, timeMs);
        while ((last[part] ?? Infinity) < timeMs) part += 1;
        origins[part]?.push({ timeMs, block, index });
      }
      if (done % GATHERED_AT_ONCE === GATHERED_AT_ONCE - 1) yield;
    }
    const parts: RecentPart[] = [];
    for (const some of origins.toReversed()) {
      if (some.length > 0) parts.push(partOf(some));
      if (parts.length % GATHERED_AT_ONCE === 0) yield;
    }
    return new RecentTexts(parts, afterMs);
  }
}

/** False when looking through `candidates` blocks takes less than the rest of the parts that seem to be needed, of which some are done. */
export function paysToGoOn(done: number, needed: number, candidates: () => number): boolean {
  if (needed <= FEW_PARTS) return true;
  const blocks = candidates();
  return done < TELLING_SHARE * blocks || needed - done <= PARTS_OF_A_CANDIDATE * blocks;
}

function partOf(origins: Origin[]): RecentPart {
  origins.sort((one, other) => one.timeMs - other.timeMs);
  return {
    joined: new JoinedTexts(
      origins.map(({ block, index }) => block.joined.textAt(index)),
      Float64Array.from(origins, ({ timeMs }) => timeMs),
    ),
    blocks: origins.map(({ block }) => block),
    indexes: Uint8Array.from(origins, ({ index }) => index),
  };
}

/** Of all messages, sorted. */
function timesOf(blocks: readonly TextBlock[]): Float64Array {
  const times = new Float64Array(blocks.reduce((sum, { joined }) => sum + joined.size, 0));
  let at = 0;
  for (const { joined } of blocks) {
    times.set(joined.times, at);
    at += joined.size;
  }
  return times.sort();
}

function firstNotBefore(times: readonly number[], timeMs: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) >= timeMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
