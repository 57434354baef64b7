/** Which message the mouse, the thumb or the focus is on, and when its actions are asked for: by click, right click or a long press. */
import { createSelector, createSignal, onCleanup, type Accessor } from 'solid-js';
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import type { Anchor } from '../../ui/Menu.tsx';

/** As long as the systems themselves wait. */
const LONG_PRESS_MS = 500;
/** A thumb that moves further scrolls. */
const STILL_PX = 10;

export interface GestureParts {
  readonly idOf: (row: HTMLElement) => EntryId | undefined;
  readonly onAsk: (id: EntryId, at: Anchor) => void;
}

export interface MessageGestures {
  readonly isActive: (id: EntryId) => boolean;
  /** The message that has the focus, or whose menu has it. */
  readonly focused: Accessor<EntryId | undefined>;
  watch(list: HTMLElement): void;
}

export const rowAt = (target: EventTarget | null): HTMLElement | undefined =>
  (target instanceof Element ? target.closest<HTMLElement>('li[data-message]') : null) ?? undefined;

export function createMessageGestures({ idOf, onAsk }: GestureParts): MessageGestures {
  const [hovered, setHovered] = createSignal<EntryId>();
  const [focused, setFocused] = createSignal<EntryId>();
  const isHovered = createSelector(hovered);
  const isFocused = createSelector(focused);
  let pressing: ReturnType<typeof setTimeout> | undefined;
  let pressedAt: { readonly x: number; readonly y: number } | undefined;
  /** The finger that rests on a message has asked already. */
  let held = false;
  let pressed: EventTarget | null = null;
  /** Lifting that finger is no click, which would take the focus, and with it the menu. Only what it came down on is told of it. */
  const lifted = (event: Event): void => {
    event.preventDefault();
    held = false;
  };
  const release = (): void => {
    clearTimeout(pressing);
    pressing = undefined;
  };
  onCleanup(release);

  const idAt = (target: EventTarget | null): EntryId | undefined => {
    const row = rowAt(target);
    return row === undefined ? undefined : idOf(row);
  };
  /** The focus comes back to the message when its menu closes, whatever opened it. */
  const ask = (target: EventTarget | null, at?: Anchor): void => {
    const row = rowAt(target);
    const id = row === undefined ? undefined : idOf(row);
    if (row === undefined || id === undefined) return;
    row.focus({ preventScroll: true });
    onAsk(id, at ?? row);
  };

  function watch(list: HTMLElement): void {
    // Moved by a hand: rows that scroll past under a mouse at rest need no button.
    list.addEventListener('pointermove', (event) => {
      if (event.pointerType === 'mouse' && (event.movementX !== 0 || event.movementY !== 0)) {
        setHovered(idAt(event.target));
      }
    });
    list.addEventListener('pointerleave', () => setHovered(undefined));
    list.addEventListener('focusin', (event) => setFocused(idAt(event.target)));
    list.addEventListener('focusout', (event) => {
      if (!(event.relatedTarget instanceof Node && list.contains(event.relatedTarget))) setFocused(undefined);
    });
    list.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('.timeline-actions button') : null;
      if (button !== null) ask(button, button);
    });
    list.addEventListener('contextmenu', (event) => {
      // A link and a chosen text have a menu of the browser's, which can do more for them.
      const chosen = getSelection();
      const inText = chosen !== null && !chosen.isCollapsed && chosen.containsNode(list, true);
      if (inText || (event.target instanceof Element && event.target.closest('a') !== null)) return;
      if (idAt(event.target) === undefined) return;
      event.preventDefault();
      release();
      // Said again by the system; the menu is there.
      if (held) return;
      const byKey = event.clientX === 0 && event.clientY === 0;
      ask(event.target, byKey ? undefined : { x: event.clientX, y: event.clientY });
    });
    // Safari on the phone tells of no context menu.
    list.addEventListener('pointerdown', (event) => {
      if (event.pointerType !== 'touch' || idAt(event.target) === undefined) return;
      const { target, clientX: x, clientY: y } = event;
      // Asked now: until the finger has rested long enough, what it is on may have been drawn anew.
      const row = rowAt(target);
      pressedAt = { x, y };
      release();
      pressed?.removeEventListener('touchend', lifted);
      held = false;
      pressing = setTimeout(() => {
        held = true;
        pressed = target;
        target?.addEventListener('touchend', lifted, { once: true });
        ask(row ?? null, { x, y });
      }, LONG_PRESS_MS);
    });
    list.addEventListener('pointermove', (event) => {
      if (pressing === undefined || pressedAt === undefined) return;
      if (Math.hypot(event.clientX - pressedAt.x, event.clientY - pressedAt.y) > STILL_PX) release();
    });
    for (const end of ['pointerup', 'pointercancel'] as const) list.addEventListener(end, release);
    list.addEventListener('pointercancel', () => {
      held = false;
    });
  }

  return { isActive: (id) => isHovered(id) || isFocused(id), focused, watch };
}
