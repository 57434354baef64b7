/** A finger that rests on a row asks for its menu. Android says so by itself (`contextmenu`), iOS doesn't. */

const LONG_MS = 500;
/** A finger is never quite still. */
const WOBBLE_PX = 10;

export interface LongPress {
  /** The finger that rests has asked already; what the system says of it afterwards is said twice. */
  readonly held: boolean;
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  /** Also for whatever else takes the pointer away: scrolling, a context menu. */
  cancel(): void;
}

/** What the finger is on is asked when it comes down: until it has rested long enough, that may have been drawn anew. */
export function longPress<T>(
  thingAt: (target: EventTarget | null) => T | undefined,
  onLongPress: (thing: T, x: number, y: number) => void,
): LongPress {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [startX, startY, fired] = [0, 0, false];
  let pressed: EventTarget | null = null;
  const cancel = (): void => clearTimeout(timer);
  /**
   * Lifting the finger is no click any more, which would open the chat, or take the focus and with it the menu. Heard where the finger
   * came down: only that is told of it, though it may be no part of the page by then.
   */
  const lifted = (event: Event): void => {
    event.preventDefault();
    fired = false;
  };
  return {
    get held() {
      return fired;
    },
    cancel,
    onPointerDown(event) {
      cancel();
      pressed?.removeEventListener('touchend', lifted);
      fired = false;
      const { target, clientX, clientY } = event;
      const thing = event.pointerType === 'touch' ? thingAt(target) : undefined;
      if (thing === undefined) return;
      [startX, startY] = [clientX, clientY];
      timer = setTimeout(() => {
        fired = true;
        pressed = target;
        target?.addEventListener('touchend', lifted, { once: true });
        onLongPress(thing, clientX, clientY);
      }, LONG_MS);
    },
    onPointerMove(event) {
      if (Math.hypot(event.clientX - startX, event.clientY - startY) > WOBBLE_PX) cancel();
    },
  };
}
