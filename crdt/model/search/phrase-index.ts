/**
 * Finds messages by exact wording. Texts lie in blocks, page by page; MiniSearch tells which blocks have the rarest whole word of a
 * phrase, and only these are looked through, newest first. Where it doesn't know (blocks that are new, phrases of common words or of
 * punctuation) all blocks are. So the answers never depend on it, only how soon they come.
 */
import type { ChatId, DocumentName } from '../protocol/document-name.ts';
import { normalise } from './normalise.ts';
import type { MatchKind, Phrase } from './phrase.ts';
import { TextBlock, type Found, type IndexedMessage, type SearchScope } from './text-block.ts';
import { WordIndex } from './word-index.ts';

/** More would be looked through for each word that one of them has, fewer be as many entries of the index. */
const BLOCK_MESSAGES = 64;
/** A word in more of the blocks tells too little: looking through all of them, newest first, is as quick. */
const RARE_SHARE = 0.2;
/** Looked through in one turn: some milliseconds on a slow phone. */
const BLOCKS_OF_A_TURN = 500;

export class PhraseIndex {
  readonly #pages = new Map<DocumentName, readonly TextBlock[]>();
  readonly #blocks = new Map<number, TextBlock>();
  readonly #words = new WordIndex();
  /** Blocks that MiniSearch doesn't have yet. */
  readonly #due = new Map<number, TextBlock>();
  /** All, and those that are due, newest first; undefined after a change. */
  #order: readonly TextBlock[] | undefined;
  #dueOrder: TextBlock[] | undefined;
  #nextId = 0;
  #messages = 0;

  /** How many it finds. */
  get messages(): number {
    return this.#messages;
  }

  /** When the oldest of them was written; undefined while there is none. */
  get oldestMs(): number | undefined {
    let oldestMs: number | undefined;
    for (const block of this.#blocks.values()) oldestMs = Math.min(oldestMs ?? block.oldestMs, block.oldestMs);
    return oldestMs;
  }

  get blocks(): number {
    return this.#blocks.size;
  }

  /** Takes in a page as it is now, in the place of what was known of it. It is found from now on. */
  put(document: DocumentName, chat: ChatId, messages: readonly IndexedMessage[]): void {
    const before = this.#pages.get(document) ?? [];
    const inOrder = messages.toSorted((one, other) => one.timeMs - other.timeMs);
    const after: TextBlock[] = [];
    for (let from = 0; from < inOrder.length; from += BLOCK_MESSAGES) {
      const some = inOrder.slice(from, from + BLOCK_MESSAGES);
      const texts = some.map(({ text }) => normalise(text));
      const known = before[after.length];
      if (known?.holds(some, texts) === true) after.push(known);
      else after.push(new TextBlock((this.#nextId += 1), chat, document, some, texts));
    }
    const kept = new Set(after);
    for (const block of before) if (!kept.has(block)) this.#remove(block);
    for (const block of after) if (!this.#blocks.has(block.id)) this.#add(block);
    if (after.length > 0) this.#pages.set(document, after);
    else this.#pages.delete(document);
  }

  /** Nothing of the page is found any more. */
  drop(document: DocumentName): void {
    for (const block of this.#pages.get(document) ?? []) this.#remove(block);
    this.#pages.delete(document);
  }

  /** Gives one block to MiniSearch, the newest of those that it doesn't have; false when it has all. */
  indexNext(): boolean {
    this.#dueOrder ??= [...this.#due.values()].toSorted((one, other) => one.newestMs - other.newestMs);
    const block = this.#dueOrder.pop();
    if (block === undefined) return false;
    this.#due.delete(block.id);
    this.#words.add(block);
    return true;
  }

  /**
   * At most `limit` messages, newest first; of the same time those of the later block first. Yields now and then, so that whoever asks
   * may let others in, or stop.
   */
  *search(phrase: Phrase, kind: MatchKind, scope: SearchScope, limit: number): Generator<void, readonly Found[]> {
    const newest = new Newest(limit);
    let blocks = 0;
    for (const block of this.#toLookThrough(phrase, kind)) {
      if (newest.isBefore(block.newestMs)) break;
      if (block.isOutside(scope)) continue;
      block.search(phrase, kind, scope, (message) => newest.add(message));
      blocks += 1;
      if (blocks % BLOCKS_OF_A_TURN === 0) yield;
    }
    return newest.found();
  }

  /** True when MiniSearch spares looking through all blocks. */
  narrows(phrase: Phrase, kind: MatchKind): boolean {
    return this.#candidates(phrase, kind) !== undefined;
  }

  #add(block: TextBlock): void {
    this.#blocks.set(block.id, block);
    this.#due.set(block.id, block);
    this.#messages += block.size;
    this.#order = undefined;
    this.#dueOrder = undefined;
  }

  #remove(block: TextBlock): void {
    this.#blocks.delete(block.id);
    if (!this.#due.delete(block.id)) this.#words.discard(block.id);
    this.#messages -= block.size;
    this.#order = undefined;
    this.#dueOrder = undefined;
  }

  #toLookThrough(phrase: Phrase, kind: MatchKind): readonly TextBlock[] {
    const candidates = this.#candidates(phrase, kind);
    if (candidates === undefined) {
      return (this.#order ??= [...this.#blocks.values()].toSorted(byNewest));
    }
    const blocks = [...this.#due.values()];
    for (const id of candidates) {
      const block = this.#blocks.get(id);
      if (block !== undefined) blocks.push(block);
    }
    return blocks.toSorted(byNewest);
  }

  /** Ids of the blocks, of those in MiniSearch, that may have the phrase; undefined when that may be too many. */
  #candidates(phrase: Phrase, kind: MatchKind): readonly number[] | undefined {
    const most = this.#blocks.size * RARE_SHARE;
    let [rarest, frequency]: [string | undefined, number] = [undefined, most];
    for (const word of kind === 'word-start' ? phrase.words : phrase.innerWords) {
      const found = this.#words.frequencyOf(word);
      if (found <= frequency) [rarest, frequency] = [word, found];
    }
    if (rarest !== undefined) return this.#words.blocksWith(rarest);
    if (kind === 'inside' || phrase.unfinished === undefined) return undefined;
    return this.#words.blocksWithBeginning(phrase.unfinished, most);
  }
}

const byNewest = (one: TextBlock, other: TextBlock): number => other.newestMs - one.newestMs || other.id - one.id;

/** The newest of what is added, at most so many. */
class Newest {
  readonly #limit: number;
  #found: Found[] = [];
  #sorted = true;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(message: Found): void {
    this.#found.push(message);
    this.#sorted = false;
  }

  /** True when nothing of that time or before belongs to them any more. */
  isBefore(timeMs: number): boolean {
    if (this.#found.length < this.#limit) return false;
    const last = this.found().at(-1);
    return last === undefined || last.timeMs > timeMs;
  }

  found(): readonly Found[] {
    if (!this.#sorted) {
      this.#found = this.#found
        .toSorted((one, other) => other.timeMs - one.timeMs || other.writer - one.writer || other.clock - one.clock)
        .slice(0, this.#limit);
      this.#sorted = true;
    }
    return this.#found;
  }
}
