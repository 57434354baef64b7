/** Work that gets a turn of its own, apart from what asks for it and from the frame: neither takes longer because of it. */
import { nextTurn } from '../../reactive/in-turns.ts';

export interface Turn {
  /** Once, however often it is asked for until then. */
  soon(): void;
  cancel(): void;
  /** Asked for and not done. */
  readonly due: boolean;
}

export function makeTurn(work: () => void): Turn {
  let asked: symbol | undefined;
  return {
    soon() {
      if (asked !== undefined) return;
      const mine = Symbol('turn');
      asked = mine;
      void nextTurn().then(() => {
        if (asked !== mine) return;
        asked = undefined;
        work();
      });
    },
    cancel() {
      asked = undefined;
    },
    get due() {
      return asked !== undefined;
    },
  };
}
