/** The place in a conversation: stays at the end while one is there, and where one reads when earlier messages come in above. */

/** So near to the end counts as being there; less than one line of text. */
const END_PX = 24;
/** Earlier messages are fetched this far before the top is reached. */
const AHEAD_PX = 400;

export interface Scroll {
  /** Called with the scrolling element, whose first child is the content. */
  watch(element: HTMLElement): void;
  /** Call it when the element has scrolled; true when the top is near enough to fetch what is earlier. */
  moved(): boolean;
  /** Goes to the element, if there is one, else to the end. */
  open(landmark: HTMLElement | null): void;
  toBottom(): void;
  /** Runs a change that adds content above and keeps what is in view where it is. */
  keepingPlace(change: () => Promise<void>): Promise<void>;
  stop(): void;
}

export function makeScroll(onAtBottom: (atBottom: boolean) => void): Scroll {
  let element: HTMLElement | undefined;
  let held = false;
  let opened = false;
  const fromEnd = (box: HTMLElement): number => box.scrollHeight - box.clientHeight - box.scrollTop;
  const settle = (): void => {
    if (element === undefined || !opened) return;
    held = fromEnd(element) <= END_PX;
    onAtBottom(held);
  };
  const toBottom = (): void => {
    if (element === undefined) return;
    element.scrollTop = element.scrollHeight;
    settle();
  };
  // Content grew or the window shrank (keyboard): who was at the end stays there.
  const sizes = new ResizeObserver(() => {
    if (held) toBottom();
    else settle();
  });
  return {
    watch(box) {
      element = box;
      sizes.observe(box);
      if (box.firstElementChild !== null) sizes.observe(box.firstElementChild);
    },
    moved() {
      settle();
      return opened && !held && element !== undefined && element.scrollTop < AHEAD_PX;
    },
    open(landmark) {
      opened = true;
      if (landmark === null) {
        toBottom();
        return;
      }
      landmark.scrollIntoView({ block: 'start' });
      settle();
    },
    toBottom,
    async keepingPlace(change) {
      const before = element === undefined ? 0 : element.scrollHeight - element.scrollTop;
      await change();
      if (element !== undefined && !held) element.scrollTop = element.scrollHeight - before;
    },
    stop: () => sizes.disconnect(),
  };
}
