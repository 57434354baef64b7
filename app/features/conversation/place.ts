/**
 * The place in a long list of which only a part is drawn. Above and below that part lies empty room, as high as the rest may be. That
 * height is a guess, and so it is what gives way: when rows are drawn, taken away or change their height above what one reads, the
 * room above takes up the difference and nothing in view moves, nor does the scroll position, which would stop a thumb's swing. Only
 * where the guess runs out, at the very top above all, is the scroll position set anew, together with the room.
 */
import { rowsInFlow } from './rows-in-flow.ts';

/** A row in view, and how far below the upper edge it begins. */
interface Anchor {
  readonly row: Element;
  readonly offset: number;
}

/** The room above never gets so small, while there is more, that a swing runs into it. */
const LEAST_ROOM_PX = 3_000;
/** Less is nothing that anybody sees. */
const MOVED_PX = 0.5;
/** Browsers lose their precision with boxes higher than some ten million pixels. */
const MOST_ROOM_PX = 5_000_000;

export interface Place {
  /** Runs a change of the rows; what is in view stays where it is. `room` is asked afterwards. */
  keep(change: () => void, room: () => Room): void;
  /** The rows may have changed their height, or the window its size, by themselves; false when nothing has moved. */
  restore(room: Room): boolean;
  /** The place is where it is now. */
  remember(): void;
  /** Runs a change after which nothing of the old place counts; then `go` says where one is. */
  renew(change: () => void, room: () => Room, go: () => void): void;
}

/** What is not drawn, px. */
export interface Room {
  readonly above: number;
  readonly below: number;
}

export function makePlace(box: HTMLElement, list: HTMLElement): Place {
  let remembered: readonly Anchor[] = [];
  /** The scroll position when it was remembered, as long as nothing has been drawn since. A scroll is told of only with its frame. */
  let freshAt: number | undefined;
  let above = 0;
  let below = 0;
  const boxTop = (): number => box.getBoundingClientRect().top;
  const offsetOf = (row: Element): number => row.getBoundingClientRect().top - boxTop();

  /**
   * The first row that begins in view, then those below it, then a row that begins above the view. A view that has outrun what is drawn
   * shows none of these; it goes by the nearest row.
   */
  function anchors(): readonly Anchor[] {
    const rows = rowsInFlow(list);
    const top = boxTop();
    const bottom = top + box.clientHeight;
    const found: Anchor[] = [];
    let cut: Anchor | undefined;
    let nearest = rows.at(rows.last);
    for (let index = rows.below(top); index <= rows.last; index += 1) {
      const row = rows.at(index);
      if (row === undefined) break;
      const { top: rowTop } = row.getBoundingClientRect();
      nearest = row;
      if (rowTop >= bottom) break;
      if (rowTop < top) cut = { row, offset: rowTop - top };
      else found.push({ row, offset: rowTop - top });
    }
    if (cut !== undefined) found.push(cut);
    if (found.length === 0 && nearest !== undefined) found.push({ row: nearest, offset: offsetOf(nearest) });
    return found;
  }

  function makeRoom(nextAbove: number, nextBelow: number): void {
    if (nextAbove !== above) list.style.paddingBlockStart = `${nextAbove}px`;
    if (nextBelow !== below) list.style.paddingBlockEnd = `${nextBelow}px`;
    [above, below] = [nextAbove, nextBelow];
  }

  /** Puts the first anchor that is still there back where it was. */
  function settle(before: readonly Anchor[], room: Room): void {
    const anchor = before.find(({ row }) => row.parentElement === list && !row.hasAttribute('data-kept'));
    const wantedBelow = Math.min(room.below, MOST_ROOM_PX);
    if (anchor === undefined) {
      makeRoom(Math.min(room.above, MOST_ROOM_PX), wantedBelow);
      remembered = anchors();
      return;
    }
    const moved = offsetOf(anchor.row) - anchor.offset;
    let wanted = above - moved;
    const runsOut = room.above === 0 ? wanted !== 0 : wanted < Math.min(LEAST_ROOM_PX, room.above / 2);
    if (runsOut) wanted = Math.min(room.above, MOST_ROOM_PX);
    // Scroll positions are whole pixels, rows are not: the room takes the rest.
    const scrolled = Math.ceil(moved + wanted - above);
    makeRoom(Math.max(0, above + scrolled - moved), wantedBelow);
    if (scrolled !== 0) box.scrollTop += scrolled;
    remembered = [anchor, ...before.filter((one) => one !== anchor)];
  }

  return {
    keep(change, room) {
      const before = freshAt === box.scrollTop ? remembered : anchors();
      freshAt = undefined;
      change();
      settle(before, room());
    },
    restore(room) {
      const [anchor] = remembered;
      if (anchor?.row.parentElement === list && Math.abs(offsetOf(anchor.row) - anchor.offset) < MOVED_PX) return false;
      freshAt = undefined;
      settle(remembered, room);
      remembered = anchors();
      return true;
    },
    remember() {
      remembered = anchors();
      freshAt = box.scrollTop;
    },
    renew(change, room, go) {
      change();
      const { above: nextAbove, below: nextBelow } = room();
      makeRoom(Math.min(nextAbove, MOST_ROOM_PX), Math.min(nextBelow, MOST_ROOM_PX));
      go();
      freshAt = undefined;
      remembered = anchors();
    },
  };
}
