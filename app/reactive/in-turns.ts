import { createEffect, createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';
import { nextTurn } from '../../crdt/replica/next-turn.ts';

/** A turn's work; four times as long on a slow phone is still no pause that anybody feels. */
const TURN_MS = 6;

/** For who may not reach into the replica. */
export { nextTurn };

/** Does `work` with each item, a few milliseconds in one turn; false when `isWanted` has become false in between. */
export async function inTurns<T>(
  items: Iterable<T>,
  work: (item: T) => void,
  isWanted: () => boolean,
): Promise<boolean> {
  let startedMs = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - startedMs < TURN_MS) continue;
    await nextTurn();
    if (!isWanted()) return false;
    startedMs = performance.now();
  }
  return true;
}

/** Rows that are drawn at once: a slow phone is not held up by them while one types. */
const ROWS_OF_A_TURN = 4;

/**
 * The first of the rows at once, and the others frame by frame: nobody waits for what is out of view who types on. It begins again with
 * another question only; what comes in or goes of the same one leaves the rest in the page.
 */
export function createRowsInTurns<T>(
  rows: Accessor<readonly T[]>,
  question: Accessor<unknown>,
): Accessor<readonly T[]> {
  const asked = createMemo(question);
  const turns = createMemo(() => {
    asked();
    const [count, setCount] = createSignal(ROWS_OF_A_TURN);
    return { count, more: () => setCount((before) => before + ROWS_OF_A_TURN) };
  });
  const count = (): number => turns().count();
  createEffect(() => {
    if (count() >= rows().length) return;
    const { more } = turns();
    // In a turn of its own, after what is there has been drawn.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(more);
    });
    onCleanup(() => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    });
  });
  return createMemo(() => (count() >= rows().length ? rows() : rows().slice(0, count())));
}
