/** When this page has drawn its first list: what is not needed for that waits for it. */
import { nextTurn } from '../reactive/in-turns.ts';

let tell: () => void;
/** Never on a page that nobody sees: who waits, waits with a bound. */
export const firstListDrawn = new Promise<void>((resolve) => (tell = resolve));

/** The rows are in the page; the next frame draws them. */
export function tellFirstList(): void {
  requestAnimationFrame(() => void nextTurn().then(tell));
}

/** True at the plain address: then the list of chats is all that is drawn at first. */
export const isListAddress = (): boolean => location.pathname === '/' && location.search === '';
