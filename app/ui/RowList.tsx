import { createComputed, createEffect, createMemo, createSignal, on, onCleanup, onMount, type JSX } from 'solid-js';
import { Virtualizer, type VirtualizerHandle } from 'virtua/solid';
import { beforeFrame } from './before-frame.ts';
import './row-list.css';

export interface RowListHandle {
  /** Scrolls the row to the top and, when asked, puts the focus on it. */
  show(index: number, focus: boolean): void;
}

export interface RowPlace {
  /** One row of the list is a stop of the Tab key; the arrow keys do the rest. */
  readonly tabindex: () => 0 | -1;
  readonly index: () => number;
}

interface RowListProps<T extends string | number> {
  readonly label: string;
  /** Each once; what stays keeps its element and the focus, wherever it goes. */
  readonly ids: readonly T[];
  /** Where the Tab key comes in until one has been elsewhere in the list. */
  readonly chosen?: T | undefined;
  /** Before they are drawn. */
  readonly rowHeightPx: number;
  readonly ref?: (handle: RowListHandle) => void;
  /** All rows of the first look are in the page; the next frame draws them. */
  readonly onDrawn?: () => void;
  /** The first row in view, as one scrolls. */
  readonly onTop?: (index: number) => void;
  /** Keys that the list itself has no use for. */
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  /** Its first link or button is what gets the focus. */
  readonly children: (id: T, place: RowPlace) => JSX.Element;
}

/** Frames until a row that came into view is measured and can take the focus: one to draw it, one to spare. */
const FRAMES_TO_FOCUS = 4;

/** Drawn ahead of a scrolling finger. */
const BUFFER_PX = 400;
const AFTER_FIRST_LOOK_MS = 300;
/** Half of what a phone shows; a slow one, which draws each for the first time, is not held up for longer than a person notices. */
const ROWS_OF_A_TURN = 7;

/** A list of any length: only the rows in view are in the page, and each says which of how many it is. */
export function RowList<T extends string | number>(props: RowListProps<T>): JSX.Element {
  let scroller: HTMLDivElement | undefined;
  let handle: VirtualizerHandle | undefined;
  const [visited, setVisited] = createSignal<T>();
  const stop = createMemo(() => {
    const [first] = props.ids;
    for (const id of [visited(), props.chosen]) if (id !== undefined && props.ids.includes(id)) return id;
    return first;
  });
  const stopIndex = createMemo(() => {
    const id = stop();
    return id === undefined ? -1 : props.ids.indexOf(id);
  });

  // The first look shows what is in view and no more, some rows in each turn; what is just outside of it follows when that is drawn.
  const [bufferPx, setBufferPx] = createSignal(0);
  const [drawn, setDrawn] = createSignal(0);
  // eslint-disable-next-line solid/reactivity -- given once
  let inLook = Math.ceil(innerHeight / props.rowHeightPx);
  const looking = createMemo(() => drawn() < inLook);
  const shown = createMemo(() => (looking() ? props.ids.slice(0, drawn()) : props.ids));
  const mounted = createMemo((): readonly number[] => {
    const first = bufferPx() > 0 ? 0 : Math.min(drawn(), inLook);
    return [...(stopIndex() < 0 ? [] : [stopIndex()]), ...Array.from({ length: first }, (_, index) => index)];
  });
  onMount(() => {
    const goOn = (): void => {
      // The page has just been laid out. In a list that is not shown yet there may be as many as the window holds.
      const heightPx = drawn() === 0 ? (scroller?.clientHeight ?? 0) : 0;
      if (heightPx > 0) inLook = Math.ceil(heightPx / props.rowHeightPx);
      setDrawn((rows) => rows + ROWS_OF_A_TURN);
      if (looking()) beforeFrame(goOn, gone.signal);
      else props.onDrawn?.();
    };
    const gone = new AbortController();
    beforeFrame(goOn, gone.signal);
    const timer = setTimeout(() => setBufferPx(BUFFER_PX), AFTER_FIRST_LOOK_MS);
    onCleanup(() => {
      gone.abort();
      clearTimeout(timer);
    });
  });

  const targetAt = (index: number): HTMLElement | null =>
    scroller?.querySelector<HTMLElement>(`[aria-posinset="${index + 1}"] :is(a, button)`) ?? null;

  let asked = 0;
  onCleanup(() => cancelAnimationFrame(asked));
  /**
   * A row that has only just come into the page is hidden until it is measured, and nothing hidden takes the focus. Who has put the
   * focus elsewhere meanwhile, into a menu that has opened, keeps it.
   */
  function focusRow(index: number, frames = FRAMES_TO_FOCUS): void {
    cancelAnimationFrame(asked);
    const target = targetAt(index);
    target?.focus({ preventScroll: true });
    const active = document.activeElement;
    if ((active === target && target !== null) || frames === 0) return;
    asked = requestAnimationFrame(() => {
      if ([active, document.body].includes(document.activeElement)) focusRow(index, frames - 1);
    });
  }
  function goTo(index: number): void {
    const id = props.ids[index];
    if (id === undefined) return;
    setVisited(() => id);
    handle?.scrollToIndex(index, { align: 'nearest' });
    focusRow(index);
  }
  const own: RowListHandle = {
    show(index, focus) {
      handle?.scrollToIndex(index, { align: 'start' });
      const id = props.ids[index];
      if (!focus || id === undefined) return;
      setVisited(() => id);
      focusRow(index);
    },
  };
  // eslint-disable-next-line solid/reactivity -- given once
  props.ref?.(own);

  const perPage = (): number =>
    Math.max(1, Math.floor((handle?.viewportSize ?? 0) / Math.max(1, targetAt(stopIndex())?.offsetHeight ?? 1)) - 1);
  const steps: Readonly<Record<string, () => number>> = {
    ArrowDown: () => stopIndex() + 1,
    ArrowUp: () => stopIndex() - 1,
    PageDown: () => stopIndex() + perPage(),
    PageUp: () => stopIndex() - perPage(),
    Home: () => 0,
    End: () => props.ids.length - 1,
  };
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ? undefined : steps[event.key];
    if (step === undefined) {
      props.onKeyDown?.(event);
      return;
    }
    event.preventDefault();
    goTo(Math.min(props.ids.length - 1, Math.max(0, step())));
  }

  // Moving an element takes the focus from it; this runs before the rows move, and the effect after.
  let hadFocus = false;
  createComputed(
    on(
      () => props.ids,
      () => {
        hadFocus = scroller?.contains(document.activeElement) ?? false;
      },
      { defer: true },
    ),
  );
  createEffect(
    on(
      () => props.ids,
      () => {
        if (hadFocus && document.activeElement === document.body) focusRow(stopIndex());
      },
      { defer: true },
    ),
  );

  return (
    <div
      class="row-list"
      ref={(element) => {
        scroller = element;
      }}
      // As long as all of them from the start, so that it can be scrolled.
      style={{ '--rows-height': looking() ? `${props.ids.length * props.rowHeightPx}px` : undefined }}
      role="list"
      aria-label={props.label}
      onKeyDown={onKeyDown}
      onFocusIn={(event) => {
        const row = event.target.closest('[aria-posinset]');
        const id = props.ids[Number(row?.getAttribute('aria-posinset')) - 1];
        if (id !== undefined) setVisited(() => id);
      }}
    >
      <Virtualizer
        ref={(given) => {
          handle = given;
        }}
        data={shown()}
        itemSize={props.rowHeightPx}
        bufferSize={bufferPx()}
        keepMounted={mounted()}
        onScroll={(offset) => props.onTop?.(handle?.findItemIndex(offset) ?? 0)}
      >
        {(id, index) => (
          <div role="listitem" aria-setsize={props.ids.length} aria-posinset={index() + 1}>
            {props.children(id, { index, tabindex: () => (id === stop() ? 0 : -1) })}
          </div>
        )}
      </Virtualizer>
    </div>
  );
}
