/**
 * Finds messages by exact wording. Texts lie in blocks, page by page; MiniSearch tells which blocks have the rarest whole word of a
 * phrase, and only these are looked through. What many messages have is found in the newest of all chats, and where neither helps
 * (phrases of common words that hardly stand together, punctuation, blocks that are new) all blocks are looked through, newest
 * first. So the answers never depend on the index, only how soon they come.
 */
import type { ChatId, DocumentName } from '../protocol/document-name.ts';
import { BlockOrder, byNewest } from './block-order.ts';
import { Newest } from './newest.ts';
import { normalise } from './normalise.ts';
import type { MatchKind, Phrase } from './phrase.ts';
import { paysToGoOn, RecentTexts } from './recent-texts.ts';
import { isIn, isOutside, TextBlock, type Found, type IndexedMessage, type SearchScope } from './text-block.ts';
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
const BLOCKS_OF_A_TURN = 512;
/** So many are put in order quicker than found in the order of all. */
const FEW_BLOCKS = 64;
/** So many parts of the newest messages are looked through before it is thought about whether that pays. */
const PARTS_AT_ONCE = 16;
/** So many blocks may come or go before the newest messages are gathered anew; those that have come are looked through beside them. */
const MOST_CHANGES = 128;

/** What MiniSearch says of a phrase. */
interface Candidates {
  /** Ids of the groups that may have it; undefined when that may be too many. */
  readonly groups: readonly number[] | undefined;
  /** How many blocks these are, about. */
  readonly blocks: number;
}

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
  #order: BlockOrder | undefined;
  /** Of the chat that was asked for last. */
  #chatOrder: { readonly chat: ChatId; readonly order: BlockOrder } | undefined;
  #recent: RecentTexts | undefined;
  /** Blocks that have come since `#recent` was made; of those that have gone since, nothing in it counts. */
  #changed = new Set<TextBlock>();
  #changes = 0;
  /** While the newest are gathered anew: the blocks that have come since that was begun. */
  #gathering: { readonly turns: Generator<void, RecentTexts>; readonly changed: Set<TextBlock> } | undefined;
  #nextId = 0;
  #messages = 0;

  /** How many it finds. */
  get messages(): number {
    return this.#messages;
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
    this.#dueOrder ??= byNewest(this.#due.values()).reverse();
    const block = this.#dueOrder.pop();
    if (block !== undefined) {
      if (this.#due.has(block.id)) this.#indexGroup(block);
      return true;
    }
    if (this.#gathering === undefined) {
      if (this.#recent !== undefined && this.#changes <= MOST_CHANGES) return false;
      this.#gathering = { turns: RecentTexts.gather([...this.#blocks.values()]), changed: new Set() };
      this.#changes = 0;
    }
    const { done, value } = this.#gathering.turns.next();
    if (done === true) {
      this.#recent = value;
      this.#changed = this.#gathering.changed;
      this.#gathering = undefined;
    }
    return true;
  }

  /**
   * At most `limit` messages, newest first. Yields now and then, so that whoever asks may let others in, or stop; what is put or
   * dropped meanwhile may be in the answer or not.
   */
  *search(phrase: Phrase, kind: MatchKind, scope: SearchScope, limit: number): Generator<void, readonly Found[]> {
    const newest = new Newest(limit);
    let candidates: Candidates | undefined;
    const ask = (): Candidates => (candidates ??= this.#candidates(phrase, kind));
    let untilMs = Infinity;
    if (this.#recent !== undefined && scope.chat === undefined && limit < this.#messages) {
      untilMs = yield* this.#searchRecent(this.#recent, phrase, kind, scope, newest, limit, ask);
      // Nothing that is older can come to them.
      if (newest.fromMs > untilMs) return newest.found();
    }
    const { blocks, texts } = this.#toLookThrough(ask(), scope.chat);
    for (let turn = 0; turn < texts.size && texts.newestMs(turn) >= newest.fromMs; turn += BLOCKS_OF_A_TURN) {
      if (turn > 0) yield;
      const end = Math.min(turn + BLOCKS_OF_A_TURN, texts.size);
      let index = turn - 1;
      while ((index = texts.nextWith(phrase, index + 1, end, newest.fromMs, untilMs)) < end) {
        const block = blocks[index];
        if (block !== undefined && !isOutside(block, scope)) searchBlock(block, phrase, kind, scope, newest, untilMs);
      }
    }
    return newest.found();
  }

  /** True when MiniSearch spares looking through all blocks. */
  narrows(phrase: Phrase, kind: MatchKind): boolean {
    return this.#candidates(phrase, kind).groups !== undefined;
  }

  /**
   * Looks through the newest messages until enough are found, or until so many have been in vain that looking through the blocks of the
   * candidates, which are asked for no sooner than that may be, takes less. The answer is a time: of what is newer, everything is found.
   */
  *#searchRecent(
    { parts, texts, afterMs }: RecentTexts,
    phrase: Phrase,
    kind: MatchKind,
    scope: SearchScope,
    newest: Newest,
    limit: number,
    ask: () => Candidates,
  ): Generator<void, number> {
    // Those that belong to these parts, whatever is gathered meanwhile.
    const changed = this.#changed;
    let untilMs = afterMs;
    for (let done = 0; done < texts.size && texts.newestMs(done) >= newest.fromMs; done += PARTS_AT_ONCE) {
      if (done > 0 && !paysToGoOn(done, (done * limit) / newest.size, () => ask().blocks)) {
        untilMs = texts.newestMs(done);
        break;
      }
      if (done % BLOCKS_OF_A_TURN === BLOCKS_OF_A_TURN - PARTS_AT_ONCE) yield;
      const end = Math.min(done + PARTS_AT_ONCE, texts.size);
      let index = done - 1;
      while ((index = texts.nextWith(phrase, index + 1, end, newest.fromMs, Infinity)) < end) {
        const part = parts[index];
        part?.joined.search(phrase, kind, newest.fromMs, Infinity, (at) => {
          const [block, place = 0] = [part.blocks[at], part.indexes[at]];
          // Of a block that has gone, the one in its place says what is.
          if (block === undefined || this.#blocks.get(block.id) !== block) return;
          if (isIn(block, place, scope)) newest.add(block.messageAt(place));
        });
      }
    }
    // What is older is looked for in all blocks.
    for (const block of changed) searchBlock(block, phrase, kind, scope, newest, Infinity, untilMs);
    return untilMs;
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
    this.#gathering?.changed.add(block);
    this.#messages += block.joined.size;
    this.#forgetOrder();
  }

  #remove(block: TextBlock): void {
    this.#blocks.delete(block.id);
    this.#due.delete(block.id);
    this.#forgetGroup(block);
    this.#changed.delete(block);
    this.#gathering?.changed.delete(block);
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
    this.#chatOrder = undefined;
    this.#dueOrder = undefined;
  }

  #toLookThrough({ groups }: Candidates, chat: ChatId | undefined): BlockOrder {
    if (groups !== undefined) {
      const blocks = new Set(this.#due.values());
      for (const id of groups) for (const block of this.#groups.get(id) ?? []) blocks.add(block);
      if (blocks.size <= FEW_BLOCKS) return BlockOrder.of(blocks);
      return this.#inOrder().filter((block) => blocks.has(block));
    }
    if (chat === undefined) return this.#inOrder();
    if (this.#chatOrder?.chat !== chat) {
      this.#chatOrder = { chat, order: this.#inOrder().filter((block) => block.chat === chat) };
    }
    return this.#chatOrder.order;
  }

  #inOrder(): BlockOrder {
    return (this.#order ??= BlockOrder.of(this.#blocks.values()));
  }

  #candidates(phrase: Phrase, kind: MatchKind): Candidates {
    const groups = this.#groupsFor(phrase, kind);
    const blocks =
      groups === undefined ? Infinity : (groups.length * this.#blocks.size) / Math.max(1, this.#groups.size);
    return { groups, blocks };
  }

  #groupsFor(phrase: Phrase, kind: MatchKind): readonly number[] | undefined {
    const whole = this.#words.blocksWithAll(kind === 'word-start' ? phrase.words : phrase.innerWords, HELPFUL_SHARE);
    if (kind === 'inside' || phrase.unfinished === undefined) return whole;
    if (whole !== undefined && whole.length <= this.#groups.size * RARE_SHARE) return whole;
    const begun = this.#words.blocksWithBeginning(phrase.unfinished, HELPFUL_SHARE);
    return whole === undefined || (begun !== undefined && begun.length < whole.length) ? begun : whole;
  }
}

/** Those of its messages that are newer than `afterMs`, and not newer than `untilMs`. */
function searchBlock(
  block: TextBlock,
  phrase: Phrase,
  kind: MatchKind,
  scope: SearchScope,
  newest: Newest,
  untilMs: number,
  afterMs = -Infinity,
): void {
  block.joined.search(phrase, kind, Math.max(newest.fromMs, afterMs), untilMs, (index) => {
    if ((block.joined.times[index] ?? 0) > afterMs && isIn(block, index, scope)) newest.add(block.messageAt(index));
  });
}
