/** No index either, but 64 texts at a time: one pass over a long text is much quicker than one over each of many short ones. */
import type { MatchKind, Phrase } from '../../../crdt/model/search/phrase.ts';
import { startsWord } from '../../../crdt/model/search/words.ts';
import type { StoredPage } from './page-file.ts';
import { inOrder, type Way } from './way.ts';

const BLOCK_MESSAGES = 64;

interface Block {
  readonly text: string;
  /** Where each of the texts begins. */
  readonly starts: Uint32Array;
}

export class BlockScan implements Way {
  readonly #blocks: Block[] = [];
  #times: Float64Array = new Float64Array();

  build(pages: Iterable<StoredPage>): void {
    const { texts, times } = inOrder(pages);
    this.#times = times;
    for (let from = 0; from < texts.length; from += BLOCK_MESSAGES) {
      const some = texts.slice(from, from + BLOCK_MESSAGES);
      const starts = new Uint32Array(some.length);
      for (let index = 1; index < some.length; index += 1) {
        starts[index] = (starts[index - 1] ?? 0) + (some[index - 1]?.length ?? 0) + 1;
      }
      this.#blocks.push({ text: some.join('\n'), starts });
    }
  }

  search({ text: phrase }: Phrase, kind: MatchKind, limit: number): readonly number[] {
    const found: number[] = [];
    for (let number = this.#blocks.length - 1; number >= 0 && found.length < limit; number -= 1) {
      const block = this.#blocks[number];
      if (block?.text.includes(phrase) !== true) continue;
      for (const index of matches(block, phrase, kind).toReversed()) {
        found.push(this.#times[number * BLOCK_MESSAGES + index] ?? 0);
      }
    }
    return found.length > limit ? found.slice(0, limit) : found;
  }
}

/** Which of the block's texts have the phrase, in their order. */
function matches({ text, starts }: Block, phrase: string, kind: MatchKind): readonly number[] {
  const starting: number[] = [];
  const inner = new Set<number>();
  let index = 0;
  for (let at = text.indexOf(phrase); at >= 0;) {
    while ((starts[index + 1] ?? text.length) <= at) index += 1;
    if (at === starts[index] || startsWord(text, at)) {
      starting.push(index);
      inner.delete(index);
      const next = starts[index + 1];
      at = next === undefined ? -1 : text.indexOf(phrase, next);
    } else {
      inner.add(index);
      at = text.indexOf(phrase, at + 1);
    }
  }
  return kind === 'word-start' ? starting : [...inner];
}
