import { createComputed, createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js';
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
const ROWS_OF_A_TURN = 6;

/** The first of the rows at once and the others in turns of their own, each time anew when there are others. */
export function createRowsInTurns<T>(rows: Accessor<readonly T[]>): Accessor<readonly T[]> {
  const [count, setCount] = createSignal(ROWS_OF_A_TURN);
  // Before anything of them is drawn.
  createComputed(on(rows, () => setCount(ROWS_OF_A_TURN), { defer: true }));
  createEffect(() => {
    if (count() >= rows().length) return;
    let isCurrent = true;
    onCleanup(() => {
      isCurrent = false;
    });
    void nextTurn().then(() => {
      if (isCurrent) setCount((before) => before + ROWS_OF_A_TURN);
    });
  });
  return createMemo(() => (count() >= rows().length ? rows() : rows().slice(0, count())));
}
