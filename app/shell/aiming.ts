/** While somebody is about to hit a row, the rows stay where they are. */
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';

/** So long after the pointer's last move a click may still be meant for what was seen then. */
const AIM_MS = 600;

export interface Aiming {
  readonly aiming: Accessor<boolean>;
  onPointerMove(event: PointerEvent): void;
  onPointerDown(): void;
  onPointerLeave(): void;
}

export function createAiming(): Aiming {
  const [aiming, setAiming] = createSignal(false);
  const [pressed, setPressed] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const release = (): void => {
    setPressed(false);
    document.removeEventListener('pointerup', released);
    document.removeEventListener('pointercancel', released);
  };
  // The click comes after it, and must still find its row.
  const released = (): void => void setTimeout(release);
  onCleanup(() => {
    clearTimeout(timer);
    release();
  });
  return {
    aiming: () => aiming() || pressed(),
    onPointerMove(event) {
      if (event.pointerType === 'touch') return;
      clearTimeout(timer);
      setAiming(true);
      timer = setTimeout(() => setAiming(false), AIM_MS);
    },
    onPointerDown() {
      setPressed(true);
      document.addEventListener('pointerup', released);
      document.addEventListener('pointercancel', released);
    },
    onPointerLeave() {
      clearTimeout(timer);
      setAiming(false);
    },
  };
}

/** `order`, but unchanged while it is held; what is no longer in it goes all the same. */
export function createHeld<T>(order: Accessor<readonly T[]>, isHeld: Accessor<boolean>): Accessor<readonly T[]> {
  return createMemo<readonly T[]>((before) => {
    const next = order();
    if (!isHeld() || before.length === 0) return next;
    const known = new Set(next);
    const left = before.filter((one) => known.has(one));
    return left.length === before.length ? before : left;
  }, []);
}
