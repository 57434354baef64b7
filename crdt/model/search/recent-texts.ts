/**
 * The newest messages of all chats in one order of time. Of a phrase that many have, the first fifty lie close together here, while
 * blocks of pages would have to be looked through for each chat in which anything was written lately.
 */
import { JoinedTexts } from './joined-texts.ts';
import { byNewest, type TextBlock } from './text-block.ts';

/** Enough for the first fifty of what one message in 400 has; two or three megabytes. */
const MOST_MESSAGES = 20_000;
/** Blocks of pages overlap in time: from so many messages the newest are chosen. */
const LOOKED_AT = 4 * MOST_MESSAGES;
const PART_MESSAGES = 64;

/** Where a message lies. */
interface Origin {
  readonly block: TextBlock;
  readonly index: number;
  readonly timeMs: number;
}

export interface RecentPart {
  readonly joined: JoinedTexts;
  readonly origins: readonly Origin[];
}

export class RecentTexts {
  /** The newest first. */
  readonly parts: readonly RecentPart[];
  /** Every message of the blocks that is newer than this is in a part, and no other; -Infinity when all are. */
  readonly afterMs: number;

  constructor(blocks: Iterable<TextBlock>) {
    const inOrder = [...blocks].toSorted(byNewest);
    const all: Origin[] = [];
    let next = 0;
    for (; next < inOrder.length && all.length < LOOKED_AT; next += 1) {
      const block = inOrder[next];
      if (block === undefined) break;
      for (const [index, timeMs] of block.joined.times.entries()) all.push({ block, index, timeMs });
    }
    all.sort((one, other) => one.timeMs - other.timeMs);
    const beyond = inOrder[next]?.joined.newestMs ?? -Infinity;
    this.afterMs = Math.max(beyond, all.at(-MOST_MESSAGES - 1)?.timeMs ?? -Infinity);
    const recent = all.filter(({ timeMs }) => timeMs > this.afterMs);
    const parts: RecentPart[] = [];
    for (let to = recent.length; to > 0; to -= PART_MESSAGES) {
      const origins = recent.slice(Math.max(0, to - PART_MESSAGES), to);
      const joined = new JoinedTexts(
        origins.map(({ block, index }) => block.joined.textAt(index)),
        Float64Array.from(origins, ({ timeMs }) => timeMs),
      );
      parts.push({ joined, origins });
    }
    this.parts = parts;
  }
}
