/**
 * Finds messages by exact wording. Texts lie in blocks, page by page; MiniSearch tells which blocks have the rarest whole word of a
 * phrase, and only these are looked through. What many messages have is found in the newest of all chats, and where neither helps
 * (phrases of common words that hardly stand together, punctuation, blocks that are new) all blocks are looked through, newest
 * first. So the answers never depend on the index, only how soon they come.
 */
import type { ChatId, DocumentName } from '../protocol/document-name.ts';
import { Newest } from './newest.ts';
import { normalise } from './normalise.ts';
import type { MatchKind, Phrase } from './phrase.ts';
import { RecentTexts } from './recent-texts.ts';
import { byNewest, TextBlock, type Found, type IndexedMessage, type SearchScope } from './text-block.ts';
import { WordIndex } from './word-index.ts';

/** More would be looked through for each word that one of them has, fewer be as many entries of the index. */
const BLOCK_MESSAGES = 64;
/** Words in more of the blocks spare too little: looking through all of them is as quick. */
const HELPFUL_SHARE = 0.25;
/** Words in fewer leave so little that no other need be asked for. */
const RARE_SHARE = 0.02;
/** From so many blocks on, MiniSearch takes some of a page as one: a fifth of the index's memory less, and it still spares most. */
const MANY_BLOCKS = 4_096;
const BLOCKS_OF_A_GROUP = 4;
/** Looked through in one turn: some milliseconds on a slow phone. */
const BLOCKS_OF_A_TURN = 500;
/** So many blocks may come or go before the newest messages are gathered anew; those that have come are looked through beside them. */
const MOST_CHANGES = 32;

export class PhraseIndex {
  readonly #pages = new Map<DocumentName, readonly TextBlock[]>();
  readonly #blocks = new Map<number, TextBlock>();
  readonly #words = new WordIndex(HELPFUL_SHARE);
  /** Blocks that MiniSearch has, as it has them: some of one page together. */
  readonly #groups = new Map<number, readonly TextBlock[]>();
  readonly #groupOf = new Map<TextBlock, number>();
  /** Blocks that MiniSearch doesn't have yet. */
  readonly #due = new Map<number, TextBlock>();
  /** Those in the order in which they come to it: the newest last. */
  #dueOrder: TextBlock[] | undefined;
  #order: readonly TextBlock[] | undefined;
  #recent: RecentTexts | undefined;
  /** Blocks that have come since `#recent` was made; of those that have gone since, nothing in it counts. */
  #changed = new Set<TextBlock>();
  #changes = 0;
  #nextId = 0;
  #messages = 0;

  /** How many it finds. */
  get messages(): number {
    return this.#messages;
  }

  /** When the oldest of them was written; undefined while there is none. */
  get oldestMs(): number | undefined {
    let oldestMs: number | undefined;
    for (const { joined } of this.#blocks.values()) oldestMs = Math.min(oldestMs ?? joined.oldestMs, joined.oldestMs);
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

  /** Does one piece of what makes answers come sooner, for the newest messages first; false when nothing is left to do. */
  indexNext(): boolean {
    this.#dueOrder ??= [...this.#due.values()].toSorted(byNewest).reverse();
    const block = this.#dueOrder.pop();
    if (block !== undefined) {
      if (this.#due.has(block.id)) this.#indexGroup(block);
      return true;
    }
    if (this.#recent !== undefined && this.#changes <= MOST_CHANGES) return false;
    this.#recent = new RecentTexts(this.#blocks.values());
    this.#changed = new Set();
    this.#changes = 0;
    return true;
  }

  /**
   * At most `limit` messages, newest first. Yields now and then, so that whoever asks may let others in, or stop; what is put or
   * dropped meanwhile may be in the answer or not.
   */
  *search(phrase: Phrase, kind: MatchKind, scope: SearchScope, limit: number): Generator<void, readonly Found[]> {
    const newest = new Newest(limit);
    const candidates = this.#candidates(phrase, kind);
    let untilMs = Infinity;
    if (this.#recent !== undefined && scope.chat === undefined && this.#areRecentCheaper(candidates, limit)) {
      untilMs = this.#recent.afterMs;
      yield* this.#searchRecent(this.#recent, phrase, kind, scope, newest);
    }
    const isScoped = Object.keys(scope).length > 0;
    const hasChanged = untilMs < Infinity && this.#changed.size > 0;
    let blocks = 0;
    for (const block of this.#toLookThrough(candidates)) {
      const { joined } = block;
      if (joined.newestMs < newest.fromMs) break;
      const blockUntilMs = hasChanged && this.#changed.has(block) ? Infinity : untilMs;
      if (joined.oldestMs > blockUntilMs || (isScoped && isOutside(block, scope))) continue;
      joined.search(phrase, kind, newest.fromMs, blockUntilMs, (index) => {
        if (!isScoped || isIn(block, index, joined.times[index] ?? 0, scope)) newest.add(block.messageAt(index));
      });
      blocks += 1;
      if (blocks % BLOCKS_OF_A_TURN === 0) yield;
    }
    return newest.found();
  }

  /** True when MiniSearch spares looking through all blocks. */
  narrows(phrase: Phrase, kind: MatchKind): boolean {
    return this.#candidates(phrase, kind) !== undefined;
  }

  *#searchRecent(
    recent: RecentTexts,
    phrase: Phrase,
    kind: MatchKind,
    scope: SearchScope,
    newest: Newest,
  ): Generator<void, void> {
    let parts = 0;
    for (const { joined, origins } of recent.parts) {
      if (joined.newestMs < newest.fromMs) return;
      joined.search(phrase, kind, newest.fromMs, Infinity, (at) => {
        const origin = origins[at];
        // Of a block that has gone, the one in its place says what is.
        if (origin === undefined || this.#blocks.get(origin.block.id) !== origin.block) return;
        const { block, index, timeMs } = origin;
        if (isIn(block, index, timeMs, scope)) newest.add(block.messageAt(index));
      });
      parts += 1;
      if (parts % BLOCKS_OF_A_TURN === 0) yield;
    }
  }

  /**
   * Until so many are found: one part of the newest after the other, of which as many as there are groups to a candidate have one at
   * least. Or all blocks of the candidates, whose times lie between one another.
   */
  #areRecentCheaper(candidates: readonly number[] | undefined, limit: number): boolean {
    if (limit >= this.#messages) return false;
    if (candidates === undefined) return true;
    const blocksOfGroup = this.#blocks.size / Math.max(1, this.#groups.size);
    return candidates.length ** 2 * blocksOfGroup > limit * this.#groups.size;
  }

  /** The block, with those before it in its page that MiniSearch doesn't have either. */
  #indexGroup(last: TextBlock): void {
    const page = this.#pages.get(last.document) ?? [];
    const at = page.indexOf(last);
    const most = this.#blocks.size < MANY_BLOCKS ? 1 : BLOCKS_OF_A_GROUP;
    const group = [last];
    for (let before = at - 1; before > at - most; before -= 1) {
      const block = page[before];
      if (block === undefined || !this.#due.has(block.id)) break;
      group.push(block);
    }
    for (const block of group) {
      this.#due.delete(block.id);
      this.#groupOf.set(block, last.id);
    }
    this.#groups.set(last.id, group);
    this.#words.add({ id: last.id, text: group.map(({ joined }) => joined.text).join('\n') });
  }

  #add(block: TextBlock): void {
    this.#blocks.set(block.id, block);
    this.#due.set(block.id, block);
    this.#changed.add(block);
    this.#messages += block.joined.size;
    this.#forgetOrder();
  }

  #remove(block: TextBlock): void {
    this.#blocks.delete(block.id);
    this.#due.delete(block.id);
    this.#forgetGroup(block);
    this.#changed.delete(block);
    this.#messages -= block.joined.size;
    this.#forgetOrder();
  }

  /** What stays of it is to be indexed anew. */
  #forgetGroup(block: TextBlock): void {
    const id = this.#groupOf.get(block);
    if (id === undefined) return;
    for (const one of this.#groups.get(id) ?? []) {
      this.#groupOf.delete(one);
      if (one !== block) this.#due.set(one.id, one);
    }
    this.#groups.delete(id);
    this.#words.discard(id);
  }

  #forgetOrder(): void {
    this.#changes += 1;
    this.#order = undefined;
    this.#dueOrder = undefined;
  }

  /** The newest first. */
  #toLookThrough(candidates: readonly number[] | undefined): readonly TextBlock[] {
    if (candidates === undefined) return (this.#order ??= [...this.#blocks.values()].toSorted(byNewest));
    const blocks = [...this.#due.values()];
    for (const id of candidates) blocks.push(...(this.#groups.get(id) ?? []));
    return blocks.sort(byNewest);
  }

  /** Ids of the groups that may have the phrase; undefined when that may be too many. */
  #candidates(phrase: Phrase, kind: MatchKind): readonly number[] | undefined {
    const whole = this.#words.blocksWithAll(kind === 'word-start' ? phrase.words : phrase.innerWords, HELPFUL_SHARE);
    if (kind === 'inside' || phrase.unfinished === undefined) return whole;
    if (whole !== undefined && whole.length <= this.#groups.size * RARE_SHARE) return whole;
    const begun = this.#words.blocksWithBeginning(phrase.unfinished, HELPFUL_SHARE);
    return whole === undefined || (begun !== undefined && begun.length < whole.length) ? begun : whole;
  }
}

/** True when none of its messages can be in the scope. */
const isOutside = ({ chat: own, joined }: TextBlock, { chat, fromMs, untilMs }: SearchScope): boolean =>
  (chat !== undefined && chat !== own) ||
  (fromMs !== undefined && joined.newestMs < fromMs) ||
  (untilMs !== undefined && joined.oldestMs >= untilMs);

const isIn = (block: TextBlock, index: number, timeMs: number, { author, fromMs, untilMs }: SearchScope): boolean =>
  (author === undefined || block.authorAt(index) === author) &&
  (fromMs === undefined || timeMs >= fromMs) &&
  (untilMs === undefined || timeMs < untilMs);
