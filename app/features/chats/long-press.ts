/** A finger that rests on a row asks for its menu. Android says so by itself (`contextmenu`), iOS doesn't. */

const LONG_MS = 500;
/** A finger is never quite still. */
const WOBBLE_PX = 10;

export interface LongPress {
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  /** Also for whatever else takes the pointer away: scrolling, a context menu. */
  cancel(): void;
  /** Lifting the finger is no click any more, which would open the chat, or take the focus and with it the menu. */
  onTouchEnd(event: TouchEvent): void;
}

export function longPress(onLongPress: (target: Element, x: number, y: number) => void): LongPress {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [startX, startY, fired] = [0, 0, false];
  const cancel = (): void => clearTimeout(timer);
  return {
    cancel,
    onPointerDown(event) {
      cancel();
      fired = false;
      const { target, clientX, clientY } = event;
      if (event.pointerType !== 'touch' || !(target instanceof Element)) return;
      [startX, startY] = [clientX, clientY];
      timer = setTimeout(() => {
        fired = true;
        onLongPress(target, clientX, clientY);
      }, LONG_MS);
    },
    onPointerMove(event) {
      if (Math.hypot(event.clientX - startX, event.clientY - startY) > WOBBLE_PX) cancel();
    },
    onTouchEnd(event) {
      if (fired) event.preventDefault();
      fired = false;
    },
  };
}
