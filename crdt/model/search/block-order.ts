import type { TextBlock } from './text-block.ts';
import { TextsInOrder } from './texts-in-order.ts';

/** Blocks, the newest first. */
export class BlockOrder {
  readonly blocks: readonly TextBlock[];
  readonly texts: TextsInOrder;

  /** `blocks`: in this order already. */
  constructor(blocks: readonly TextBlock[], texts = TextsInOrder.of(blocks.map(({ joined }) => joined))) {
    this.blocks = blocks;
    this.texts = texts;
  }

  static of(blocks: Iterable<TextBlock>): BlockOrder {
    return new BlockOrder(byNewest(blocks));
  }

  /** Those that are wanted. */
  filter(isWanted: (block: TextBlock) => boolean): BlockOrder {
    const chosen: number[] = [];
    const blocks = this.blocks.filter((block, index) => isWanted(block) && chosen.push(index) > 0);
    return new BlockOrder(blocks, this.texts.choose(chosen));
  }
}

export const byNewest = (blocks: Iterable<TextBlock>): TextBlock[] =>
  [...blocks].sort((one, other) => other.joined.newestMs - one.joined.newestMs || other.id - one.id);
