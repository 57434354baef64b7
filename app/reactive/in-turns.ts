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
