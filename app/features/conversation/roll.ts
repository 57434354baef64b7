/**
 * A long timeline of which only what is in view and around it is drawn, and which never jumps. It hangs on messages, not on indexes or
 * pixels: they may come in above and below, change and go. It stays at the end while one is there.
 */
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import { makeFollowing } from './following.ts';
import { makePace } from './pace.ts';
import { makePlace, type Room } from './place.ts';
import { cutDown, followed, rangeAround, rangeAt, rangeAtEnd, trimmedBeyond, widened, type Range } from './range.ts';
import { rowsInFlow } from './rows-in-flow.ts';
import { makeTurn } from './turn.ts';

/** So near to the end counts as being there; less than one line of text. */
const END_PX = 24;
/** Below the upper edge, where a message is shown that one goes to: a line of what was before it stays in view. */
const LANDING_PX = 56;
/** What a message may be high before any has been measured. */
const MESSAGE_PX = 64;

export interface RollParts {
  readonly box: HTMLElement;
  readonly list: HTMLElement;
  /** What stands above the list and scrolls with it. */
  readonly head: HTMLElement;
  /** How many messages there are now. */
  readonly count: () => number;
  readonly idAt: (index: number) => EntryId | undefined;
  readonly indexOf: (id: EntryId) => number;
  /** Draws exactly these messages; the page holds them when it returns. */
  readonly draw: (drawing: Drawing) => void;
  /** True when that would change nothing. */
  readonly isDrawn: (range: Range) => boolean;
  /** True when that would change nothing of these messages themselves. */
  readonly isStill: (range: Range) => boolean;
  /** The message that the drawn row of this number shows or announces. */
  readonly messageOfRow: (row: number) => EntryId | undefined;
  /** The row of a message, if it is drawn. */
  readonly rowOf: (id: EntryId) => HTMLElement | undefined;
  /** What is in view, or whether one is at the end, may have changed. */
  readonly onMoved: (view: View | undefined) => void;
  /** While one is at the end and not looking: a row that must not leave the view, since what follows is not read. */
  readonly heldBy: () => HTMLElement | undefined;
  /** Whoever is at the end sees what comes in, and nothing stands below the messages. */
  readonly mayFollow: () => boolean;
}

export interface Drawing {
  readonly range: Range;
  /** Rows after these that are built, and not to be seen yet. */
  readonly ahead: Range | undefined;
  /** Nothing is missing below them, for who looks. */
  readonly isToEnd: boolean;
}

/** Indexes of the first and the last message in view, and of the last that has been shown in full. */
export interface View {
  readonly first: number;
  readonly last: number;
}

export interface Roll {
  /** The messages have changed: what is drawn is as they are when it returns. */
  refresh(): void;
  /** The same, but who follows the end is shown it in time for the eye. */
  changed(): void;
  scrolled(): void;
  /** Shows a message near the upper edge of the view, with the row above it, or in the middle. */
  goTo(id: EntryId, where?: 'top' | 'middle'): void;
  /** Draws the message and brings it into view by the shortest way. */
  reveal(id: EntryId): HTMLElement | undefined;
  goToEnd(): void;
  readonly atEnd: boolean;
  inView(): View | undefined;
  /** How many messages in hand are not drawn above. */
  readonly undrawnAbove: number;
  stop(): void;
}

export function makeRoll(parts: RollParts): Roll {
  const { box, list } = parts;
  const place = makePlace(box, list);
  // The range's ends by their messages, and where they were last, should those have gone.
  let range: Range = { from: 0, to: 0 };
  let ends: readonly [EntryId | undefined, EntryId | undefined] = [undefined, undefined];
  /** It reached to the last message when it was drawn; one more may have come in since. */
  let wasToEnd = false;
  let atEnd = false;
  /** The scroll position when that was last looked at: a scroll is told of only with its frame. */
  let settledAt = 0;
  let messagePx = MESSAGE_PX;
  /** For which the place was last set. */
  let [widthPx, heightPx] = [box.clientWidth, box.clientHeight];
  const pace = makePace();

  /** Below the end that one follows there is nothing: what has come in since is not there yet. */
  const room = (): Room => ({
    above: range.from * messagePx,
    below: wasToEnd ? 0 : (parts.count() - range.to) * messagePx,
  });
  const fromEnd = (): number => box.scrollHeight - box.clientHeight - box.scrollTop;

  function set(next: Range): void {
    // Who follows the end has it before them, though more may have come in below since.
    wasToEnd = next.to === parts.count() || (atEnd && next.to >= range.to);
    range = next;
    ends = [parts.idAt(next.from), parts.idAt(next.to - 1)];
    parts.draw({ range: next, ahead: following.ahead, isToEnd: wasToEnd });
  }

  /** The drawn range as it is now, after messages have come and gone. */
  function present(): Range {
    const count = parts.count();
    const [first, last] = ends.map((id) => (id === undefined ? -1 : parts.indexOf(id)));
    const from = first === undefined || first < 0 ? Math.min(range.from, count) : first;
    const to = last === undefined || last < 0 ? Math.min(range.to, count) : last + 1;
    return { from, to: Math.max(from, to) };
  }

  function measure(px: number): void {
    const messages = range.to - range.from;
    if (messages >= 8) messagePx = messagePx === MESSAGE_PX ? px / messages : (7 * messagePx + px / messages) / 8;
  }

  /** At the end, or as far down as what is not read yet lets one go. */
  function toEnd(): void {
    const held = parts.heldBy();
    const limit = held === undefined ? Infinity : box.scrollTop + offsetOf(held) - LANDING_PX;
    const end = box.scrollHeight - box.clientHeight;
    if (end - limit > END_PX) {
      box.scrollTop = Math.max(box.scrollTop, limit);
      atEnd = false;
    } else box.scrollTop = end;
    settledAt = box.scrollTop;
    place.remember();
  }

  const offsetOf = (row: Element): number => row.getBoundingClientRect().top - box.getBoundingClientRect().top;

  function redraw(next: Range): void {
    place.keep(() => set(next), room);
  }

  /** Draws what scrolling will bring into view, takes away what it has left behind. */
  function fill(): void {
    const rows = rowsInFlow(list);
    const [top, bottom] = [rows.at(rows.first), rows.at(rows.last)];
    // At the end, what has come in since is drawn with the next refresh, and followed.
    const count = atEnd ? range.to : parts.count();
    if (top === undefined || bottom === undefined || count === 0) return;
    const view = box.getBoundingClientRect();
    const viewPx = box.clientHeight;
    const [topPx, bottomPx] = [top.getBoundingClientRect().top, bottom.getBoundingClientRect().bottom];
    const [abovePx, belowPx] = [view.top - topPx, bottomPx - view.bottom];
    // The scroll bar was dragged far into what is not drawn.
    const beyond = Math.max(-abovePx, -belowPx) > 2 * viewPx && count > range.to - range.from;
    if (beyond && (abovePx < 0 ? range.from > 0 : range.to < count)) return leap(abovePx, belowPx);
    measure(bottomPx - topPx);
    const { beyondPx, leftPx } = trimmedBeyond(viewPx);
    const trimmed = {
      from: abovePx > beyondPx ? indexOfRow(rows.below(view.top - leftPx), range.from) : range.from,
      to: belowPx > beyondPx ? indexOfRow(rows.below(view.bottom + leftPx), range.to - 1) + 1 : range.to,
    };
    // One thing in a turn; what one sees first of all.
    const goes = abovePx >= 0 && belowPx >= 0 && range.to - range.from > trimmed.to - trimmed.from;
    const next = goes ? trimmed : widened(range, { count, abovePx, belowPx, viewPx, messagePx, atOnce: pace.rows });
    const more = next.to - next.from - (range.to - range.from);
    // What nobody sees yet can wait until the end stands still.
    if (more === 0 || (more > 0 && abovePx >= 0 && atEnd && following.isBusy)) return;
    const startMs = performance.now();
    redraw(next);
    if (more > 0) pace.took(more, performance.now() - startMs);
    telling.soon();
  }

  function indexOfRow(row: number, otherwise: number): number {
    const id = parts.messageOfRow(row);
    const index = id === undefined ? -1 : parts.indexOf(id);
    return index < 0 ? otherwise : index;
  }

  function leap(abovePx: number, belowPx: number): void {
    following.drop();
    const index = abovePx < 0 ? range.from + abovePx / messagePx : range.to - belowPx / messagePx;
    const at = Math.min(parts.count() - 1, Math.max(0, Math.round(index)));
    const next = rangeAt(at, parts.count());
    const to = box.scrollTop;
    place.renew(
      () => set(next),
      () => {
        // The room is made so that the view, which stays where it is, shows the message.
        const { above, below } = room();
        return { above: next.from === 0 ? 0 : Math.max(above / 2, to - (at - next.from) * messagePx), below };
      },
      () => {
        if (next.from === 0) box.scrollTop = 0;
      },
    );
    telling.soon();
  }

  function inView(): View | undefined {
    const rows = rowsInFlow(list);
    const view = box.getBoundingClientRect();
    const first = rows.below(view.top);
    let last = rows.below(view.bottom);
    const under = rows.at(last);
    // Cut off by the lower edge: it counts when half of the view is full of it.
    const cut = last <= rows.last && under !== undefined && view.bottom - under.getBoundingClientRect().top;
    if (cut === false || cut < box.clientHeight / 2) last -= 1;
    if (last < first || rows.last < rows.first) return undefined;
    const at = { first: indexOfRow(first, -1), last: indexOfRow(Math.min(last, rows.last), -1) };
    return at.first < 0 || at.last < 0 ? undefined : at;
  }

  /**
   * Each has a turn of its own. What is in view is asked first: drawing does not change it, but makes it costly to ask; then one step
   * is drawn. A frame may come in between.
   */
  const drawing = makeTurn(() => {
    range = present();
    fill();
  });
  const telling = makeTurn(tell);

  function tell(): void {
    // An earlier page that has come in since it was drawn has given all messages other indexes.
    range = present();
    parts.onMoved(inView());
    drawing.soon();
  }

  function renew(next: Range, go: () => void): void {
    following.drop();
    place.renew(() => set(next), room, go);
    settleEnd();
    // Drawing it was a turn's work.
    telling.soon();
  }

  function settleEnd(): void {
    atEnd = wasToEnd && fromEnd() <= END_PX;
    settledAt = box.scrollTop;
  }

  function refresh(): void {
    following.drop();
    const count = parts.count();
    const now = present();
    if (atEnd && box.scrollTop < settledAt) settleEnd();
    if (atEnd) redraw(followed(now, count));
    else {
      const view = indexOfRow(rowsInFlow(list).below(box.getBoundingClientRect().top), now.from);
      const next = cutDown(now, view);
      // Most of what happens happens elsewhere.
      if (parts.isDrawn(next)) [range, wasToEnd] = [next, next.to === count];
      else redraw(next);
    }
    if (atEnd) toEnd();
    tell();
  }

  const following = makeFollowing({
    count: parts.count,
    idAt: parts.idAt,
    indexOf: parts.indexOf,
    pace,
    viewPx: () => box.clientHeight,
    shown: () => (range = present()),
    isWanted() {
      if (atEnd && box.scrollTop < settledAt) settleEnd();
      return atEnd && parts.mayFollow();
    },
    prepare(fresh) {
      redraw(range);
      const rows = [...list.children].filter((row) => row.hasAttribute('aria-hidden')).slice(0, fresh);
      return rows.reduce((px, row) => px + row.getBoundingClientRect().height, 0);
    },
    show(next) {
      // What was shown goes, or what is new comes below it.
      if (next.from >= range.to) place.renew(() => set(next), room, toEnd);
      else {
        redraw(next);
        toEnd();
      }
      telling.soon();
    },
    touch() {
      range = present();
      if (parts.isStill(range)) return;
      redraw(range);
      toEnd();
      telling.soon();
    },
    refresh,
    onCalm: () => drawing.soon(),
  });

  // Also called for what was drawn here; then nothing has moved.
  const sizes = new ResizeObserver(() => {
    [widthPx, heightPx] = [box.clientWidth, box.clientHeight];
    range = present();
    if (atEnd) toEnd();
    else if (!place.restore(room())) return;
    telling.soon();
  });
  sizes.observe(box);
  // The content box, so that the room made above and below is no change of size.
  sizes.observe(list);
  sizes.observe(parts.head);

  function near(id: EntryId): HTMLElement | undefined {
    const index = parts.indexOf(id);
    if (index < 0) return undefined;
    const drawn = index >= range.from && index < range.to ? parts.rowOf(id) : undefined;
    if (drawn !== undefined) return drawn;
    atEnd = false;
    renew(rangeAt(index, parts.count()), () => {
      const row = parts.rowOf(id);
      if (row !== undefined) box.scrollTop += offsetOf(row) - box.clientHeight / 3;
    });
    return parts.rowOf(id);
  }

  return {
    refresh,
    changed: following.changed,
    scrolled() {
      // Moved by a window that has another size now, not by a hand: the observer above sets it right.
      if (atEnd && (box.clientWidth !== widthPx || box.clientHeight !== heightPx)) return;
      settleEnd();
      place.remember();
      // After the frame, which has enough to do with what has been drawn.
      telling.soon();
    },
    goTo(id, where = 'top') {
      const index = parts.indexOf(id);
      if (index < 0) return;
      atEnd = false;
      renew((where === 'top' ? rangeAt : rangeAround)(index, parts.count()), () => {
        const row = parts.rowOf(id);
        if (where === 'middle' && row !== undefined) {
          box.scrollTop += offsetOf(row) - Math.max(LANDING_PX, (box.clientHeight - row.offsetHeight) / 2);
          return;
        }
        // The day and the unread line above it come with it.
        const head = row?.previousElementSibling;
        const from = head instanceof HTMLElement && !head.hasAttribute('data-message') ? head : row;
        if (from !== undefined) box.scrollTop += offsetOf(from) - LANDING_PX;
      });
    },
    reveal(id) {
      const row = near(id);
      if (row === undefined) return undefined;
      const top = offsetOf(row);
      const bottom = top + row.offsetHeight;
      const view = box.clientHeight;
      if (top < LANDING_PX) box.scrollTop += top - LANDING_PX;
      else if (bottom > view) box.scrollTop += Math.min(bottom - view + END_PX, top - LANDING_PX);
      return row;
    },
    goToEnd() {
      const count = parts.count();
      atEnd = true;
      renew(present().to === count ? present() : rangeAtEnd(count), () => {
        box.scrollTop = box.scrollHeight;
      });
    },
    get atEnd() {
      return atEnd;
    },
    inView,
    get undrawnAbove() {
      return range.from;
    },
    stop() {
      sizes.disconnect();
      following.stop();
      telling.cancel();
      drawing.cancel();
    },
  };
}
